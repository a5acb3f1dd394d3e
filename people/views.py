from allauth.account.views import EmailView, LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LocaleSettingsPanel,
)

from people.addresses import record_given_address
from people.forms import LocaleForm
from people.languages import choose_language, is_offered, keep_on_device
from people.requests import SignedInRequest
from people.roles import is_signed_in


class SignInView(LoginView):
    """Sign in; who has done so already goes to the start.

    A page that may not be opened sends a signed-in person here. Leading back to it,
    as allauth would, never ends.
    """

    def get_authenticated_redirect_url(self) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)


@method_decorator(login_required, name="dispatch")
class AddressView(EmailView):
    """Change the own e-mail address; it counts once it is confirmed by mail."""

    def dispatch(
        self, request: SignedInRequest, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        record_given_address(request.user)
        return super().dispatch(request, *args, **kwargs)


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
