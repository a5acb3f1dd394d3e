from allauth.account.views import EmailView
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.utils.decorators import method_decorator

from people.addresses import record_given_address
from people.requests import SignedInRequest


@method_decorator(login_required, name="dispatch")
class AddressView(EmailView):
    """Change the own e-mail address; it counts once it is confirmed by mail."""

    def dispatch(
        self, request: SignedInRequest, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        record_given_address(request.user)
        return super().dispatch(request, *args, **kwargs)
