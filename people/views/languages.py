"""Choosing the language of the pages, for everybody and in the CMS."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LocaleSettingsPanel,
)

from people.forms.profile import LocaleForm
from people.languages import choose_language, is_offered, keep_on_device
from people.roles import is_signed_in


def switch_language(request: HttpRequest) -> HttpResponse:
    """Show the same page in another language from now on; asked by GET, change nothing."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(target if safe else "/")
    language = request.POST.get("language", "")
    if is_offered(language):
        keep_on_device(response, language)
        if is_signed_in(request.user):
            choose_language(user=request.user, language=language)
    return response


class LocalePanel(BaseSettingsPanel):
    """Language and time zone of our own profile, in the place of Wagtail's second ones."""

    name = "locale"
    title = _("Language and time zone")
    order = LocaleSettingsPanel.order
    form_class = LocaleForm


class WorkplaceAccountView(AccountView):
    def get_panels(self) -> list[BaseSettingsPanel]:
        return [
            LocalePanel(panel.request, panel.user, panel.profile)
            if isinstance(panel, LocaleSettingsPanel)
            else panel
            for panel in super().get_panels()
        ]
