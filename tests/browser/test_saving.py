"""Saving in a real browser: cut connections, lost replies, ended sessions, two tabs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from people.models import User
from quizzes.attempts import start
from quizzes.models import AnswerStep, Attempt
from tests.factories.kinds import banked, short
from tests.factories.quizzes import PublishedQuizFactory, option_ids, questions_of

ANSWERS = re.compile(r"/answers/")
SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")
KEPT = re.compile("Not saved: we keep trying")
OUTBOX = "Object.keys(localStorage).filter((key) => key.includes('outbox'))"


@pytest.fixture
def attempt(participant: User) -> Attempt:
    from django.utils import timezone  # noqa: PLC0415  a door reads the clock.

    return start(quiz=PublishedQuizFactory.create(), participant=participant, at=timezone.now())


@pytest.fixture
def sheet(sign_in: Callable[[User], Page], attempt: Attempt) -> Page:
    page = sign_in(attempt.participant)
    page.goto(f"/quizzes/attempts/{attempt.uuid}/1/")
    return page


def status(page: Page) -> Any:
    return expect(page.locator("p[data-saved]"))


def choose(page: Page, place: int) -> None:
    page.get_by_role("radio").nth(place).check()


def stored(attempt: Attempt) -> list[int]:
    options = option_ids(questions_of(attempt.quiz)[0], 0, 1, 2)
    steps = AnswerStep.objects.filter(attempt=attempt).order_by("sequence")
    return [options.index(step.response[0]) for step in steps]


def test_a_change_is_saved_at_once_and_said(sheet: Page, attempt: Attempt) -> None:
    choose(sheet, 1)

    status(sheet).to_have_text(SAVED, timeout=3000)
    assert stored(attempt) == [1]
    sheet.reload()
    expect(sheet.get_by_role("radio").nth(1)).to_be_checked()


def answered(page: Page) -> Any:
    return expect(page.locator("[data-progress=answered] .number"))


def test_the_count_of_answers_follows_what_is_saved(sheet: Page, attempt: Attempt) -> None:
    here = sheet.locator(".stepper li").first
    answered(sheet).to_have_text("0 / 2")
    expect(here).to_contain_text("not yet answered")

    choose(sheet, 1)
    answered(sheet).to_have_text("1 / 2")
    assert sheet.locator("[data-progress=answered] progress").evaluate("bar => bar.value") == 1
    expect(here).to_have_class("stepper__done")
    expect(here).not_to_contain_text("not yet answered")

    choose(sheet, 2)
    status(sheet).to_have_text(SAVED)
    answered(sheet).to_have_text("1 / 2")
    sheet.reload()
    answered(sheet).to_have_text("1 / 2")


def test_an_answer_that_is_not_saved_is_not_counted(sheet: Page, attempt: Attempt) -> None:
    sheet.route(ANSWERS, lambda route: route.abort())
    choose(sheet, 1)

    status(sheet).to_have_text(KEPT)
    answered(sheet).to_have_text("0 / 2")


def test_a_cut_connection_loses_nothing(sheet: Page, attempt: Attempt) -> None:
    sheet.route(ANSWERS, lambda route: route.abort())
    choose(sheet, 2)
    status(sheet).to_have_text(KEPT)
    assert stored(attempt) == []

    sheet.unroute(ANSWERS)

    status(sheet).to_have_text(SAVED)
    assert stored(attempt) == [2]


def test_a_lost_reply_and_a_duplicate_store_one_answer(sheet: Page, attempt: Attempt) -> None:
    sent = []

    def cut_after_commit(route: Route) -> None:
        sent.append(route.request.post_data)
        reply = route.fetch()
        if len(sent) == 1:
            route.abort()
        else:
            route.fulfill(response=reply)

    sheet.route(ANSWERS, cut_after_commit)
    choose(sheet, 1)

    status(sheet).to_have_text(SAVED)
    assert sent[0] == sent[1]
    assert stored(attempt) == [1]


def test_an_error_of_the_server_is_tried_again(sheet: Page, attempt: Attempt) -> None:
    sheet.route(ANSWERS, lambda route: route.fulfill(status=503, body="busy"), times=2)
    choose(sheet, 0)

    status(sheet).to_have_text(SAVED)
    assert stored(attempt) == [0]


def test_a_browser_without_room_still_sends_the_answer(sheet: Page, attempt: Attempt) -> None:
    sheet.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new Error('QuotaExceededError') } }"
    )
    sheet.route(ANSWERS, lambda route: route.abort(), times=1)

    choose(sheet, 2)

    status(sheet).to_have_text(SAVED)
    assert stored(attempt) == [2]


def test_two_attempts_in_one_browser_keep_their_answers_apart(
    sheet: Page, context: BrowserContext, attempt: Attempt
) -> None:
    from django.utils import timezone  # noqa: PLC0415

    twin = PublishedQuizFactory.create(title=attempt.quiz.title)
    other = start(quiz=twin, participant=attempt.participant, at=timezone.now())
    of_the_first = re.compile(f"{attempt.uuid}/answers/")
    context.route(of_the_first, lambda route: route.abort())
    choose(sheet, 2)
    status(sheet).to_have_text(KEPT)

    sheet.goto(f"/quizzes/attempts/{other.uuid}/1/")
    choose(sheet, 0)
    status(sheet).to_have_text(SAVED)

    context.unroute(of_the_first)
    sheet.goto(f"/quizzes/attempts/{attempt.uuid}/1/")
    status(sheet).to_have_text(SAVED)
    assert (stored(attempt), stored(other)) == ([2], [0])


def test_a_closed_browser_keeps_the_answer_for_the_next_page(
    sheet: Page, context: BrowserContext, attempt: Attempt
) -> None:
    context.route(ANSWERS, lambda route: route.abort())
    choose(sheet, 2)
    status(sheet).to_have_text(KEPT)
    sheet.close()
    context.unroute(ANSWERS)

    later = context.new_page()
    later.goto(f"/quizzes/attempts/{attempt.uuid}/2/")

    expect(later.locator("p[data-saved]")).to_have_text(SAVED)
    answered(later).to_have_text("1 / 2")
    assert stored(attempt) == [2]


def test_an_ended_session_is_said_and_the_answer_waits(
    sheet: Page, context: BrowserContext, attempt: Attempt
) -> None:
    cookies: Any = context.cookies()
    context.clear_cookies()
    choose(sheet, 1)
    status(sheet).to_have_text(re.compile("your session has ended"))
    assert stored(attempt) == []

    context.add_cookies(cookies)

    status(sheet).to_have_text(SAVED)
    assert stored(attempt) == [1]


def test_two_tabs_ask_instead_of_overwriting(
    sheet: Page, context: BrowserContext, attempt: Attempt
) -> None:
    other = context.new_page()
    other.goto(sheet.url)
    choose(other, 0)
    expect(other.locator("p[data-saved]")).to_have_text(SAVED)

    choose(sheet, 2)

    alert = sheet.get_by_role("alert")
    expect(alert).to_contain_text("another answer to this question was saved since")
    assert stored(attempt) == [0]
    alert.get_by_role("button", name="Save the answer on this page").click()
    status(sheet).to_have_text(SAVED)
    assert stored(attempt) == [0, 2]


def test_the_form_after_the_script_is_no_conflict(sheet: Page, attempt: Attempt) -> None:
    choose(sheet, 0)
    choose(sheet, 1)
    sheet.get_by_role("button", name="Save and continue").click()

    expect(sheet.get_by_role("heading", level=1)).to_have_text("Question 2 of 2")
    assert stored(attempt)[-1] == 1
    sheet.go_back()
    expect(sheet.get_by_role("radio").nth(1)).to_be_checked()


def wait_for_an_empty_outbox(page: Page) -> None:
    for _ in range(100):
        if page.evaluate(OUTBOX) == []:
            return
        page.wait_for_timeout(50)
    pytest.fail("What the outbox keeps was not sent.")


def written(attempt: Attempt) -> list[str]:
    return list(AnswerStep.objects.filter(attempt=attempt).values_list("response", flat=True))


@pytest.fixture
def written_sheet(sign_in: Callable[[User], Page], participant: User) -> tuple[Page, Attempt]:
    from django.utils import timezone  # noqa: PLC0415

    quiz = PublishedQuizFactory.create(questions=[banked(short("a")), banked(short("b"))])
    attempt = start(quiz=quiz, participant=participant, at=timezone.now())
    page = sign_in(participant)
    page.goto(f"/quizzes/attempts/{attempt.uuid}/1/")
    return page, attempt


def test_enter_after_the_session_has_ended_loses_nothing(
    written_sheet: tuple[Page, Attempt], context: BrowserContext
) -> None:
    page, attempt = written_sheet
    cookies: Any = context.cookies()
    context.clear_cookies(name="sessionid")
    page.fill("[name=text]", "Café")
    page.press("[name=text]", "Enter")
    page.wait_for_url(re.compile("/login/"))
    assert written(attempt) == []

    context.add_cookies(cookies)
    page.goto(f"/quizzes/attempts/{attempt.uuid}/1/")

    expect(page.locator("[name=text]")).to_have_value("Café")
    status(page).to_have_text(SAVED)
    assert written(attempt) == ["Café"]


def test_enter_without_a_connection_loses_nothing(
    written_sheet: tuple[Page, Attempt], context: BrowserContext
) -> None:
    page, attempt = written_sheet
    context.set_offline(True)
    page.fill("[name=text]", "Café")
    page.press("[name=text]", "Enter")
    page.wait_for_url(re.compile("chrome-error"))

    context.set_offline(False)
    page.goto(f"/quizzes/attempts/{attempt.uuid}/2/")

    status(page).to_have_text(SAVED)
    assert written(attempt) == ["Café"]


def test_enter_that_arrives_saves_once(written_sheet: tuple[Page, Attempt]) -> None:
    page, attempt = written_sheet
    page.fill("[name=text]", "Café")
    page.press("[name=text]", "Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2 of 2")
    wait_for_an_empty_outbox(page)
    assert written(attempt) == ["Café"]


def test_a_slow_save_is_not_called_lost_when_the_form_has_turned_the_page(
    page: Page, sign_in: Callable[[User], Page], participant: User
) -> None:
    from django.utils import timezone  # noqa: PLC0415

    quiz = PublishedQuizFactory.create(is_sequential=True)
    attempt = start(quiz=quiz, participant=participant, at=timezone.now())
    sign_in(participant)
    page.goto(f"/quizzes/attempts/{attempt.uuid}/1/")
    page.route(ANSWERS, lambda _: None, times=1)  # it never gets an answer.
    choose(page, 1)
    expect(page.locator("p[data-saved]")).to_have_text("Saving …")
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2 of 2")
    wait_for_an_empty_outbox(page)
    assert stored(attempt) == [1]
    status(page).to_have_text(re.compile("Your answers are saved"))


def test_signing_out_empties_the_outbox(sheet: Page, context: BrowserContext) -> None:
    context.route(ANSWERS, lambda route: route.abort())
    choose(sheet, 2)
    status(sheet).to_have_text(KEPT)

    sheet.goto("/accounts/logout/")
    sheet.get_by_role("main").get_by_role("button", name="Sign out").click()
    sheet.wait_for_url(lambda address: "logout" not in address)

    assert sheet.evaluate(OUTBOX) == []


def test_the_time_runs_out_and_hands_in_what_was_saved(
    page: Page, sign_in: Callable[[User], Page], attempt: Attempt
) -> None:
    import datetime as dt  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    soon = timezone.now() + dt.timedelta(seconds=15)
    Attempt.objects.update(deadline=soon, acts_at=soon + dt.timedelta(seconds=30))
    sign_in(attempt.participant)
    page.goto(f"/quizzes/attempts/{attempt.uuid}/1/")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"Time left: 00:\d\d"))
    choose(page, 0)
    status(page).to_have_text(SAVED)

    page.wait_for_url(re.compile("/result/"), timeout=30_000)

    done = Attempt.objects.get()
    assert done.percent == 50
    assert done.submitted_at == done.deadline
