"""Wagtail's own views, kept to what the person may reach."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Office, Placement
from exchanges.permissions import shared_exchanges
from exchanges.signals import placements_changed
from exchanges.uses import uses
from exchanges.visibility import answers_for, observed_by
from library.cells import disarmed

ANY = ("add", "change", "delete", "view")


class SafeExportMixin:
    """Cells of CSV and XLSX that no spreadsheet takes for a formula."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        found = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return disarmed(found)


class PlainIndexView(SafeExportMixin, generic.IndexView):
    """A list that everybody with the permission sees whole."""


class OwnIndexView(SafeExportMixin, generic.IndexView):
    """A list of the records that the person may reach."""

    def get_base_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ANY
        )
        return found


class OwnObjectMixin:
    """One record that the person may reach; any other does not exist."""

    permission_policy: Any
    request: Any
    reached_by: tuple[str, ...] = ANY

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, self.reached_by
        )
        return found

    def get_base_object_queryset(self) -> QuerySet[Any]:
        return OwnObjectMixin.get_queryset(self)


class OwnEditView(OwnObjectMixin, generic.EditView):
    reached_by = ("change",)


class TellingMixin:
    """Tells the rooms above which placements an edited record bears on."""

    concerns: str

    def save_instance(self) -> Any:
        saved = super().save_instance()  # type: ignore[misc]
        placements = Placement.objects.filter(**{self.concerns: saved})
        placements_changed.send(sender=type(saved), placements=placements, at=timezone.now())
        return saved


class ExchangeEditView(TellingMixin, OwnEditView):
    concerns = "exchange"


class OfficeEditView(TellingMixin, generic.EditView):
    concerns = "office"


class InstitutionEditView(TellingMixin, generic.EditView):
    concerns = "exchange__host"


class OwnHistoryView(OwnObjectMixin, HistoryView):
    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = HistoryView.get_queryset(self)
        return found


class OwnInspectView(OwnObjectMixin, generic.InspectView):
    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        return get_object_or_404(self.get_queryset(), pk=self.pk)

    def get_edit_url(self) -> str | None:
        may = self.permission_policy.user_has_permission_for_instance
        url: str | None = super().get_edit_url()
        return url if may(self.request.user, "change", self.object) else None


class UnusedDeleteView(generic.DeleteView):
    """Deletes what nothing uses; otherwise says what does."""

    template_name = "exchanges/confirm_delete.html"

    @cached_property
    def uses(self) -> list[Any]:
        return uses(self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        if self.uses:
            raise PermissionDenied
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "uses": self.uses, "is_protected": bool(self.uses)}


class OwnDeleteView(OwnObjectMixin, UnusedDeleteView):
    reached_by = ("delete",)


class OfficeDeleteView(UnusedDeleteView):
    @cached_property
    def uses(self) -> list[Any]:
        below = Office.objects.filter(path__startswith=self.object.path)
        return [use for office in below for use in uses(office)]


class ExchangeIndexView(OwnIndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        seen = observed_by(self.request.user, through="placements__")
        going = seen & ~Q(placements__status=PlacementStatus.CANCELLED)
        found = super().get_base_queryset().select_related("programme", "host")
        return found.annotate(people=Count("placements", filter=going))

    @cached_property
    def _shared(self) -> set[int]:
        return set(shared_exchanges(self.request.user).values_list("exchange", flat=True))

    def get_edit_url(self, instance: Exchange) -> str | None:
        return None if instance.pk in self._shared else super().get_edit_url(instance)


class ExchangeInspectView(OwnInspectView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        placements = Button(
            _("Placements"),
            url=f"{reverse('placements:index')}?exchange={self.object.pk}",
            icon_name="group",
            priority=5,
        )
        return [placements, *super().header_more_buttons]


class PlacementIndexView(OwnIndexView):
    def get_base_queryset(self) -> QuerySet[Any]:
        found = super().get_base_queryset()
        return found.select_related(
            "participant", "office", "exchange__programme", "exchange__host"
        )

    @cached_property
    def _own_offices(self) -> set[int]:
        own = Office.objects.filter(answers_for(self.request.user))
        return set(own.values_list("pk", flat=True))

    def get_edit_url(self, instance: Placement) -> str | None:
        is_own = instance.office_id in self._own_offices
        return super().get_edit_url(instance) if is_own else None


class NamelessLogMixin:
    """Logs what happened to a placement without the person's name.

    Wagtail's site history shows the titles of log entries to everybody who may see
    placements at all, whatever their office.
    """

    form: Any
    request: HttpRequest
    action_class: Any
    logged_as: str

    def save_instance(self) -> Placement:
        placement: Placement = self.form.instance
        self.action_class(
            placement, user=self.request.user, form=self.form, log_action=False
        ).execute(skip_permission_checks=True)
        log(
            instance=placement,
            action=self.logged_as,
            user=self.request.user,
            title=str(placement.exchange),
        )
        saved = Placement.objects.filter(pk=placement.pk)
        placements_changed.send(sender=Placement, placements=saved, at=timezone.now())
        return placement


class PlacementAddView(NamelessLogMixin, generic.CreateView):
    logged_as = "wagtail.create"


class PlacementEditView(NamelessLogMixin, OwnEditView):
    logged_as = "wagtail.edit"


class PlacementDeleteView(OwnDeleteView):
    def delete_action(self) -> None:
        log(
            instance=self.object,
            action="wagtail.delete",
            user=self.request.user,
            title=str(self.object.exchange),
            deleted=True,
        )
        self.action_class(self.object, user=self.request.user, log_action=False).execute(
            skip_permission_checks=True
        )
