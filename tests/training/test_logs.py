import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.test import Client

from people.models import User
from training.logs import logging_settings


def log_to(stream: io.StringIO, *, rendered_as: str) -> None:
    logging.config.dictConfig(logging_settings(rendered_as=rendered_as, level="INFO"))
    handler = logging.getLogger().handlers[-1]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What production would log, line by line."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    log_to(stream, rendered_as="json")
    yield stream
    logging.config.dictConfig(settings.LOGGING)
    root.handlers, root.level = handlers, level


def logged(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_request_is_one_line_with_an_id_and_without_a_person(
    client: Client, lines: io.StringIO, participant: User
) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/livez", {"token": "CANARY"}, headers={"user-agent": "CANARY-browser"})

    (line,) = [line for line in logged(lines) if line["event"] == "request_finished"]
    assert line["request"] == "GET /livez"
    assert line["code"] == 200
    assert len(line["request_id"]) == 36
    assert "CANARY" not in lines.getvalue()
    assert participant.email not in lines.getvalue()
    assert not {"ip", "user_id", "user_agent"} & set(line)


@pytest.mark.django_db
def test_the_key_of_a_partner_link_is_dropped(client: Client, lines: io.StringIO) -> None:
    client.get("/partner/CANARY-key/")

    assert "/partner/[dropped]/" in lines.getvalue()
    assert "CANARY" not in lines.getvalue()


@pytest.mark.parametrize(
    "key",
    ["password", "new_password1", "token", "csrfmiddlewaretoken", "sessionid", "Cookie",
     "Authorization", "api_key", "SECRET_KEY", "answer", "answers", "option_ids", "email"],
)  # fmt: skip
def test_values_with_a_secret_name_are_dropped_at_any_depth(key: str, lines: io.StringIO) -> None:
    structlog.get_logger("sojourn").info("saved", kept="yes", form=[{key: "CANARY"}])

    (line,) = logged(lines)
    assert line["kept"] == "yes"
    assert line["form"] == [{key: "[dropped]"}]


def test_messages_of_libraries_are_blurred_too(lines: io.StringIO) -> None:
    log = logging.getLogger("some.library")
    log.warning("Mail to %s failed", "ada@home.example")
    log.warning("Not found: %s", "/accounts/password/reset/key/4-canary-key/?next=canary")

    assert [line["event"] for line in logged(lines)] == [
        "Mail to [e-mail] failed",
        "Not found: /accounts/password/reset/key/[dropped]/",
    ]


SECRET = "CANARY"


def fail_with(password: str) -> None:
    raise ValueError("Key (email)=(ada@home.example) already exists")


def test_a_traceback_names_places_and_no_values(lines: io.StringIO) -> None:
    try:
        fail_with(SECRET)
    except ValueError:
        structlog.get_logger("sojourn").exception("failed")

    (line,) = logged(lines)
    assert line["exception"][0]["frames"][-1]["name"] == "fail_with"
    assert "CANARY" not in lines.getvalue()
    assert "ada@" not in lines.getvalue()


def test_text_for_a_person_hides_the_same(lines: io.StringIO) -> None:
    stream = io.StringIO()
    log_to(stream, rendered_as="text")
    try:
        fail_with(SECRET)
    except ValueError:
        structlog.get_logger("sojourn").exception("failed", token=SECRET)

    assert "in fail_with" in stream.getvalue()
    assert "CANARY" not in stream.getvalue()
    assert "ada@" not in stream.getvalue()
