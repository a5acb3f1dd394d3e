from wagtail import hooks

from interop.roster.viewsets import RosterViewSet


@hooks.register("register_admin_viewset")
def register_roster_viewset() -> RosterViewSet:
    return RosterViewSet()
