"""An extra is shown, open and recorded like any step, and counts for nothing."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from modules.checking.running import check_all, check_one
from modules.enums import Problem
from modules.models import LessonPage, ModulePage, ModuleQuiz
from modules.outline import outlines
from people.models import User
from progress import recording
from progress.evidence import gather
from progress.models import ModuleRecord
from progress.next_steps import ways_through
from progress.steps import Way
from progress.teaching import figures_of
from tests.factories.modules import (
    ImmersionTaskPageFactory,
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
)
from tests.factories.people import ParticipantFactory
from tests.factories.progress import NOON, LessonRecordFactory, ModuleRecordFactory
from tests.factories.quizzes import finish_attempt
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LATER = NOON + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def module() -> ModulePage:
    """Two lessons of ten minutes that count, with an extra of twenty between them."""
    module: ModulePage = TrainingSessionPageFactory.create(slug="self")
    for slug in ("one", "more", "two"):
        is_extra = slug == "more"
        LessonPageFactory.create(
            parent=module, title=slug.title(), slug=slug, is_extra=is_extra,
            minutes=20 if is_extra else 10,
        )  # fmt: skip
    return module


def lesson(slug: str) -> LessonPage:
    return LessonPage.objects.get(slug=slug)


def publish(slug: str, *, is_extra: bool) -> None:
    page = lesson(slug)
    page.is_extra = is_extra
    page.save_revision().publish()


def read(person: User, *slugs: str) -> None:
    for slug in slugs:
        recording.complete_lesson(participant=person, lesson=lesson(slug), at=NOON)


def way(person: User, module: ModulePage) -> Way:
    [found] = ways_through(person, [module], as_of=timezone.now()).values()
    return found


def pdf(client: Client, address: str) -> bytes:
    response: Any = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    content: bytes = response.content
    return content


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_its_minutes_are_said_apart(
    module: ModulePage, participant: User, signed_in: SignIn
) -> None:
    outline = outlines([module])[module.translation_key]
    client = signed_in(participant)

    assert (outline.minutes, outline.extra_minutes) == (20, 20)
    assert [step.title for step in outline.counted] == ["One", "Two"]
    for address in (module.url, module.get_parent().url):
        assert "20 minutes · 20 minutes of extras" in text(client, address)


def test_a_module_without_extras_says_nothing_of_them(participant: User, signed_in: SignIn) -> None:
    page = text(signed_in(participant), LessonPageFactory.create().module.url)

    assert "extra" not in page.lower()


def test_it_is_no_part_of_percentage_next_step_and_what_is_left(
    module: ModulePage, participant: User
) -> None:
    read(participant, "one")
    recording.open_lesson(participant=participant, lesson=lesson("more"), at=LATER)

    so_far = way(participant, module)
    assert (so_far.steps_done, so_far.steps_total, so_far.percent) == (1, 2, 50)
    assert so_far.minutes_left == 10
    assert so_far.resume is not None
    assert so_far.resume.step.title == "Two"

    key = module.translation_key
    [evidence] = gather(
        [participant.pk], module_keys=[key], quiz_ids=[], as_of=timezone.now()
    ).values()
    fact = evidence.modules[key]
    assert (fact.steps_done, fact.steps_total, fact.minutes_left) == (1, 2, 10)


def test_the_module_is_completed_without_it_and_it_is_done_all_the_same(
    module: ModulePage, participant: User, signed_in: SignIn
) -> None:
    client = signed_in(participant)

    first = client.post("/learn/self/one/", {"deed": "done"}, follow=True)
    assert first.redirect_chain == [("/learn/self/two/", 302)]
    last = client.post("/learn/self/two/", {"deed": "done"}, follow=True)
    assert "You have completed" in last.content.decode()
    completed_at = ModuleRecord.objects.get().completed_at

    after = client.post("/learn/self/more/", {"deed": "done"}, follow=True)
    assert "You have completed" not in after.content.decode()
    assert ModuleRecord.objects.get().completed_at == completed_at
    so_far = way(participant, module)
    assert [state.is_done for state in so_far.states] == [True, True, True]
    assert (so_far.steps_done, so_far.percent) == (2, 100)


def test_an_extra_alone_completes_nothing(module: ModulePage, participant: User) -> None:
    read(participant, "more")

    so_far = way(participant, module)
    assert (so_far.completed_at, so_far.percent) == (None, 0)
    assert so_far.started_at == NOON


def test_pages_name_it_with_a_word(
    module: ModulePage, participant: User, signed_in: SignIn
) -> None:
    client = signed_in(participant)

    page = text(client, module.url)
    assert page.count("badge--extra") == 1
    assert page.count("</svg> Extra</span>") == 1
    assert page.count("</svg> To do</span>") == 2
    assert "<td>extra: does not count</td>" in page

    read(participant, "more")
    page = text(client, module.url)
    assert page.count("</svg> Extra</span>") == page.count("</svg> Done</span>") == 1
    assert "0 of 2 steps are done" in page

    assert "You may skip this: it does not count." in text(client, lesson("more").url)
    counting = text(client, lesson("one").url)
    assert "You may skip this" not in counting
    assert '<span class="muted">Extra</span>' in counting


def test_before_and_after_lead_from_step_to_step_that_counts(
    module: ModulePage, participant: User, signed_in: SignIn
) -> None:
    client = signed_in(participant)

    assert '<a rel="next" href="/learn/self/two/">' in text(client, "/learn/self/one/")
    assert '<a rel="prev" href="/learn/self/one/">' in text(client, "/learn/self/two/")
    extra = text(client, "/learn/self/more/")
    assert '<a rel="prev" href="/learn/self/one/">' in extra
    assert '<a rel="next" href="/learn/self/two/">' in extra


def test_where_steps_come_in_order_it_waits_for_none_and_none_for_it(
    module: ModulePage, participant: User, signed_in: SignIn
) -> None:
    ModulePage.objects.update(is_sequential=True)
    client = signed_in(participant)

    assert client.get("/learn/self/two/").status_code == 403
    assert client.get("/learn/self/more/").status_code == 200
    read(participant, "one")
    assert client.get("/learn/self/two/").status_code == 200


def test_a_lesson_that_counts_again_takes_no_completion_away(
    module: ModulePage, participant: User
) -> None:
    read(participant, "one", "two")
    under_way = ParticipantFactory.create()
    read(under_way, "one")

    publish("more", is_extra=False)

    assert way(participant, module).completed_at == NOON
    so_far = way(under_way, module)
    assert (so_far.steps_total, so_far.minutes_left) == (3, 30)
    assert so_far.resume is not None
    assert so_far.resume.step.title == "More"


def test_who_had_only_the_extra_left_keeps_the_completion(
    module: ModulePage, participant: User
) -> None:
    other = ParticipantFactory.create()
    read(participant, "one")
    read(other, "more")

    publish("two", is_extra=True)
    assert ModuleRecord.objects.get(participant=participant).completed_at == NOON
    publish("two", is_extra=False)

    assert way(participant, module).completed_at == NOON
    assert way(other, module).completed_at is None


def test_where_all_is_extra_nothing_is_completed_of_itself(
    module: ModulePage, participant: User, signed_in: SignIn
) -> None:
    read(participant, "one")
    for slug in ("one", "two"):
        publish(slug, is_extra=True)
    read(participant, "two", "more")

    so_far = way(participant, module)
    assert (so_far.completed_at, so_far.percent, so_far.resume) == (None, 0, None)
    page = text(signed_in(participant), module.url)
    assert "Completed" not in page
    assert "%?" not in page
    assert "0 minutes · 40 minutes of extras" in page

    (finding,) = check_one(ModulePage.objects.get(), at=NOON)
    assert finding.problem == Problem.NO_STEPS
    assert "is an extra" in finding.words


def test_a_quiz_may_be_an_extra(module: ModulePage, participant: User, signed_in: SignIn) -> None:
    link = ModuleQuizFactory.create(module=module, quiz__title="Practice", is_extra=True)
    read(participant, "one", "two")

    assert way(participant, module).completed_at == NOON
    client = signed_in(participant)
    assert text(client, module.url).count("</svg> Extra</span>") == 2
    lesson_page = text(client, "/learn/self/two/")
    assert lesson_page.count('<span class="muted">Extra</span>') == 2
    assert 'rel="next"' not in lesson_page

    finish_attempt(link.quiz, participant, {0: 0, 1: 0})
    assert [state.is_done for state in way(participant, module).states] == [True, False, True, True]
    assert ModuleRecord.objects.get().completed_at == NOON


def test_who_had_only_a_quiz_left_keeps_the_completion_when_it_becomes_an_extra(
    module: ModulePage, participant: User
) -> None:
    ModuleQuizFactory.create(module=module)
    read(participant, "one", "two")
    page = ModulePage.objects.get().specific
    link = page.module_quizzes.get()
    link.is_extra = True
    page.module_quizzes = [link]

    page.save_revision().publish()

    assert ModuleRecord.objects.get().completed_at == NOON


def test_of_quizzes_one_that_counts_is_a_step(module: ModulePage) -> None:
    LessonPage.objects.update(is_extra=True)
    link = ModuleQuizFactory.create(module=module, is_extra=True)
    (finding,) = check_one(ModulePage.objects.get(), at=NOON)
    assert finding.problem == Problem.NO_STEPS

    link.is_extra = False
    link.save()
    assert check_one(ModulePage.objects.get(), at=NOON) == []

    draft = ModulePage.objects.get().specific
    draft.module_quizzes = [ModuleQuiz(quiz=link.quiz, is_extra=True)]
    draft.save_revision()
    [[found]] = check_all([draft.pk], at=NOON).values()
    assert found.problem == Problem.NO_STEPS


def test_an_extra_stops_nobody(module: ModulePage) -> None:
    for person in ParticipantFactory.create_batch(3):
        ModuleRecordFactory.create(participant=person, module=module)
        for slug in ("one", "two"):
            LessonRecordFactory.create(participant=person, lesson=lesson(slug), completed_at=NOON)

    (figures,) = figures_of([module], as_of=LATER)

    assert [(step.done, step.lost) for step in figures.steps] == [(3, 0), (0, 0), (3, 0)]
    assert figures.stops_at is None


def test_on_paper_it_is_named_and_another_mark_is_another_version(
    module: ModulePage, participant: User, signed_in: SignIn
) -> None:
    client = signed_in(participant)
    address = reverse("module_file", args=[module.translation_key])

    words = " ".join(text_of(pdf(client, address)).split())
    assert "20 minutes · 20 minutes of extras" in words
    assert words.count("extra: may be skipped") == 1

    LessonPage.objects.update(is_extra=False)
    again = " ".join(text_of(pdf(client, address)).split())
    assert "40 minutes" in again
    assert "extra" not in again


def test_a_task_is_none(participant: User) -> None:
    with pytest.raises(ValidationError, match="cannot be an extra"):
        ImmersionTaskPageFactory.create(is_extra=True)
