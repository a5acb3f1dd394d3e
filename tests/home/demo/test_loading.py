"""The whole demo on an empty site, and what a second load does to it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from exchanges.models import Exchange
from home.course.ledger import Ledger
from home.course.reading import guides, key, modules, quizzes, terms
from home.demo.accounts import ACCOUNTS, COORDINATOR, FACULTY, PASSWORD, STUDENT, TRAINER, person
from home.demo.loading import load
from home.demo.partners import TOKEN
from home.models import HomePage
from modules.languages import originals
from modules.models import CataloguePage, LessonPage, ModulePage, WorkshopSession
from modules.outline import outlines
from people.models import User
from progress.evidence import gather
from progress.models import LessonRecord, ModuleRecord, TaskDecision
from quizzes.analysing import analyse_version
from quizzes.attempts import paper_of
from quizzes.competences import Evidence
from quizzes.enums import QuestionKind, WhichAttempts
from quizzes.grading_attempts import settle
from quizzes.marking_queue import queue
from quizzes.models import AnswerStep, Attempt, Quiz
from quizzes.remarking import differences
from quizzes.results import standings
from quizzes.selecting import Selection
from readiness import sharing
from readiness.competences import competences_of
from readiness.incoming import Arrival, coming, shown, with_arrival
from readiness.models import Declaration, Note, Requirement, RequirementSet, Waiver
from readiness.report import build_many
from tests.factories.quizzes import live

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
COURSE = list(modules())
LESSONS = sum(len(lessons) for _module, lessons in COURSE)
STEPS = {
    module.name: len(lessons) + len(module.data.get("quizzes", [])) for module, lessons in COURSE
}
COUNTED = {
    module.name: STEPS[module.name]
    - sum(lesson.data.get("extra", False) for lesson in lessons)
    - len(module.data.get("extra_quizzes", []))
    for module, lessons in COURSE
}
# The front door, the catalogue, one module and its lessons, in Spanish.
TRANSLATED = 9
A_DAY_LATER = AT + dt.timedelta(days=1)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ledger]:
    """Load the demo once for this file, and take it back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(at=AT)
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_an_empty_site_gets_all_of_it(loaded: Ledger) -> None:
    assert loaded.left_alone == []
    assert Counter(name.split(" ")[0] for name in loaded.made) == {
        "institution": 1,
        "office": 5,
        "programme": 7,
        "account": 6,
        "quiz": len(list(quizzes())) + 1,
        "page": 1 + len(COURSE) + LESSONS + 1 + len(list(guides())) + TRANSLATED,
        "term": len(list(terms())) + len(list(terms("es"))),
        "36": 1,
        "the": 2,
        "requirement": 6,
        "partner": 1,
        "notes": 1,
        "a": 1,
        "tasks": 1,
        "224": 1,
    }
    assert originals(LessonPage.objects.live()).count() == LESSONS
    assert originals(ModulePage.objects.live()).count() == len(COURSE) + 1
    assert WorkshopSession.objects.filter(starts_at__gt=AT).count() == sum(
        len(module.data.get("sessions", [])) for module, _lessons in COURSE
    )


def test_the_host_of_the_student_has_a_link_to_who_comes(loaded: Ledger) -> None:
    link = sharing.open_with(TOKEN, at=A_DAY_LATER)
    assert link is not None
    people = shown(with_arrival(coming(link, today=A_DAY_LATER.date()), as_of=A_DAY_LATER))

    assert "Amina Haddad" in [one.name for one in people]
    assert {one.state for one in people} >= {Arrival.NOT_READY}


def test_the_office_has_noted_something_and_withdrawn_something(loaded: Ledger) -> None:
    notes = Note.objects.all()

    assert {note.written_by for note in notes} == {person(COORDINATOR)}
    assert notes.filter(withdrawn_at__isnull=False).count() == 1
    assert notes.get(placement__participant=person(STUDENT)).exchange is None


def test_a_second_load_changes_nothing(loaded: Ledger) -> None:
    before = counts()

    ledger = load(at=A_DAY_LATER)

    assert (ledger.made, ledger.left_alone) == ([], [])
    assert counts() == before


def test_every_page_would_pass_its_own_editor(loaded: Ledger) -> None:
    pages = [page.specific for page in Page.objects.filter(depth__gt=1)]

    for page in pages:
        page.full_clean()
    for lesson in LessonPage.objects.all():
        lesson.body.stream_block.clean(lesson.body)


def test_the_trainer_owns_the_course(loaded: Ledger) -> None:
    owners = Page.objects.filter(depth__gt=2).values_list("owner__email", flat=True)

    assert set(owners) == {TRAINER.email}


def test_modules_have_their_audiences_destinations_and_steps(loaded: Ledger) -> None:
    pages = {module.slug: module for module in originals(ModulePage.objects.all())}
    steps = {outline.title: len(outline.steps) for outline in outlines(pages.values()).values()}

    assert [str(each.country.code) for each in pages["going-to-sweden"].destinations.all()] == [
        "SE"
    ]
    assert [each.value for each in pages["joint-projects"].audiences] == ["faculty", "staff"]
    assert pages["return-and-integration"].phase == "after"
    assert steps["Safety, law and ethics"] == STEPS["safety-law-and-ethics"]
    assert steps["Story circle: seeing through other eyes"] == 3


def edit(page: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_an_edited_page_is_left_alone_and_named(loaded: Ledger) -> None:
    lesson = LessonPage.objects.get(slug="fair-time")
    body = [*lesson.body.get_prep_value(), {"type": "text", "value": "<p>Ours.</p>"}]
    edit(lesson, body=body)
    edit(ModulePage.objects.get(slug="settling-in").specific, title="Arriving")
    edit(originals(HomePage.objects.all()).get(), lead="Our own words.")
    edit(originals(CataloguePage.objects.all()).get(), introduction="<p>Our own words.</p>")

    ledger = load(at=A_DAY_LATER)

    lesson.refresh_from_db()
    assert ledger.made == []
    assert ledger.left_alone == [
        "page “Sojourn”",
        "page “Learn”",
        "page “Fair time”",
        "page “Arriving”",
    ]
    assert "Ours." in str(lesson.body)


def test_a_page_with_a_draft_or_out_of_sight_is_left_alone_and_named(loaded: Ledger) -> None:
    draft = LessonPage.objects.get(slug="fair-time")
    draft.title = "Fairer time"
    draft.save_revision()
    LessonPage.objects.get(slug="the-first-hour").unpublish()

    ledger = load(at=A_DAY_LATER)

    assert (ledger.made, ledger.left_alone) == (
        [],
        ["page “The first hour”", "page “Fair time”"],
    )


def test_a_page_that_moved_or_changed_its_address_is_not_made_again(loaded: Ledger) -> None:
    edit(LessonPage.objects.get(slug="fair-time"), slug="sharing-hours")

    assert load(at=A_DAY_LATER).made == []


def test_what_was_deleted_is_made_again(loaded: Ledger) -> None:
    LessonPage.objects.get(slug="fair-time").delete()

    assert load(at=A_DAY_LATER).made == ["page “Fair time”"]


def test_an_edited_or_renamed_requirement_set_is_left_alone(loaded: Ledger) -> None:
    Requirement.objects.filter(requirement_set__audience="staff").update(offset_days=-7)
    RequirementSet.objects.filter(audience="faculty").update(name="Lecturers")

    ledger = load(at=A_DAY_LATER)

    assert (ledger.made, ledger.left_alone) == (
        [],
        ["requirement set “Staff before departure”"],
    )


def test_the_student_has_done_one_module_half_of_another_and_failed_once(loaded: Ledger) -> None:
    student = person(STUDENT)
    pages = {module.slug: module for module in originals(ModulePage.objects.all())}
    keys = {module.translation_key for module in pages.values()}
    safety = Quiz.objects.get(title="Safety quiz")

    facts = gather([student.pk], module_keys=keys, quiz_ids=set(), as_of=AT)[student.pk].modules
    first = facts[pages["culture-and-self"].translation_key]
    second = facts[pages["communication-styles"].translation_key]
    standing = standings([student.pk], [safety.pk], as_of=AT)[student.pk, safety.pk]

    assert first.completed_at is not None
    assert (second.steps_done, second.completed_at) == (2, None)
    assert second.steps_total == COUNTED["communication-styles"]
    assert standing.counting_percent == Decimal("62.5")
    assert (standing.passed, standing.attempts_used) == (False, 1)
    assert [each.kind for each in Declaration.objects.filter(declared_by=student)] == ["passport"]


def test_the_task_that_was_accepted_is_in_the_picture_of_competence(loaded: Ledger) -> None:
    accepted = TaskDecision.objects.get(accepts=True)
    someone = accepted.submission.participant_id
    shown_of = competences_of([someone], as_of=accepted.decided_at).of(someone)

    assert shown_of[Evidence.RUBRICS, "sojourn.openness"].tasks == 1


def test_the_faculty_member_has_only_looked_in(loaded: Ledger) -> None:
    records = LessonRecord.objects.filter(participant=person(FACULTY))

    assert [(each.title, each.completed_at) for each in records] == [
        ("Agree before you start", None)
    ]


def test_the_people_stand_in_every_way_a_report_can_show(loaded: Ledger) -> None:
    reports = build_many(list(Exchange.objects.order_by("start_date", "pk")), as_of=AT)
    placements = [placement for report in reports for placement in report.placements]
    states = Counter(str(placement.state) for placement in placements)
    verdicts = Counter(str(c.verdict.status) for placement in placements for c in placement.cells)

    assert len(placements) == 224
    assert set(states) == {
        "ready",
        "not_ready",
        "departed_ready",
        "departed_unready",
        "cancelled",
    }
    assert set(verdicts) == {"met", "pending", "waiting", "overdue", "waived"}
    assert min(states["ready"], states["departed_ready"]) >= 12
    assert verdicts["met"] > 500
    assert all(waiver.reason for waiver in Waiver.objects.all())


def test_nothing_of_it_lies_in_the_future(loaded: Ledger) -> None:
    assert not LessonRecord.objects.filter(last_opened_at__gt=AT).exists()
    assert not ModuleRecord.objects.filter(completed_at__gt=AT).exists()
    assert not Attempt.objects.filter(submitted_at__gt=AT).exists()
    assert not AnswerStep.objects.filter(created_at__gt=AT).exists()
    assert not Declaration.objects.filter(declared_at__gt=AT).exists()
    assert not Waiver.objects.filter(granted_at__gt=AT).exists()


def test_where_somebody_has_learned_already_no_history_is_written(loaded: Ledger) -> None:
    student = person(STUDENT)
    others = list(Attempt.objects.exclude(participant=student).values_list("pk", flat=True))
    # By their keys: without statistics PostgreSQL may join what it is to delete row by row.
    AnswerStep.objects.filter(attempt__in=others).delete()
    for records in (Attempt, ModuleRecord, LessonRecord):
        records._default_manager.exclude(participant=student).delete()
    before = counts()

    assert load(at=A_DAY_LATER).made == []
    assert counts() == before


def test_a_visitor_reads_the_front_page_and_signs_in_for_the_rest(loaded: Ledger) -> None:
    client = Client()

    assert "Be prepared before you leave" in client.get("/").content.decode()
    answer = client.get("/learn/")
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


def test_the_student_can_open_every_lesson(loaded: Ledger, client: Client) -> None:
    client.force_login(person(STUDENT), backend="django.contrib.auth.backends.ModelBackend")

    # Its steps come in order, and these workshops need a module first.
    later = ("return-and-integration", "hard-conversations", "team-charter")
    lessons = originals(LessonPage.objects.exclude(url_path__contains="/joint-projects/"))
    for lesson in lessons:
        answer = client.get(lesson.get_url())
        if lesson.get_parent().slug in later and answer.status_code == 403:
            assert "This comes a little later" in answer.content.decode()
            continue
        assert answer.status_code == 200, lesson
        assert lesson.title in answer.content.decode()


def test_the_command_says_what_it_left_alone_and_who_can_sign_in(loaded: Ledger) -> None:
    edit(LessonPage.objects.get(slug="fair-time"), title="Fairer time")
    out = StringIO()

    call_command("load_demo", stdout=out)

    said = out.getvalue()
    assert "left alone  page “Fairer time”: differs from the demo's files\n" in said
    assert "nothing was changed" in said
    assert all(account.email in said for account in ACCOUNTS)
    assert PASSWORD in said


def test_a_production_site_is_refused_unless_forced(loaded: Ledger, settings: Any) -> None:
    settings.ALLOW_DEMO = False
    before = counts()

    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_demo")
    out = StringIO()
    call_command("load_demo", "--force", stdout=out)

    assert "nothing was changed" in out.getvalue()
    assert counts() == before


def test_accounts_are_told_only_where_they_are(loaded: Ledger) -> None:
    with_them, without = StringIO(), StringIO()

    call_command("demo_accounts", stdout=with_them)
    User.objects.filter(email__in=[account.email for account in ACCOUNTS]).update(is_active=False)
    call_command("demo_accounts", stdout=without)

    assert all(account.email in with_them.getvalue() for account in ACCOUNTS)
    assert without.getvalue() == ""


def test_a_quiz_with_every_kind_is_open_to_a_student(loaded: Ledger, client: Client) -> None:
    quiz = every_kind()
    student = person(STUDENT)
    client.force_login(student, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("quizzes:start", args=[quiz.uuid])
    page = ModulePage.objects.get(module_quizzes__quiz=quiz)

    assert address in client.get(page.url).content.decode()
    asked = {item.kind for item in paper_of(live(quiz)).items}
    assert asked == set(QuestionKind.values)
    first = client.post(address)["Location"]
    assert client.get(first).status_code == 200


def test_the_analysis_and_the_marking_desk_have_something_to_say(loaded: Ledger) -> None:
    quiz = every_kind()
    waiting = queue(person(TRAINER)).narrowed(quiz=quiz.pk, stage="", only_mine=True)
    analysis = analyse_version(live(quiz), Selection(which=WhichAttempts.ALL))

    assert waiting.count() == 4
    assert all(one.item.rubric for one in waiting[:4])
    graded = [item for item in paper_of(live(quiz)).items if item.is_graded]
    assert len(analysis.items) == len(graded)
    assert all(item.n >= 32 for item in analysis.items)


def test_what_was_written_in_bulk_is_what_grading_says(loaded: Ledger) -> None:
    attempts = Attempt.objects.filter(quiz=every_kind())

    assert list(differences(attempts.finished())) == [(32, [])]
    assert [one for one in attempts if settle(one, at=AT).percent != one.percent] == []


def every_kind() -> Quiz:
    return Quiz.objects.get(uuid=key("quiz", "every-kind"))
