"""Who may open which door: every URL of the project, walked as everybody there is."""

import os
from collections.abc import Mapping

import pytest
from django.conf import settings
from django.test import Client

from people.models import User
from tests.architecture.doors import OURS
from tests.architecture.doors_of_wagtail import WAGTAILS
from tests.architecture.rows import DESK, EVERYBODY, OFFICE
from tests.architecture.walking import PEOPLE, Addresses, routes, word_for
from tests.factories.people import CoordinatorFactory, ObserverFactory, UserFactory

OF_AN_OFFICE = (
    "admin/departures/",
    "admin/exchanges/",
    "admin/invitations/",
    "admin/partner-links/",
    "admin/placements/",
)
SECTIONS: Mapping[str, Mapping[str, list[str]]] = OURS | WAGTAILS
ROWS = {
    route: row for section in SECTIONS.values() for row, found in section.items() for route in found
}
once = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="doors do not depend on the database"
)


Sessions = dict[str, str | None]


def sessions_of(people: Mapping[str, User | None]) -> Sessions:
    """Everybody's session key; the visitor has none."""
    found: Sessions = {}
    for name, user in people.items():
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        found[name] = cookie.value if cookie else None
    return found


@pytest.fixture
def sessions(people: Mapping[str, User | None]) -> Sessions:
    return sessions_of(people)


def ask(session: str | None, method: str, path: str) -> str:
    """One request of a browser that has nothing but the session: no door spoils the next."""
    client = Client(raise_request_exception=False)
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    response = client.generic(method, path)
    if response.streaming:
        b"".join(response)  # read to its end, the file behind it is closed.
    return word_for(response, path)


def test_every_door_is_in_the_table_and_nothing_else() -> None:
    walls = set(routes())

    assert sorted(walls - set(ROWS)) == [], "Say in doors.py who may open these."
    assert sorted(set(ROWS) - walls) == [], "These are gone: take them out of the table."


@once
@pytest.mark.parametrize("section", SECTIONS)
def test_a_door_opens_for_those_who_may(
    section: str, addresses: Addresses, sessions: Sessions
) -> None:
    found, expected = {}, {}
    for row, places in SECTIONS[section].items():
        for route in places:
            path = addresses.of(route)
            found[route] = " ".join(ask(sessions[name], "GET", path) for name in PEOPLE)
            expected[route] = row

    assert found == expected


@once
@pytest.mark.parametrize("name", ["visitor", "stranger", "participant"])
def test_nobody_without_a_part_in_the_cms_posts_to_it(
    name: str, addresses: Addresses, sessions: Sessions
) -> None:
    inside = [route for route in ROWS if route.startswith("admin/") and ROWS[route] != EVERYBODY]

    found = {route: ask(sessions[name], "POST", addresses.of(route)) for route in inside}

    assert {route: word for route, word in found.items() if word not in {"sign", "no"}} == {}


@once
def test_an_observer_does_nothing_by_whichever_method(
    addresses: Addresses, sessions: Sessions
) -> None:
    """No deed of an office opens to one who only looks, and no page that shows takes a form."""
    of_the_office = [
        route
        for name in ("exchanges", "readiness", "reminders")
        for found in OURS[name].values()
        for route in found
    ]
    found = {
        f"{method} {route}": ask(sessions["observer"], method, addresses.of(route))
        for route in of_the_office
        for method in ("POST", "PUT", "PATCH", "DELETE")
    }

    assert len(found) > 400
    assert {door: word for door, word in found.items() if word not in {"no", "post"}} == {}


@once
@pytest.mark.parametrize("maker", [CoordinatorFactory, ObserverFactory])
def test_who_is_of_another_office_finds_nothing_of_this_one(
    addresses: Addresses, maker: type[UserFactory]
) -> None:
    """Lists open and show own things; what belongs to another office is not there."""
    elsewhere = sessions_of({"": maker.create()})[""]
    named = [
        route
        for route, row in ROWS.items()
        if route.startswith(OF_AN_OFFICE) and "<" in route and row in {OFFICE, DESK}
    ]

    found = {route: ask(elsewhere, "GET", addresses.of(route)) for route in named}

    assert len(found) > 8
    assert {route: word for route, word in found.items() if word != "no"} == {}
