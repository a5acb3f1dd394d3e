"""What an answer costs tells nothing of it, and neither do the pages of the CMS to others."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import User
from quizzes.attempts import submit
from quizzes.models import Attempt
from quizzes.versions import keep_version
from tests.factories.people import (
    CoordinatorFactory,
    ParticipantFactory,
    TrainerFactory,
    UserFactory,
)
from tests.factories.quizzes import NOON, questions_of
from tests.quizzes.pages import bank_url
from tests.quizzes.test_leaks_by_kind import (
    KEYED,
    NAMES,
    TRACES,
    C,
    answers,
    item_of,
    put,
    sat,
    whole,
)

pytestmark = pytest.mark.django_db

SAVES, BYTES = 15, 64
BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = str(uuid4())


def cost_of(browser: Client, attempt: Attempt, given: Any, seq: int) -> tuple[str, int, int]:
    """What a save asked of the database, without values; how often; and the bytes of its reply.

    What the reply repeats of the answer is not counted.
    """
    url = reverse("quizzes:answer", args=[attempt.uuid, item_of(attempt).id])
    sent = {"client": PAGE, "key": str(uuid4()), "seq": seq, "seen": seq, "fields": given}
    with CaptureQueriesContext(connection) as queries:
        response = browser.put(url, json.dumps(sent), content_type="application/json")
    assert response.status_code == 200
    said = response.json()
    asked = " ".join(query["sql"].split(" ")[0] for query in queries)
    repeated = len(json.dumps([said.pop("words"), said.pop("value")]))
    return asked, len(queries), len(response.content) - repeated


@pytest.mark.parametrize("name", KEYED)
def test_a_right_answer_costs_what_a_wrong_one_costs(
    browser: Client, name: str, participant: User
) -> None:
    """Both are sent in turn, again and again; the first round only warms what is kept."""
    attempt = sat(name, participant)
    right, wrong = answers(item_of(attempt))
    costs: dict[str, list[tuple[str, int, int]]] = {"right": [], "wrong": []}

    for turn in range(2 * SAVES + 2):
        which, given = ("wrong", wrong) if turn % 2 else ("right", right)
        costs[which].append(cost_of(browser, attempt, given, turn + 1))

    told = {which: found[1:] for which, found in costs.items()}
    assert len({(asked, count) for found in told.values() for asked, count, _said in found}) == 1
    sizes = [said for found in told.values() for _asked, _count, said in found]
    assert max(sizes) - min(sizes) < BYTES


def office(*codes: str) -> User:
    found: User = UserFactory.create()
    found.user_permissions.set(Permission.objects.filter(codename__in=[*codes, "access_admin"]))
    return found


ROLES: dict[str, Callable[[], User]] = {
    "participant": ParticipantFactory.create,
    "coordinator": CoordinatorFactory.create,
    "author of other questions": lambda: office("add_question"),
    "in the CMS for pages alone": office,
}


def pages_of_the_cms(attempt: Attempt) -> list[str]:
    """Every address of the bank that could tell something of one attempt and its question."""
    question, quiz = questions_of(attempt.quiz)[0], attempt.quiz
    of_one = ("edit", "delete", "copy", "preview", "versions", "history", "usage")
    of_quiz = ("edit", "copy", "delete", "preview", "publish", "attempts", "analysis", "regrades")
    bulk = reverse("wagtail_bulk_action", args=["quizzes", "question", "status"])
    lists = ("questions:index", "quizzes:index", "categories:index", "pairs:index")
    return [
        *(bank_url(f"questions:{name}", question.pk) for name in of_one),
        *(bank_url(f"questions:{name}", question.pk) + "?keys" for name in ("preview",)),
        *(bank_url(f"quizzes:{name}", quiz.pk) for name in of_quiz),
        bank_url("quizzes:preview", quiz.pk) + "?keys",
        bank_url("quizzes:analysis", quiz.pk) + "?table=options&export=csv",
        bank_url("quizzes:attempts", quiz.pk) + "?export=csv",
        bank_url("quizzes:attempt", quiz.pk, attempt.uuid),
        *(bank_url(name) for name in lists),
        bank_url("questions:index") + f"?q={C[:3]}",
        reverse("question_chooser:choose"),
        reverse("question_chooser:chosen", args=[question.pk]),
        reverse("quiz_chooser:choose"),
        f"{bulk}?id={question.pk}",
        reverse("question_imports:index"),
        reverse("question_imports:export"),
        *(reverse("question_imports:export_file", args=[one]) for one in ("gift", "csv")),
        reverse("marking:queue"),
        reverse("marking:mark", args=[attempt.uuid, question.uuid]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_home"),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_in_the_cms_tells_a_key_to_a_role_without_the_right(
    role: str, browser: Client, participant: User
) -> None:
    attempts = [sat(name, participant) for name in NAMES]
    for attempt in attempts:
        keep_version(questions_of(attempt.quiz)[0], by=TrainerFactory.create(), at=NOON)
        submit(attempt=attempt, actor=participant, at=attempt.started_at)
    browser.force_login(ROLES[role](), backend=BACKEND)
    statuses: Counter[int] = Counter()

    for attempt in (attempts[0], attempts[-1]):
        for url in pages_of_the_cms(attempt):
            response = browser.get(url)
            statuses[response.status_code] += 1
            found = [trace for trace in TRACES[:4] if trace in whole(response)]
            assert found == [], (url, response.status_code)

    assert statuses[302] > statuses[200]
    assert not statuses[500]


def test_whoever_has_not_signed_in_is_sent_to_do_so(client: Client, participant: User) -> None:
    attempt = sat(NAMES[0], participant)
    submit(attempt=attempt, actor=participant, at=attempt.started_at)

    for url in pages_of_the_cms(attempt):
        response = client.get(url)
        assert (response.status_code, "/login/" in response["Location"]) == (302, True), url


def test_who_reads_results_without_the_right_reads_no_key(
    browser: Client, participant: User
) -> None:
    reader = office("view_quiz")
    for name in KEYED:
        attempt = sat(name, participant)
        browser.force_login(participant, backend=BACKEND)
        put(browser, attempt, answers(item_of(attempt))[1])
        submit(attempt=attempt, actor=participant, at=attempt.started_at)
        browser.force_login(reader, backend=BACKEND)

        for page, *more in (("attempt", attempt.uuid), ("attempts",)):
            response = browser.get(bank_url(f"quizzes:{page}", attempt.quiz.pk, *more))
            assert response.status_code == 200
            assert [trace for trace in TRACES[:4] if trace in whole(response)] == [], page
