"""Reminders in the CMS: the log of letters, each office's rules, and its own words."""

from typing import Any

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from exchanges.views.records import OwnHistoryView
from reminders.models import LetterText, Message, OfficePlan
from reminders.views import messages, plans, texts


class KeptDoors:
    """Only those of Wagtail's pages that ask whom the reader answers for."""

    kept: frozenset[str]

    def get_urlpatterns(self) -> list[URLPattern]:
        found = super().get_urlpatterns()  # type: ignore[misc]
        return [pattern for pattern in found if pattern.name in self.kept]


class MessageViewSet(KeptDoors, ModelViewSet):
    model = Message
    name = "messages"
    url_prefix = "messages"
    icon = "mail"
    menu_label = _("Messages")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = messages.MessagesView
    inspect_view_class = messages.MessageView
    filterset_class = messages.MessageFilterSet
    form_fields = ["subject"]
    search_fields = ["person__last_name", "person__first_name", "address", "subject"]
    search_backend_name = None
    list_per_page = 50
    kept = frozenset({"index", "index_results", "inspect"})
    list_display = [
        "subject",
        Column("person", label=_("To"), sort_key="person__last_name"),
        Column("kind", accessor="get_kind_display", label=_("Why"), sort_key="kind"),
        Column("told", label=_("About")),
        Column("asked_by", label=_("Sent by")),
        DateColumn("posted_at", label=_("Written"), sort_key="posted_at"),
        Column("delivery", label=_("Delivered")),
    ]
    list_export = ["person", "address", "subject", "get_kind_display", "told", "asked_by",
                   "posted_at", "delivery"]  # fmt: skip
    export_headings = {
        "person": _("To"),
        "address": _("E-mail"),
        "get_kind_display": _("Why"),
        "told": _("About"),
        "delivery": _("Delivered"),
    }
    export_filename = "messages"


class OfOffices(KeptDoors, ModelViewSet):
    """What coordinators write for their own offices."""

    add_to_reference_index = False
    copy_view_enabled = False
    history_view_class = OwnHistoryView
    search_backend_name = None
    kept = frozenset(
        {"index", "index_results", "add", "edit", "delete", "history", "history_results"}
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), "usage_url_name": None}


class OfficePlanViewSet(OfOffices):
    model = OfficePlan
    name = "reminder_rules"
    url_prefix = "reminder-rules"
    icon = "time"
    menu_label = _("Rules")
    index_view_class = plans.OfficePlansView
    add_view_class = plans.AddPlanView
    edit_view_class = plans.EditPlanView
    delete_view_class = plans.DeletePlanView
    search_fields = ["office__name"]
    list_display = [
        "office",
        Column("days_before", label=_("Days before")),
        Column("days_after", label=_("Days after")),
        Column("hours", label=_("Hours")),
        BooleanColumn("is_paused", label=_("Paused")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("office"),
            FieldRowPanel([FieldPanel("days_before"), FieldPanel("days_after")]),
            FieldRowPanel([FieldPanel("wakes"), FieldPanel("rests")]),
            FieldPanel("is_paused"),
        ],
        base_form_class=plans.OfficePlanForm,
    )


class LetterTextViewSet(OfOffices):
    model = LetterText
    name = "letter_texts"
    url_prefix = "letters"
    icon = "edit"
    menu_label = _("Letters")
    index_view_class = texts.LetterTextsView
    add_view_class = texts.AddTextView
    edit_view_class = texts.EditTextView
    delete_view_class = texts.DeleteTextView
    create_template_name = texts.LookMixin.template_name
    edit_template_name = texts.LookMixin.template_name
    search_fields = ["subject", "text", "office__name"]
    list_display = [
        "subject",
        Column("kind", accessor="get_kind_display", label=_("Letter"), sort_key="kind"),
        Column("language", accessor="get_language_display", label=_("Language")),
        Column("office", label=_("Office")),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("office"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
            FieldPanel("subject"),
            FieldPanel("text"),
        ],
        base_form_class=texts.LetterTextForm,
    )


class RemindersGroup(ViewSetGroup):
    menu_label = _("Reminders")
    menu_icon = "mail"
    menu_order = 211
    items = (MessageViewSet, OfficePlanViewSet, LetterTextViewSet)
