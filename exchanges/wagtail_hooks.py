from wagtail import hooks
from wagtail.permissions import register_permission_policy

from exchanges.models import Exchange, Placement
from exchanges.permissions import CoordinatedPolicy, ExchangePolicy
from exchanges.viewsets import ExchangesGroup

register_permission_policy(Exchange, ExchangePolicy(Exchange))
register_permission_policy(Placement, CoordinatedPolicy(Placement))


@hooks.register("register_admin_viewset")
def register_exchanges_group() -> ExchangesGroup:
    return ExchangesGroup()
