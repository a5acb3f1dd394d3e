"""The exchanges' part of the CMS."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import BooleanColumn, Column, NumberColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from exchanges.columns import CountryColumn, DayColumn, OfficeTitleColumn
from exchanges.filters import ExchangeFilterSet, PlacementFilterSet
from exchanges.forms import ExchangeForm, OfficeForm, PlacementForm
from exchanges.models import Exchange, Institution, Office, Placement, Programme
from exchanges.views import records as views


class RecordViewSet(ModelViewSet):
    """What all records of this room share.

    Imports write many records at once and past Wagtail's reference index, so the pages
    for deleting ask the database itself what uses a record.
    """

    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    search_backend_name = None
    index_view_class = views.PlainIndexView
    delete_view_class = views.UnusedDeleteView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "usage_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]


class ExchangeViewSet(RecordViewSet):
    model = Exchange
    name = "exchanges"
    icon = "globe"
    index_view_class = views.ExchangeIndexView
    edit_view_class = views.ExchangeEditView
    delete_view_class = views.OwnDeleteView
    history_view_class = views.OwnHistoryView
    inspect_view_class = views.ExchangeInspectView
    filterset_class = ExchangeFilterSet
    ordering = ["start_date", "code"]
    search_fields = ["code", "programme__name", "host__name"]
    list_display = [
        "__str__",
        CountryColumn("country", label=_("Country")),
        DayColumn("start_date", label=_("Stay starts"), sort_key="start_date"),
        DayColumn("end_date", label=_("Stay ends"), sort_key="end_date"),
        NumberColumn("people", label=_("People"), sort_key="people"),
    ]
    list_export = [
        "code",
        "programme.code",
        "host.hei_id",
        "host.name",
        "country",
        "academic_year",
        "term",
        "start_date",
        "end_date",
        "time_zone",
        "people",
    ]
    export_headings = {
        "programme.code": "programme",
        "host.hei_id": "receiving_hei",
        "host.name": "receiving_hei_name",
    }
    export_filename = "exchanges"
    inspect_view_fields = [
        "code",
        "programme",
        "host",
        "academic_year",
        "term",
        "start_date",
        "end_date",
        "time_zone",
        "country",
        "stay_form",
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(template="exchanges/exchange_plan.html"),
            FieldRowPanel([FieldPanel("programme"), FieldPanel("host")], heading=_("What")),
            FieldPanel("code"),
            FieldRowPanel([FieldPanel("academic_year"), FieldPanel("term")], heading=_("Term")),
            FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")], heading=_("Stay")),
            FieldRowPanel(
                [FieldPanel("time_zone"), FieldPanel("destination_country")], heading=_("Where")
            ),
            FieldPanel("stay_form"),
        ],
        base_form_class=ExchangeForm,
    )


class PlacementViewSet(RecordViewSet):
    model = Placement
    name = "placements"
    icon = "group"
    index_view_class = views.PlacementIndexView
    add_view_class = views.PlacementAddView
    edit_view_class = views.PlacementEditView
    delete_view_class = views.PlacementDeleteView
    history_view_class = views.OwnHistoryView
    inspect_view_class = views.OwnInspectView
    filterset_class = PlacementFilterSet
    ordering = ["exchange__start_date", "participant__last_name", "pk"]
    search_fields = [
        "participant__first_name",
        "participant__last_name",
        "participant__email",
        "exchange__code",
        "exchange__host__name",
    ]
    list_display = [
        "participant",
        Column("exchange", label=_("Exchange")),
        Column("office", label=_("Office")),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        DayColumn("departs_on", label=_("Leaves home")),
        DayColumn("end_date", label=_("Stay ends")),
    ]
    list_export = [
        "omobility_id",
        "participant.first_name",
        "participant.last_name",
        "participant.email",
        "audience",
        "office.code",
        "exchange.code",
        "status",
        "start_date",
        "end_date",
        "departs_on",
        "country",
    ]
    export_headings = {
        "participant.first_name": "given_names",
        "participant.last_name": "family_name",
        "participant.email": "email",
        "office.code": "sending_ounit",
        "exchange.code": "exchange",
        "departs_on": "leaves_home_on",
    }
    export_filename = "placements"
    inspect_view_fields = [
        "participant",
        "omobility_id",
        "audience",
        "exchange",
        "office",
        "status",
        "accepted_on",
        "activity_type",
        "activity_attributes",
        "start_date",
        "end_date",
        "departs_on",
        "country",
        "stay_form",
        "receiving_ounit",
        "iia_id",
        "eqf_level",
        "isced_f_code",
        "language_skills",
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(template="exchanges/placement_plan.html"),
            MultiFieldPanel(
                [
                    FieldPanel("participant"),
                    FieldPanel("omobility_id"),
                    FieldPanel("audience"),
                    FieldPanel("exchange"),
                    FieldPanel("office"),
                    FieldPanel("status"),
                    FieldPanel("accepted_on"),
                ],
                heading=_("Who and where"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("own_start_date"),
                    FieldPanel("own_end_date"),
                    FieldPanel("leaves_home_on"),
                    FieldPanel("own_country"),
                    FieldPanel("own_stay_form"),
                ],
                heading=_("Own dates"),
                help_text=_("Only what differs from the exchange."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("activity_type"),
                    FieldPanel("activity_attributes"),
                    FieldPanel("receiving_ounit"),
                    FieldPanel("iia_id"),
                    FieldPanel("eqf_level"),
                    FieldPanel("isced_f_code"),
                ],
                heading=_("What for"),
            ),
            InlinePanel("language_skills", label=_("Language"), heading=_("Languages")),
        ],
        base_form_class=PlacementForm,
    )


class InstitutionViewSet(RecordViewSet):
    edit_view_class = views.InstitutionEditView
    model = Institution
    name = "institutions"
    icon = "site"
    ordering = ["name"]
    search_fields = ["name", "hei_id", "erasmus_code"]
    list_filter = ["country", "is_home"]
    list_display = [
        "name",
        "hei_id",
        "country",
        BooleanColumn("is_home", label=pgettext_lazy("institution", "Home")),
    ]
    list_export = ["hei_id", "erasmus_code", "pic", "name", "country", "time_zone", "website"]
    export_filename = "institutions"
    panels = [
        FieldPanel("name"),
        FieldPanel("hei_id"),
        FieldRowPanel([FieldPanel("erasmus_code"), FieldPanel("pic")]),
        FieldRowPanel([FieldPanel("country"), FieldPanel("time_zone")]),
        FieldPanel("website"),
        FieldPanel("is_home"),
    ]


class ProgrammeViewSet(RecordViewSet):
    model = Programme
    name = "programmes"
    icon = "clipboard-list"
    ordering = ["name"]
    search_fields = ["name", "code"]
    list_display = ["name", "code"]
    list_export = ["code", "name", "description"]
    export_filename = "programmes"
    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("description")]


class OfficeViewSet(RecordViewSet):
    model = Office
    name = "offices"
    icon = "home"
    edit_view_class = views.OfficeEditView
    delete_view_class = views.OfficeDeleteView
    ordering = ["path"]
    search_fields = ["name", "code"]
    list_display = [
        "name",
        OfficeTitleColumn("place", label=_("Place in the tree")),
        "code",
        Column("institution", label=_("Institution")),
    ]
    list_export = ["code", "name", "institution.name", "time_zone"]
    export_headings = {"institution.name": "institution"}
    export_filename = "offices"
    inspect_view_fields = ["name", "code", "institution", "time_zone", "members", "observers"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldPanel("institution"),
            FieldPanel("time_zone"),
            FieldPanel("parent"),
            FieldPanel("members"),
            FieldPanel("observers"),
        ],
        base_form_class=OfficeForm,
    )


class ExchangesGroup(ViewSetGroup):
    """The menu “Exchanges”; rooms above add their items by the submenu's hook."""

    menu_label = _("Exchanges")
    menu_name = "exchanges"
    menu_icon = "globe"
    menu_order = 200
    submenu_hook = "register_exchanges_menu_item"
    items = (
        ExchangeViewSet,
        PlacementViewSet,
        InstitutionViewSet,
        ProgrammeViewSet,
        OfficeViewSet,
    )
