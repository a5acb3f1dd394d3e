from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")
    default = True


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's pages for people, with our forms."""

    user_viewset = "people.viewsets.PersonViewSet"
