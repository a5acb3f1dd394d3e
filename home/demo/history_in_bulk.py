"""Writes the training of many people at once: the rows that the deeds would have written.

The deeds of `progress` and `quizzes` take a quarter of a second for each person, too
long for two hundred. Here readings and answers are written in bulk; grading and the
completion of modules are decided by the same rules as ever. A test holds the rows
against those of the deeds.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from uuid import UUID

from home.demo.answering import answers
from home.demo.timeline import Read, Sat
from modules.languages import originals
from modules.models import LessonPage, ModulePage
from progress.completion import settle
from progress.models import LessonRecord, ModuleRecord
from quizzes.enums import AttemptState, StepKind
from quizzes.grading import PaperGrade, grade_paper
from quizzes.kinds import Response, kind_of
from quizzes.layouts import lay_out
from quizzes.models import AnswerStep, Attempt, Mark, Quiz
from quizzes.papers import Paper, from_json
from quizzes.summaries import response_summary, right_answer_summary

BATCH = 500


@dataclass(frozen=True, slots=True)
class Story:
    """What one person read and sat; `seed` decides the answers."""

    participant_id: int
    seed: UUID
    readings: tuple[Read, ...]
    sittings: tuple[Sat, ...]

    def rng(self, quiz: str, number: int) -> Random:
        """Return the chance that decides one attempt: the same in every load."""
        return Random(f"{self.seed}/{quiz}/{number}")  # noqa: S311  repeatable on purpose.


def write(
    stories: Collection[Story],
    *,
    modules: Mapping[str, ModulePage],
    quizzes: Mapping[str, Quiz],
    until: dt.datetime,
) -> None:
    """Write all of it, and settle which modules are completed by `until`."""
    _write_readings(stories, modules)
    _write_sittings(stories, quizzes)
    people = [story.participant_id for story in stories]
    for module in modules.values():
        settle(people, module_key=module.translation_key, at=until)


def _write_readings(stories: Iterable[Story], modules: Mapping[str, ModulePage]) -> None:
    lessons = dict(originals(LessonPage.objects.all()).values_list("translation_key", "title"))
    records, begun = [], []
    for story in stories:
        by_module: dict[str, list[Read]] = defaultdict(list)
        for reading in story.readings:
            by_module[reading.module].append(reading)
            records.append(
                LessonRecord(
                    participant_id=story.participant_id,
                    module_key=modules[reading.module].translation_key,
                    lesson_key=reading.key,
                    title=lessons[reading.key],
                    opened_at=reading.opened_at,
                    last_opened_at=reading.completed_at or reading.opened_at,
                    completed_at=reading.completed_at,
                )
            )
        for name, readings in by_module.items():
            begun.append(_begun(story.participant_id, modules[name], readings))
    LessonRecord.objects.bulk_create(records, batch_size=BATCH)
    ModuleRecord.objects.bulk_create(begun, batch_size=BATCH)


def _begun(participant_id: int, module: ModulePage, readings: list[Read]) -> ModuleRecord:
    return ModuleRecord(
        participant_id=participant_id,
        module_key=module.translation_key,
        title=module.title,
        started_at=min(reading.opened_at for reading in readings),
        last_opened_at=max(reading.completed_at or reading.opened_at for reading in readings),
    )


def _write_sittings(stories: Iterable[Story], quizzes: Mapping[str, Quiz]) -> None:
    papers = {
        name: from_json(quiz.live_version.paper)
        for name, quiz in quizzes.items()
        if quiz.live_version
    }
    attempts: list[Attempt] = []
    steps: list[AnswerStep] = []
    for story in stories:
        numbers: dict[str, int] = defaultdict(int)
        for sitting in story.sittings:
            numbers[sitting.quiz] += 1
            rng = story.rng(sitting.quiz, numbers[sitting.quiz])
            paper = papers[sitting.quiz]
            given = answers(paper, mistakes=sitting.mistakes, rng=rng)
            grade = grade_paper(paper, given)
            attempt = attempt_row(story, sitting, quizzes[sitting.quiz], paper, grade, rng)
            attempt.number = numbers[sitting.quiz]
            attempts.append(attempt)
            steps += answer_rows(attempt, sitting, paper, given, grade)
    Attempt.objects.bulk_create(attempts, batch_size=BATCH)
    AnswerStep.objects.bulk_create(steps, batch_size=BATCH)


def attempt_row(
    story: Story,
    sitting: Sat,
    quiz: Quiz,
    paper: Paper,
    grade: PaperGrade,
    rng: Random,
) -> Attempt:
    """Return the unsaved attempt; without a result while an answer waits for its mark."""
    waits = grade.awaits_marking
    return Attempt(
        quiz=quiz,
        version_id=quiz.live_version_id,
        participant_id=story.participant_id,
        layout=lay_out(paper, rng=rng),
        state=AttemptState.PARTLY_GRADED if waits else AttemptState.FINISHED,
        started_at=sitting.started_at,
        submitted_at=sitting.submitted_at,
        graded_at=None if waits else sitting.submitted_at,
        score=None if waits else grade.score,
        max_score=paper.max_score,
        percent=None if waits else grade.percent,
        passed=None if waits else grade.passed,
    )


def answer_rows(
    attempt: Attempt,
    sitting: Sat,
    paper: Paper,
    given: Mapping[UUID, Response],
    grade: PaperGrade,
    marks: Mapping[UUID, Mark] | None = None,
) -> Iterator[AnswerStep]:
    """Yield the unsaved steps: each answer saved, and graded or, with a mark, marked."""
    grades = {each.item_id: each for each in grade.items}
    pause = (sitting.submitted_at - sitting.started_at) / (len(paper.items) + 1)
    for place, item in enumerate(paper.items, start=1):
        saved = AnswerStep(
            attempt=attempt,
            item_id=item.id,
            sequence=1,
            kind=StepKind.SAVED,
            response=kind_of(item).normalise(item, given[item.id]),
            response_summary=response_summary(item, given[item.id]),
            actor_id=attempt.participant_id,
            created_at=sitting.started_at + place * pause,
        )
        yield saved
        fraction = grades[item.id].fraction
        if fraction is None:
            continue
        mark = (marks or {}).get(item.id)
        yield AnswerStep(
            attempt=attempt,
            item_id=item.id,
            sequence=2,
            kind=StepKind.MARKED if mark else StepKind.GRADED,
            response=saved.response,
            response_summary=saved.response_summary,
            right_answer_summary="" if mark else right_answer_summary(item),
            fraction=fraction,
            actor_id=mark.marker_id if mark else attempt.participant_id,
            created_at=mark.created_at if mark else sitting.submitted_at,
        )
