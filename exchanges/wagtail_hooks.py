from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from exchanges.models import Exchange, Placement
from exchanges.permissions import ExchangePolicy, ObservedPolicy
from exchanges.views.invitations import InvitationView, InviteBulkAction
from exchanges.viewsets import ExchangesGroup
from people.models import User

register_permission_policy(Exchange, ExchangePolicy(Exchange))
register_permission_policy(Placement, ObservedPolicy(Placement))


@hooks.register("register_admin_viewset")
def register_exchanges_group() -> ExchangesGroup:
    return ExchangesGroup()


@hooks.register("register_admin_urls")
def register_invitations() -> list[URLPattern]:
    return [path("invitations/<uuid:person>/", InvitationView.as_view(), name="invitation")]


hooks.register("register_bulk_action", InviteBulkAction)


@hooks.register("register_user_listing_buttons")
def show_invitation(user: User, request_user: User) -> Iterator[Button]:
    yield Button(
        _("Invitation"),
        url=reverse("invitation", args=[user.uuid]),
        icon_name="mail",
        priority=20,
    )
