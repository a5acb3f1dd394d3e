"""The content security policy: strict for everybody, looser in Wagtail's admin."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User

pytestmark = pytest.mark.django_db


def policy(response: object) -> dict[str, str]:
    header: str = response["Content-Security-Policy"]  # type: ignore[index]
    parts = [directive.strip().partition(" ") for directive in header.split(";")]
    return {name: sources for name, _, sources in parts}


@pytest.mark.parametrize("path", ["/accounts/login/", "/livez", "/nowhere/", "/administrators/"])
def test_no_inline_code_runs_outside_the_admin(client: Client, path: str) -> None:
    found = policy(client.get(path))

    assert found["default-src"] == "'self'"
    assert found["object-src"] == "'none'"
    assert found["frame-ancestors"] == "'self'"
    assert not any("unsafe" in sources for sources in found.values())


def test_wagtails_admin_may_run_the_code_in_its_own_pages(
    signed_in: Callable[[User], Client], administrator: User
) -> None:
    response = signed_in(administrator).get(reverse("wagtailadmin_home"))
    found = policy(response)

    assert response.status_code == 200
    assert found["script-src"] == "'self' 'unsafe-inline'"
    assert found["default-src"] == "'self'"
    assert found["object-src"] == "'none'"
