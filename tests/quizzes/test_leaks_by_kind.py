"""No key of any kind of question reaches a browser before it may be seen, and then it does.

Two ways to look: canaries stand in every part of a key and in no answer of the site; and
a paper with another key, in the place of the first, gives the same bytes to the letter.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import User
from quizzes.attempts import paper_of, start, submit
from quizzes.kinds import kind_of
from quizzes.models import Attempt, Question, QuestionDimension, QuizVersion
from quizzes.papers import (
    GAPS,
    LIKERT,
    MATCHING,
    MULTIPLE,
    NUMERIC,
    OPEN,
    ORDERING,
    RATE,
    RATING,
    SELECT,
    SHORT,
    SINGLE,
    SITUATIONAL,
    TRUE_FALSE,
    Item,
    item_to_json,
)
from quizzes.texts import plain_text
from tests.factories.competence import DimensionFactory
from tests.factories.kinds import EXAMPLES, banked, open_text, written
from tests.factories.modules import LessonPageFactory, ModuleQuizFactory
from tests.factories.quizzes import PublishedQuizFactory, live
from tests.quizzes.pages import page

pytestmark = pytest.mark.django_db

C = "CANARY"
# Weights, numbers and tolerances that stand nowhere else, so that their digits tell.
SHARE, NUMBER, TOLERANCE = "0.417", "731.25", "0.875"
TRACES = [C, SHARE, NUMBER, TOLERANCE, "weight", "fraction", "feedback"]
NAMES = list(EXAMPLES)
KEYED = [name for name in NAMES if name not in (RATING, LIKERT, OPEN)]
HINT = "Think of the host."


def canaried(name: str) -> Item:
    """One question of the kind, with a canary in every part that a reader must not have yet."""
    item = {
        SHORT: lambda: written(name, SHORT, {f"{C}short": "1", f"{C}half*": SHARE}),
        NUMERIC: lambda: replace(
            written(name, NUMERIC, {NUMBER: "1"}, tolerance=TOLERANCE), unit="km"
        ),
        GAPS: lambda: replace(
            written(name, GAPS, {f"{C}gap": "1", f"{C}other": SHARE}), stem="<p>They [[1]].</p>"
        ),
        OPEN: lambda: replace(
            open_text(name),
            rubric=tuple(
                replace(row, title=f"{C}-ROW", levels=(f"{C}-LOW", f"{C}-HIGH"))
                for row in open_text(name).rubric
            ),
        ),
    }.get(name, lambda: EXAMPLES[name](name))()
    return replace(with_feedback(_weighed(name, item)), feedback=f"<p>{C}-GENERAL</p>")


def _weighed(name: str, item: Item) -> Item:
    """Where a share is possible at all, one that stands nowhere else."""
    if name in (SINGLE, SITUATIONAL, RATE, TRUE_FALSE):
        options = [replace(item.options[0], weight=Decimal(1))]
        options += [replace(one, weight=Decimal(SHARE)) for one in item.options[1:]]
        return replace(item, options=tuple(options))
    return item


def with_feedback(item: Item) -> Item:
    parts = {
        part.name: tuple(
            replace(one, feedback=f"<p>{C}-{part.name}-{n}</p>")
            if hasattr(one, "feedback")
            else one
            for n, one in enumerate(getattr(item, part.name))
        )
        for part in fields(item)
        if part.name in {"options", "pairs", "accepted"}
    }
    return replace(item, **parts)  # type: ignore[arg-type]


def rekeyed(item: Item) -> Item:
    """The same question, as it is shown, with another key and other feedback."""
    accepted = [replace(one, text=f"x{n}") for n, one in enumerate(item.accepted)]
    if item.form == SELECT:
        accepted = [replace(one, fraction=1 - one.fraction, feedback="") for one in item.accepted]
    matches = [(one.choice_id, one.match) for one in reversed(item.pairs)]
    return replace(
        item,
        feedback="<p>else</p>",
        dimensions={},
        options=tuple(
            replace(one, weight=1 - one.weight, feedback="")
            for one in (reversed(item.options) if item.kind == ORDERING else item.options)
        ),
        pairs=tuple(
            replace(one, choice_id=choice, match=match, feedback="")
            for one, (choice, match) in zip(item.pairs, matches, strict=True)
        ),
        accepted=tuple(accepted),
        statements=tuple(
            replace(one, is_reversed=not one.is_reversed, dimension="") for one in item.statements
        ),
        rubric=tuple(replace(row, title="else", levels=("a", "b")) for row in item.rubric),
    )


def sat(name: str, participant: User, *, at: dt.datetime | None = None, **terms: Any) -> Attempt:
    """An open attempt at a quiz of one question of the kind."""
    purpose = "self_assessment" if name in (RATING, LIKERT) else "graded"
    quiz = PublishedQuizFactory.create(questions=[asked(name)], purpose=purpose, **terms)
    return start(quiz=quiz, participant=participant, at=at or timezone.now())


def asked(name: str) -> Question:
    question = banked(canaried(name))
    Question.objects.filter(pk=question.pk).update(name=f"{C}-NAME", hints=HINT, note=f"{C}-NOTE")
    QuestionDimension.objects.create(
        question=question, dimension=DimensionFactory.create(), weight=Decimal("4.17")
    )
    return Question.objects.get(pk=question.pk)


def item_of(attempt: Attempt) -> Item:
    return paper_of(attempt.version).items[0]


def answers(item: Item) -> list[list[tuple[str, str]]]:
    """Two answers to the question, as fields of a form: the best one, and another."""
    kind = kind_of(item)
    best = kind.fields(item, kind.best(item))
    others: Mapping[str, Callable[[], Any]] = {
        NUMERIC: lambda: "5",
        SHORT: lambda: "nothing such",
        OPEN: lambda: "some words here",
        GAPS: lambda: {"1": str(item.accepted[1].id) if item.form == SELECT else "nothing such"},
        MATCHING: lambda: {str(item.pairs[0].id): str(item.pairs[1].choice_id)},
        ORDERING: lambda: {str(one.id): 3 - n for n, one in enumerate(item.options)},
        LIKERT: lambda: {str(item.statements[0].id): str(item.options[0].id)},
    }
    last = [str(item.options[-1].id)] if item.options else []
    if item.form == RATE:
        other = {str(item.options[0].id): 2}
    else:
        other = others.get(item.kind, lambda: last)()
    return [best, kind.fields(item, other)]


def whole(response: Any) -> str:
    """Everything that the browser gets: headers, cookies and body."""
    body = b"".join(response) if response.streaming else response.content
    cookies = "".join(morsel.OutputString() for morsel in response.cookies.values())
    return f"{response.headers}{cookies}{body.decode(errors='replace')}"


def traces(text: str, *, own: str = "") -> list[str]:
    return [trace for trace in TRACES if trace in (text.replace(own, "") if own else text)]


def put(browser: Client, attempt: Attempt, given: list[tuple[str, str]], seq: int = 1) -> Any:
    url = reverse("quizzes:answer", args=[attempt.uuid, item_of(attempt).id])
    sent = {
        "client": str(uuid4()), "key": str(uuid4()), "seq": seq, "seen": 0, "fields": given,
    }  # fmt: skip
    return browser.put(url, json.dumps(sent), content_type="application/json")


def everywhere(attempt: Attempt) -> Iterator[str]:
    """Every address that could say something of an attempt, in its usual and odd forms."""
    own = [page(attempt, name) for name in ("check", "result", "state")]
    own += [reverse("quizzes:start", args=[attempt.quiz.uuid]), page(attempt, "question", 99)]
    questions = [page(attempt, "question", number + 1) for number in range(len(attempt.layout))]
    yield from (*own, *questions)
    yield from (f"{url}?format=json&preview=1&keys=1" for url in (*own, questions[0]))
    module = ModuleQuizFactory.create(quiz=attempt.quiz).module
    lesson = LessonPageFactory.create(parent=module)
    yield from (module.url, lesson.url, "/my/", "/sitemap.xml", "/api/v2/pages/", "/api/v3/pages/")
    yield from (f"/search/?query={words}" for words in ("Findable", "host", "Empathy", "greeting"))


@pytest.mark.parametrize("name", NAMES)
def test_the_canaries_stand_in_the_paper(name: str, participant: User) -> None:
    paper = json.dumps(live(sat(name, participant).quiz).paper)

    assert f"{C}-GENERAL" in paper
    assert HINT in paper
    if name not in (MULTIPLE, MATCHING, ORDERING, SELECT, RATING, LIKERT, OPEN):
        assert SHARE in paper or TOLERANCE in paper


@pytest.mark.parametrize("name", NAMES)
def test_no_byte_before_handing_in_holds_a_trace(
    browser: Client, name: str, participant: User
) -> None:
    attempt = sat(name, participant)
    other = answers(item_of(attempt))[1]

    saved = put(browser, attempt, other)
    form = browser.post(page(attempt, "question", 1), dict(other))
    refused = browser.put(
        reverse("quizzes:answer", args=[attempt.uuid, item_of(attempt).id]),
        "{}", content_type="application/json",
    )  # fmt: skip

    assert (saved.status_code, refused.status_code) == (200, 400)
    assert form.status_code in (302, 409)
    assert traces(whole(saved)) == traces(whole(form)) == traces(whole(refused)) == []
    for url in (page(attempt, "question", 1), page(attempt, "check")):
        assert traces(whole(browser.get(url))) == [], url


def test_nowhere_on_the_site_is_a_trace_of_any_kind(browser: Client, participant: User) -> None:
    every = [asked(name) for name in NAMES]
    quiz = PublishedQuizFactory.create(title="Findable quiz", questions=every)
    attempt = start(quiz=quiz, participant=participant, at=timezone.now())

    for url in everywhere(attempt):
        assert traces(whole(browser.get(url, follow=True))) == [], url


def bare(response: Any) -> str:
    """What came, without times and tokens, which are others in every answer."""
    headers = {
        name: value
        for name, value in response.headers.items()
        if name not in ("Content-Length", "Expires", "Last-Modified")
    }
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    text = re.sub(r'"(saved_at|saved_words|now)": "[^"]*"', "", text)
    return str(headers) + text


def give_another_key(attempt: Attempt) -> None:
    """Exchange the key of a published paper: nothing in the product can do that."""
    version = attempt.version
    paper = dict(version.paper)
    paper["items"] = [item_to_json(rekeyed(item_of(attempt)))]
    with connection.cursor() as cursor:
        field = QuizVersion._meta.get_field("paper")
        value = field.get_db_prep_save(paper, connection)
        cursor.execute(
            "UPDATE quizzes_quizversion SET paper = %s WHERE id = %s", [value, version.pk]
        )
    attempt.refresh_from_db()


@pytest.mark.parametrize("name", NAMES)
def test_another_key_gives_the_same_bytes(browser: Client, name: str, participant: User) -> None:
    attempt = sat(name, participant)
    sent = answers(item_of(attempt))
    urls = [page(attempt, "question", 1), page(attempt, "check")]

    before = [bare(put(browser, attempt, sent[0]))] + [bare(browser.get(url)) for url in urls]
    give_another_key(attempt)
    after = [bare(put(browser, attempt, sent[0]))] + [bare(browser.get(url)) for url in urls]

    assert before == after


def test_a_saved_order_comes_back_by_its_own_places(browser: Client, participant: User) -> None:
    attempt = sat(ORDERING, participant)
    first, second, third = (f"place-{option.id}" for option in item_of(attempt).options)

    said = put(browser, attempt, [(second, "3"), (first, "2"), (third, "1")]).json()

    assert said["value"] == [[third, "1"], [first, "2"], [second, "3"]]


@pytest.mark.parametrize("name", KEYED)
def test_right_and_wrong_are_acknowledged_alike(
    browser: Client, name: str, participant: User
) -> None:
    attempt = sat(name, participant)

    said = [put(browser, attempt, given).json().keys() for given in answers(item_of(attempt))[:1]]
    other = start_again(attempt)
    said.append(put(browser, other, answers(item_of(other))[1]).json().keys())

    assert said[0] == said[1] == {
        "sequence", "value", "words", "saved_at", "saved_words", "deadline", "now",
        "is_answered",
    }  # fmt: skip


def start_again(attempt: Attempt) -> Attempt:
    submit(attempt=attempt, actor=attempt.participant, at=timezone.now())
    return start(quiz=attempt.quiz, participant=attempt.participant, at=timezone.now())


def result(browser: Client, attempt: Attempt, *, at: dt.datetime | None = None) -> str:
    submit(attempt=attempt, actor=attempt.participant, at=at or timezone.now())
    return browser.get(page(attempt, "result")).content.decode()


def expected(name: str, item: Item) -> list[str]:
    """What stands on a page that tells right answers, besides all feedback for the answer."""
    return {
        SHORT: [f"{C}short"],
        NUMERIC: [NUMBER],
        GAPS: [f"{C}gap"],
        OPEN: [f"{C}-ROW", f"{C}-LOW", f"{C}-HIGH"],
        MATCHING: [one.match for one in item.pairs if one.prompt],
        ORDERING: [plain_text(one.text) for one in item.options],
        SELECT: ["bow", "door"],
    }.get(name, [])


@pytest.mark.parametrize("name", NAMES)
def test_it_is_there_once_it_may_be_seen(browser: Client, name: str, participant: User) -> None:
    attempt = sat(name, participant)
    item = item_of(attempt)
    assert put(browser, attempt, answers(item)[0]).status_code == 200

    shown = result(browser, attempt)

    assert f"{C}-GENERAL" in shown
    assert [words for words in expected(name, item) if words not in shown] == []
    if name in (SINGLE, MULTIPLE, SITUATIONAL, RATE, TRUE_FALSE, ORDERING):
        assert [n for n, _one in enumerate(item.options) if f"{C}-options-{n}" not in shown] == []
    if name in (SHORT, NUMERIC, GAPS, SELECT):
        assert f"{C}-accepted-0" in shown
    if name == MATCHING:
        assert f"{C}-pairs-0" in shown
    assert [never for never in (f"{C}-NOTE", f"{C}-NAME", SHARE, "4.17") if never in shown] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("moment", ["never", "closed"])
def test_nothing_of_it_is_there_where_it_is_held_back(
    browser: Client, name: str, moment: str, participant: User
) -> None:
    closes = timezone.now() + dt.timedelta(hours=1)
    held: dict[str, Any] = {"keys_shown": moment, "feedback_shown": moment, "closes_at": closes}
    attempt = sat(name, participant, **held)
    other = answers(item_of(attempt))[1]
    put(browser, attempt, other)

    shown = result(browser, attempt)

    assert traces(shown) == []
    assert traces(whole(browser.get(reverse("quizzes:start", args=[attempt.quiz.uuid])))) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_there_after_the_close(browser: Client, name: str, participant: User) -> None:
    now = timezone.now()
    closed: dict[str, Any] = {"keys_shown": "closed", "feedback_shown": "closed"}
    earlier = now - dt.timedelta(hours=2)
    attempt = sat(name, participant, at=earlier, closes_at=now - dt.timedelta(hours=1), **closed)

    shown = result(browser, attempt, at=earlier)

    assert f"{C}-GENERAL" in shown
    assert [words for words in expected(name, item_of(attempt)) if words not in shown] == []
    assert (f"± {TOLERANCE}" in shown) == (name == NUMERIC)


@pytest.mark.parametrize("name", NAMES)
def test_without_keys_the_feedback_of_the_own_answer_is_told(
    browser: Client, name: str, participant: User
) -> None:
    attempt = sat(name, participant, keys_shown="never")
    item = item_of(attempt)
    put(browser, attempt, answers(item)[1])

    shown = result(browser, attempt)

    assert f"{C}-GENERAL" in shown
    if name in (SINGLE, MULTIPLE, SITUATIONAL, TRUE_FALSE):
        assert f"{C}-options-{len(item.options) - 1}" in shown
        assert f"{C}-options-0" not in shown
    elif name == SELECT:
        assert f"{C}-accepted-1" in shown
        assert f"{C}-accepted-0" not in shown
    elif name in (SHORT, NUMERIC, GAPS, OPEN):
        assert [words for words in expected(name, item) if words in shown] == []
