"""Where a person is signed in, and how to sign out there."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.internal import flows
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from people.devices import device_of


class DevicesView(ListUserSessionsView):
    """allauth's list, with names that people recognise and a button for each."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sessions = sorted(context["sessions"], key=lambda session: session.last_seen_at)
        context["devices"] = [
            {"session": session, "device": device_of(session.user_agent)}
            for session in reversed(sessions)
        ]
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        wish = self.request.POST.get("session", "")
        if not wish:
            response: HttpResponse = super().form_valid(form)
            return response
        own = UserSession.objects.filter(user=self.request.user)
        session = own.filter(pk=wish).first() if wish.isdecimal() else None
        if session is not None and not session.is_current():
            flows.sessions.end_sessions(self.request, [session])
            text = "usersessions/messages/session_logged_out.txt"
            get_adapter().add_message(self.request, messages.SUCCESS, text)
        return HttpResponseRedirect(self.get_success_url())
