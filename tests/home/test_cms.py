"""The CMS carries our mark, and tells administrators how the installation stands."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from home.panels import InstallationPanel
from interop.models import RosterUpload
from people.models import User
from tests.factories.people import ParticipantFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def test_the_cms_carries_our_mark(signed_in: SignIn, trainer: User) -> None:
    page = signed_in(trainer).get("/admin/").content.decode()

    assert "sojourn-brand" in page
    assert "css/cms/brand.css" in page
    assert "- Sojourn</title>" in page


def test_administrators_see_the_state_of_the_installation(
    signed_in: SignIn, administrator: User
) -> None:
    ParticipantFactory.create_batch(3)
    ParticipantFactory.create(is_active=False)
    RosterUpload.objects.create(
        filename="spring.csv", content=b"", uploaded_by=administrator, uploaded_at=NOON
    )

    page = signed_in(administrator).get("/admin/").content.decode()

    assert "This installation" in page
    assert "<dt>Participants</dt><dd>3</dd>" in page
    assert "<dt>Administrators</dt><dd>1</dd>" in page
    assert "None yet" in page
    assert "spring.csv" not in page
    assert "Set EMAIL_URL to send it." in page


def test_the_last_import_is_the_one_that_was_carried_out_last(
    signed_in: SignIn, administrator: User
) -> None:
    for day, name in enumerate(("first.csv", "last.csv", "between.csv")):
        RosterUpload.objects.create(
            filename=name,
            content=b"",
            uploaded_by=administrator if name == "last.csv" else None,
            uploaded_at=NOON,
            applied_at=NOON + dt.timedelta(days=9 if name == "last.csv" else day),
        )

    page = signed_in(administrator).get("/admin/").content.decode()

    assert "last.csv" in page
    assert str(administrator) in page
    assert "first.csv" not in page


def test_with_a_mail_server_it_says_which(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "mail.home.example"

    assert InstallationPanel().get_context_data()["mail_host"] == "mail.home.example"


def test_the_panel_costs_three_queries(django_assert_num_queries: Any) -> None:
    # People by role; those who never signed in; the last import.
    with django_assert_num_queries(3):
        InstallationPanel().get_context_data()


@pytest.mark.parametrize("who", ["trainer", "coordinator"])
def test_others_do_not_see_it(request: pytest.FixtureRequest, signed_in: SignIn, who: str) -> None:
    page = signed_in(request.getfixturevalue(who)).get("/admin/").content.decode()

    assert "This installation" not in page
