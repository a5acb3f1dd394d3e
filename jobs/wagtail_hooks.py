from wagtail import hooks
from wagtail.permissions import register_permission_policy

from jobs.models import OutgoingMail
from jobs.views import LookingPolicy
from jobs.viewsets import OutboxViewSet

register_permission_policy(OutgoingMail, LookingPolicy(OutgoingMail))


@hooks.register("register_admin_viewset")
def register_outbox() -> OutboxViewSet:
    return OutboxViewSet("outbox", url_prefix="outbox")
