"""What people get by mail when something about their account has changed."""

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.template.loader import get_template
from django.test import Client, RequestFactory

from people.models import User

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NOTES = (
    "account/email/email_changed",
    "account/email/email_deleted",
    "account/email/password_changed",
    "account/email/password_reset",
    "account/email/password_set",
    "mfa/email/recovery_codes_generated",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
)
SAYINGS = (
    "account/messages/cannot_delete_primary_email",
    "account/messages/email_confirmation_failed",
    "account/messages/email_confirmation_sent",
    "account/messages/email_confirmed",
    "account/messages/email_deleted",
    "account/messages/logged_in",
    "account/messages/logged_out",
    "account/messages/password_changed",
    "account/messages/password_set",
    "account/messages/primary_email_set",
    "account/messages/unverified_primary_email",
    "mfa/messages/recovery_codes_generated",
    "mfa/messages/totp_activated",
    "mfa/messages/totp_deactivated",
    "mfa/messages/webauthn_added",
    "mfa/messages/webauthn_removed",
    "usersessions/messages/session_logged_out",
    "usersessions/messages/sessions_logged_out",
)


@pytest.mark.parametrize("name", NOTES)
def test_every_note_says_what_and_when_and_what_to_do(
    rf: RequestFactory, participant: User, name: str
) -> None:
    request = rf.get("/", headers={"user-agent": FIREFOX})
    request.user = AnonymousUser()
    setattr(request, "session", {})  # noqa: B010  A request of the factory has none.
    setattr(request, "_messages", FallbackStorage(request))  # noqa: B010
    addresses = {"from_email": "old@x.example", "to_email": "new@x.example", "deleted_email": "d"}

    with context.request_context(request):
        get_adapter().send_notification_mail(name, participant, addresses, email=participant.email)

    [message] = mail.outbox
    body = str(message.body)
    assert body.startswith("Hello,")
    assert "in Firefox on Linux" in body
    assert "(UTC)" in body
    assert "If it was not you" in body
    assert "127.0.0.1" not in body
    assert message.subject


@pytest.mark.parametrize("name", [*(f"{note}_message" for note in NOTES), *SAYINGS])
def test_every_word_that_can_be_reached_is_ours(name: str) -> None:
    origin = str(get_template(f"{name}.txt").origin)  # type: ignore[attr-defined]

    assert origin.startswith(str(django_settings.BASE_DIR / "templates"))


def test_the_mail_is_in_the_language_of_its_reader(client: Client, participant: User) -> None:
    User.objects.filter(pk=participant.pk).update(language="es")

    client.post(
        "/accounts/password/reset/",
        {"email": participant.email},
        headers={"accept-language": "en"},
    )

    assert "Hello," not in str(mail.outbox[0].body)


def test_names_are_written_as_they_are(client: Client, participant: User) -> None:
    client.post("/accounts/password/reset/", {"email": participant.email})

    assert "&" not in str(mail.outbox[0].body)
