from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from home.panels import InstallationPanel
from people.requests import SignedInRequest
from people.roles import is_administrator


@hooks.register("insert_global_admin_css")
def brand() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms/brand.css"))


@hooks.register("construct_homepage_panels")
def show_installation(request: SignedInRequest, panels: list[Component]) -> None:
    if is_administrator(request.user):
        panels.append(InstallationPanel())


@hooks.register("register_help_menu_item")
def lead_to_the_styleguide() -> MenuItem:
    return MenuItem(_("Styleguide"), reverse("home:styleguide"), icon_name="image", order=2000)
