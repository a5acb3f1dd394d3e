from http import HTTPStatus

from allauth.account.views import EmailView, LoginView
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.decorators import method_decorator

from people.addresses import record_given_address
from people.requests import SignedInRequest

# In seconds: how long allauth counts wrong passwords for one address.
WAIT = 300


class SignInView(LoginView):
    """Sign in; who has done so already goes to the start.

    A page that may not be opened sends a signed-in person here. Leading back to it,
    as allauth would, never ends.
    """

    def get_authenticated_redirect_url(self) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Too many tries answer as such: the page says so to people, the status to programs."""
        response: HttpResponse = super().form_invalid(form)
        if form.has_error("__all__", "too_many_login_attempts"):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(WAIT)
        return response


@method_decorator(login_required, name="dispatch")
class AddressView(EmailView):
    """Change the own e-mail address; it counts once it is confirmed by mail."""

    def dispatch(
        self, request: SignedInRequest, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        record_given_address(request.user)
        return super().dispatch(request, *args, **kwargs)
