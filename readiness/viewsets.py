from typing import Any

from django import forms
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, NumberColumn
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from exchanges.columns import DayColumn
from people import roles
from readiness.enums import LinkStanding
from readiness.forms import RequirementSetForm
from readiness.models import PartnerLink, RequirementSet
from readiness.signing_queue import signs_off
from readiness.views import partner_links
from readiness.views.addresses import AddressesView
from readiness.views.advice import AdviceListView, IssueView, WithdrawAdviceView
from readiness.views.competence import ExchangeCompetenceView, PlacementCompetenceView
from readiness.views.deeds import VerifyView, WaiveView, WithdrawWaiverView
from readiness.views.departures import DeparturesView
from readiness.views.errands import ErrandView
from readiness.views.exchange import ExchangeReportView
from readiness.views.notes import PinNoteView, WithdrawNoteView, WriteNoteView
from readiness.views.overview import PeopleView
from readiness.views.people_deeds import (
    AssignView,
    ExtendPeopleView,
    InvitePeopleView,
    PeopleAddressesView,
    WaivePeopleView,
)
from readiness.views.people_pictures import PeoplePicturesView
from readiness.views.placement import PlacementView
from readiness.views.plans import (
    ExchangePlanView,
    MovePeopleView,
    PlacementPlanView,
    TakeBackView,
)
from readiness.views.publishing import PublishView, VersionsView
from readiness.views.requirement_sets import (
    AddRequirementSetView,
    DeleteRequirementSetView,
    EditRequirementSetView,
    RequirementSetsView,
)
from readiness.views.saved_views import ForgetViewView, SaveViewView
from readiness.views.sign_offs import SignOffsView, SignOffView
from readiness.views.signing import (
    ResultView,
    SignView,
    TimeView,
    UnsignView,
    WithdrawResultView,
)
from readiness.views.snapshots import FreezeView, RevokeView, SnapshotView
from readiness.views.waiving import WaiveTogetherView


class CoordinatorsMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return roles.is_coordinator(request.user)


class DeskMenuItem(MenuItem):
    """Shown to observers, too."""

    def is_shown(self, request: Any) -> bool:
        return roles.is_observer(request.user)


class SignersMenuItem(MenuItem):
    """Shown to whoever has a role that signs off."""

    def is_shown(self, request: Any) -> bool:
        return signs_off(request.user)


class DeparturesViewSet(ViewSet):
    """The coordinator's desk: departures, one exchange, one person."""

    name = "departures"
    icon = "globe"
    menu_label = _("Departures")
    menu_item_class = DeskMenuItem

    def people(self) -> list[URLPattern]:
        """The list of all people, and what can be done with them."""
        return [
            path("people/", PeopleView.as_view(), name="people"),
            path("people/results/", PeopleView.as_view(results_only=True), name="people_results"),
            path("people/pictures/", PeoplePicturesView.as_view(), name="people_pictures"),
            path("people/addresses/", PeopleAddressesView.as_view(), name="people_addresses"),
            path("people/assign/", AssignView.as_view(), name="people_assign"),
            path("people/waive/", WaivePeopleView.as_view(), name="people_waive"),
            path("people/extend/", ExtendPeopleView.as_view(), name="people_extend"),
            path("people/move/", MovePeopleView.as_view(), name="people_move"),
            path("people/errands/<uuid:uuid>/", ErrandView.as_view(), name="errand"),
            path("people/invite/", InvitePeopleView.as_view(), name="people_invite"),
            path("people/views/save/", SaveViewView.as_view(), name="save_view"),
            path("people/views/<int:pk>/delete/", ForgetViewView.as_view(), name="forget_view"),
        ]

    def notes(self) -> list[URLPattern]:
        """What the staff write down about a placement or an exchange."""
        person, write = "placements/<uuid:omobility_id>/", WriteNoteView.as_view()
        return [
            path(f"{person}notes/new/", write, name="note_placement"),
            path("<uuid:exchange_uuid>/notes/new/", write, name="note_exchange"),
            path("notes/<int:pk>/pin/", PinNoteView.as_view(), name="pin_note"),
            path("notes/<int:pk>/withdraw/", WithdrawNoteView.as_view(), name="withdraw_note"),
        ]

    def get_urlpatterns(self) -> list[URLPattern]:
        person = "placements/<uuid:omobility_id>/"
        return [
            path("", DeparturesView.as_view(), name="index"),
            path("results/", DeparturesView.as_view(results_only=True), name="index_results"),
            path("sign-offs/", SignOffsView.as_view(), name="sign_offs"),
            path("sign-offs/sign/", SignOffView.as_view(), name="sign_off"),
            path("addresses/", AddressesView.as_view(), name="addresses"),
            *self.people(),
            *self.notes(),
            path("<uuid:exchange_uuid>/waive/", WaiveTogetherView.as_view(), name="waive_together"),
            path("<uuid:exchange_uuid>/plan/", ExchangePlanView.as_view(), name="plan_exchange"),
            path("plans/<uuid:change>/back/", TakeBackView.as_view(), name="take_back"),
            path(f"{person}plan/", PlacementPlanView.as_view(), name="plan"),
            path("<uuid:exchange_uuid>/", ExchangeReportView.as_view(), name="exchange"),
            path(
                "<uuid:exchange_uuid>/competence/",
                ExchangeCompetenceView.as_view(),
                name="exchange_competence",
            ),
            path(f"{person}competence/", PlacementCompetenceView.as_view(), name="competence"),
            path(person, PlacementView.as_view(), name="placement"),
            path(f"{person}<str:key>/waive/", WaiveView.as_view(), name="waive"),
            path(f"{person}<str:key>/unwaive/", WithdrawWaiverView.as_view(), name="unwaive"),
            path(f"{person}<str:key>/verify/", VerifyView.as_view(), name="verify"),
            path(f"{person}<str:key>/sign/", SignView.as_view(), name="sign"),
            path(f"{person}<str:key>/unsign/", UnsignView.as_view(), name="unsign"),
            path(f"{person}<str:key>/time/", TimeView.as_view(), name="time"),
            path(f"{person}freeze/", FreezeView.as_view(), name="freeze"),
            path(f"{person}revoke/", RevokeView.as_view(), name="revoke"),
            path(f"{person}snapshots/<int:snapshot>/", SnapshotView.as_view(), name="snapshot"),
            path(f"{person}results/new/", ResultView.as_view(), name="result"),
            path(
                f"{person}results/<int:result>/withdraw/",
                WithdrawResultView.as_view(),
                name="withdraw_result",
            ),
        ]


class TravelAdviceViewSet(ViewSet):
    """What holds for a country, issued and withdrawn with a preview."""

    name = "travel_advice"
    icon = "warning"
    menu_label = _("Travel advice")
    menu_item_class = CoordinatorsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", AdviceListView.as_view(), name="index"),
            path("new/", IssueView.as_view(), name="new"),
            path("<uuid:advice>/withdraw/", WithdrawAdviceView.as_view(), name="withdraw"),
        ]


class RequirementSetViewSet(ModelViewSet):
    model = RequirementSet
    name = "requirement_sets"
    icon = "clipboard-list"
    menu_label = _("Requirement sets")
    index_view_class = RequirementSetsView
    add_view_class = AddRequirementSetView
    edit_view_class = EditRequirementSetView
    delete_view_class = DeleteRequirementSetView
    edit_template_name = "readiness/desk/requirement_set_edit.html"
    search_fields = ["name"]
    list_filter = ["programme", "audience", "country", "is_active"]
    list_display = [
        "name",
        Column("holds_for", label=_("Holds for")),
        Column("asks", label=_("Requirements")),
        Column("affected", label=_("People concerned")),
        Column("version", label=_("Version")),
        BooleanColumn("is_active", label=_("In force")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("programme"), FieldPanel("audience")]),
            FieldRowPanel([FieldPanel("activity_type"), FieldPanel("country")]),
            FieldRowPanel([FieldPanel("host"), FieldPanel("office")]),
            FieldRowPanel([FieldPanel("stay_form"), FieldPanel("is_active")]),
            InlinePanel(
                "requirements",
                heading=_("Requirements"),
                label=_("requirement"),
                help_text=_("Fill in only what the kind needs."),
                panels=[
                    FieldPanel("kind"),
                    FieldPanel("module", widget=forms.Select),
                    FieldRowPanel(
                        [FieldPanel("quiz"), FieldPanel("min_percent"), FieldPanel("counts")]
                    ),
                    FieldRowPanel(
                        [FieldPanel("task", widget=forms.Select), FieldPanel("done_when")]
                    ),
                    FieldRowPanel([FieldPanel("declaration"), FieldPanel("needs_verification")]),
                    FieldRowPanel([FieldPanel("subject"), FieldPanel("role")]),
                    FieldRowPanel([FieldPanel("strength"), FieldPanel("phase")]),
                    FieldRowPanel([FieldPanel("due_event"), FieldPanel("offset_days")]),
                ],
            ),
        ],
        base_form_class=RequirementSetForm,
    )

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return CoordinatorsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        versions = VersionsView.as_view()
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", PublishView.as_view(), name="publish"),
            path("versions/<int:pk>/", versions, name="versions"),
            path("versions/<int:pk>/<int:number>/", versions, name="version"),
        ]


KEPT_OF_LINKS = frozenset({"index", "index_results", "inspect"})


def standing_of(link: Any) -> str:
    return str(LinkStanding(link.standing).label)


class PartnerLinkViewSet(ModelViewSet):
    model = PartnerLink
    name = "partner_links"
    url_prefix = "partner-links"
    icon = "link"
    menu_label = _("Partner links")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = partner_links.PartnerLinksView
    inspect_view_class = partner_links.PartnerLinkView
    filterset_class = partner_links.PartnerLinkFilterSet
    form_fields = ["label"]
    search_fields = ["label", "email", "host__name"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        "label",
        Column("host", label=_("Host institution"), sort_key="host__name"),
        Column("shows", label=_("Shows")),
        Column("office", label=_("Office")),
        Column("standing", label=_("State"), accessor=standing_of),
        DayColumn("expires_at", label=_("Works until"), sort_key="expires_at"),
        NumberColumn("visits_made", label=_("Opened"), sort_key="visits_made"),
        DateColumn("last_visit_at", label=_("Last opened"), sort_key="last_visit_at"),
        Column("created_by", label=_("Made by")),
    ]
    list_export = ["label", "host", "shows", "office", "standing", "created_by", "created_at",
                   "expires_at", "revoked_at", "visits_made", "last_visit_at"]  # fmt: skip
    export_headings = {
        "shows": _("Shows"),
        "standing": _("State"),
        "visits_made": _("Opened"),
        "last_visit_at": _("Last opened"),
    }
    export_filename = "partner-links"

    def get_urlpatterns(self) -> list[URLPattern]:
        own: list[Any] = [one for one in super().get_urlpatterns() if one.name in KEPT_OF_LINKS]
        return [
            *own,
            path("new/", partner_links.NewPartnerLinkView.as_view(), name="add"),
            path("revoke/<int:pk>/", partner_links.RevokePartnerLinkView.as_view(), name="revoke"),
        ]


class ReadinessGroup(ViewSetGroup):
    menu_label = _("Readiness")
    menu_icon = "circle-check"
    menu_order = 210
    items = (DeparturesViewSet, RequirementSetViewSet, TravelAdviceViewSet, PartnerLinkViewSet)
