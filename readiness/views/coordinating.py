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
from readiness.forms import AsOfForm

STYLES = Media(css={"all": ["readiness/desk.css"]})
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}
DEPARTURES = {"url": reverse_lazy("departures:index"), "label": _("Departures")}


class CoordinatorOnly:
    """For everybody else the page does not exist."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not roles.is_coordinator(request.user):
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
        """The placements that the person who asks answers for."""
        return Placement.objects.coordinated_by(self.user)


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
        parameters = self.request.GET.copy()
        for name, value in changes.items():
            parameters[name] = value
        return f"{self.request.path}?{parameters.urlencode()}"


def exchange_url(report: Any) -> str:
    """Address of the page of this exchange's report."""
    return reverse("departures:exchange", args=[report.exchange.uuid])
