from wagtail import hooks

from competence.viewsets import FrameworkViewSet


@hooks.register("register_admin_viewset")
def register_frameworks() -> FrameworkViewSet:
    return FrameworkViewSet("frameworks")
