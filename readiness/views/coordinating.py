"""What the coordinator's pages have in common."""

from typing import Any

from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from exchanges.models import Placement
from exchanges.models.placements import PlacementQuerySet
from people import roles
from people.models import User
from readiness import overview
from readiness.forms import AsOfForm
from readiness.overview import Rows

STYLES = Media(css={"all": ["charts/charts.css", "readiness/desk.css"]})
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
DEPARTURES = {"url": reverse_lazy("departures:index"), "label": _("Departures")}


class CoordinatorOnly:
    """For everybody else the page does not exist.

    Attributes:
        observers_may_read: whether the page only shows, and so shows itself to observers
            with what they observe.
    """

    request: HttpRequest
    observers_may_read = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may_enter = roles.is_observer if self.observers_may_read else roles.is_coordinator
        if not may_enter(request.user):
            raise Http404
        found: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return found

    @property
    def user(self) -> User:
        """The person who asks, whom `dispatch` has let in."""
        if not roles.is_signed_in(self.request.user):
            raise Http404
        return self.request.user

    @cached_property
    def own_placements(self) -> PlacementQuerySet:
        """The placements that the person who asks answers for; on pages that only show,
        the observed ones besides.
        """
        if self.observers_may_read:
            return Placement.objects.observed_by(self.user)
        return Placement.objects.coordinated_by(self.user)

    @cached_property
    def own_rows(self) -> Rows:
        """Their rows, for lists."""
        if self.observers_may_read:
            return overview.rows_seen_by(self.user)
        return overview.rows_of(self.user)

    @cached_property
    def may_act(self) -> bool:
        """Whether the page offers deeds."""
        return roles.is_coordinator(self.user)


def address(request: HttpRequest, path: str, **changes: str) -> str:
    """That path with the request's parameters, some of them changed; empty ones are left out."""
    parameters = request.GET.copy()
    for name in ("p", "_w_filter_fragment", *changes):
        parameters.pop(name, None)
    for name, value in changes.items():
        if value:
            parameters[name] = value
    return f"{path}?{parameters.urlencode()}" if parameters else path


class AsOfMixin:
    """Reads `as_of` and `state` from the address, so that the view can be shared."""

    request: HttpRequest

    @cached_property
    def as_of_form(self) -> AsOfForm:
        return AsOfForm(self.request.GET, now=timezone.now())

    @property
    def is_now(self) -> bool:
        return self.as_of_form.moment == self.as_of_form.now

    def address(self, **changes: str) -> str:
        """This page's address with some of its parameters changed."""
        return address(self.request, self.request.path, **changes)


def exchange_url(report: Any) -> str:
    """Address of the page of this exchange's report."""
    return reverse("departures:exchange", args=[report.exchange.uuid])
