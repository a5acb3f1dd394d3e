"""Quizzes and questions on their way in: looked at, compared with the bank, and written."""

import datetime as dt
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from taggit.models import Tag
from wagtail.models import ReferenceIndex

from competence.models import Dimension
from competence.naming import dimensions_by_key
from interop.modules.faults import Fault, Problem, shown
from interop.modules.quiz_shapes import QuestionEntry, QuizEntry
from interop.modules.quizzes_out import (
    OF_PAPER,
    OF_QUIZ,
    OF_TERMS,
    PARTS,
    REVIEWS,
    entries_of_questions,
)
from interop.modules.richtext import OWN_LINKS, cleaned
from interop.modules.shapes import ModuleFile
from interop.modules.streams import Find
from interop.modules.thawing import Lines, thawed
from interop.modules.validity import invalid
from interop.modules.wording import of_band, of_quiz, of_section, reworded
from interop.questions.actions import Action, Format
from interop.questions.messages import explain, explain_all
from interop.questions.planning import BATCH, Step, steps
from interop.questions.records import UnreadableFileError, as_uuid
from interop.questions.writing import Writer
from people.models import User
from quizzes.categories import is_within, names_kept_from
from quizzes.checking import question_problems
from quizzes.freezing import item_of
from quizzes.models import (
    Question,
    QuestionCategory,
    Quiz,
    QuizBand,
    QuizDraw,
    QuizItem,
    QuizSection,
)
from quizzes.papers import Item, item_from_json
from quizzes.versions import keep_versions

SETTINGS = frozenset(
    {
        *OF_PAPER,
        *OF_TERMS,
        *OF_QUIZ,
        *(f"{name}_shown" for name in REVIEWS),
        *(f"{bound}_{part}" for bound in ("opens", "closes") for part in ("event", "days")),
        "pass_mark",
    }
)
OF_QUESTION = {"kind", "stem", "scoring", "feedback", "default_mark", "hints", "form", "unit",
               "min_words", "max_words", "transcript", "name"}  # fmt: skip


@dataclass(frozen=True)
class Questions:
    """What becomes of each question: `here` by key is in the bank already."""

    here: Mapping[UUID, int]
    different: Collection[UUID]
    new_steps: tuple[Step, ...]
    new_entries: tuple[QuestionEntry, ...]
    names: Mapping[UUID, str]
    unknown_dimensions: Collection[str]


@dataclass(slots=True)
class _Sorting:
    here: dict[UUID, int] = field(default_factory=dict)
    different: set[UUID] = field(default_factory=set)
    new_steps: list[Step] = field(default_factory=list)
    new_entries: list[QuestionEntry] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)


def looked_up(
    file: ModuleFile, content: bytes, find: Find, *, by: User | None
) -> tuple[Questions, list[Problem]]:
    """Return what becomes of the questions, and why the file is refused because of them."""
    found, problems = _Sorting(), list[Problem]()
    kept = names_kept_from(by) if by else ()
    _look_at_steps(found, problems, content, by)
    _look_at_entries(found, problems, file.questions, find, kept)
    for entry in file.quizzes.values():
        problems += _wrong_with(entry, found.names.keys(), kept)
    known = dimensions_by_key()
    unknown = {key for one in file.questions for key in _dimensions_of(one)} - known.keys()
    questions = Questions(
        found.here,
        found.different,
        tuple(found.new_steps),
        tuple(found.new_entries),
        found.names,
        unknown,
    )
    return questions, problems


def _dimensions_of(entry: QuestionEntry) -> set[str]:
    of_statements = {one.dimension for one in entry.statements}
    of_rubric = {one.dimension for one in entry.rubric}
    return ({*entry.dimensions} | of_statements | of_rubric) - {""}


def _look_at_steps(
    found: _Sorting, problems: list[Problem], content: bytes, by: User | None
) -> None:
    if not content:
        return
    try:
        for step in steps(io.BytesIO(content), format_name=Format.MOODLE_XML.value, into="", by=by):
            _sort_step(found, problems, step)
    except UnreadableFileError as error:
        words = explain(error.fault, error.detail)
        problems.append((str(Fault.BROKEN_QUESTION), shown(f"{error.line}: {words}")))


def _sort_step(found: _Sorting, problems: list[Problem], step: Step) -> None:
    key = as_uuid(step.idnumber)
    if step.action == Action.LEFT_OUT or key is None:
        words = explain_all([list(reason) for reason in step.reasons])
        problems.append((str(Fault.BROKEN_QUESTION), shown(f"{step.name}: {words}")))
        return
    found.names[key] = step.name
    if step.action == Action.NEW:
        found.new_steps.append(step)
        return
    if step.question_pk is not None:
        found.here[key] = step.question_pk
    if step.action == Action.CHANGED or step.reasons:
        found.different.add(key)


def _look_at_entries(
    found: _Sorting,
    problems: list[Problem],
    entries: Iterable[QuestionEntry],
    find: Find,
    kept: Collection[str],
) -> None:
    wanted = list(entries)
    here = Question.objects.filter(uuid__in=[one.key for one in wanted])
    there = {one.uuid: one for one in here.select_related("category", "recording")}
    told = entries_of_questions(there.values())
    for entry in wanted:
        record = there.get(entry.key)
        category = record.category.name if record and record.category else entry.category
        if entry.key in found.names or is_within(category, kept):
            problems.append((str(Fault.BROKEN_QUESTION), shown(entry.name)))
            continue
        found.names[entry.key] = entry.name
        if record is None:
            problems += _wrong_with_question(entry, find)
            found.new_entries.append(entry)
            continue
        found.here[entry.key] = record.pk
        if told[entry.key] != entry:
            found.different.add(entry.key)


def _wrong_with_question(entry: QuestionEntry, find: Find) -> Iterator[Problem]:
    silent = entry.model_copy(update={"recording": None, "captions": None})
    question, lines = questions_of(silent, find, {})
    wrong = [
        *invalid(question, entry.name, OF_QUESTION),
        *invalid(QuestionCategory(name=entry.category or "-"), entry.name, {"name"}),
    ]
    for name, records in lines.items():
        for record in records:
            fields = {one.name for one in record._meta.fields} - {"id", "question", "sort_order"}
            wrong += invalid(record, f"{entry.name}, {name}", fields - {"uuid", "choice_uuid"})
    yield from wrong
    # The bank's own rules read only what its fields can hold.
    problems = [] if wrong else question_problems(item_of(question, lines))
    for problem in problems:
        if problem.places:
            yield str(Fault.BROKEN_QUESTION), shown(f"{entry.name}: {problem.message}")


def questions_of(
    entry: QuestionEntry, find: Find, dimensions: Mapping[str, Dimension]
) -> tuple[Question, Lines]:
    """Return the question of an entry with its parts, not saved; its parts get new ids."""

    def change(text: str, features: Any) -> str:
        return cleaned(text, features=features, rewrite=find, own_hosts=OWN_LINKS)

    question, lines = thawed(reworded(_item(entry), change), dimensions)
    question.name = entry.name
    question.recording_id = find("document", entry.recording) if entry.recording else None
    question.captions_id = find("document", entry.captions) if entry.captions else None
    question.transcript = entry.transcript
    return question, lines


def _item(entry: QuestionEntry) -> Item:
    data = entry.model_dump(mode="json")
    for name in PARTS:
        ids = ("id", "choice_id") if name == "pairs" else ("id",)
        data[name] = [part | {one: str(uuid4()) for one in ids} for part in data[name]]
    return item_from_json({**data, "id": data["key"]})


def _wrong_with(
    entry: QuizEntry, questions: Collection[UUID], kept: Collection[str]
) -> Iterator[Problem]:
    """Yield what keeps a quiz from being saved."""
    title = str(entry.settings.get("title", ""))
    for name in entry.settings.keys() - SETTINGS:
        yield str(Fault.BROKEN_QUIZ), shown(f"{title}: {name}")
    if entry.settings.keys() <= SETTINGS:
        quiz = quiz_of(entry, lambda text, _features: text)
        wrong = list(invalid(quiz, title, set(SETTINGS)))
        yield from wrong or _against_constraints(quiz)
    yield from _wrong_with_sections(entry, title, questions, kept)
    percents = [band.from_percent for band in entry.bands]
    if len(set(map(Decimal, percents))) != len(percents):
        yield str(Fault.BROKEN_QUIZ), shown(f"{title}: {percents}")
    for band in entry.bands:
        yield from invalid(QuizBand(from_percent=band.from_percent), title, {"from_percent"})


def _against_constraints(quiz: Quiz) -> Iterator[Problem]:
    try:
        quiz.validate_constraints(exclude={"uuid"})
    except ValidationError as error:
        yield str(Fault.BROKEN_QUIZ), shown(f"{quiz.title}: {' '.join(error.messages)}")


def _wrong_with_sections(
    entry: QuizEntry, title: str, questions: Collection[UUID], kept: Collection[str]
) -> Iterator[Problem]:
    asked = [key for part in entry.sections for key in part.questions]
    for key in {*asked, *entry.pool} - set(questions):
        yield str(Fault.BROKEN_QUIZ), shown(f"{title}: {key}")
    if len(asked) != len(set(asked)):
        yield str(Fault.BROKEN_QUIZ), shown(title)
    for part in entry.sections:
        yield from invalid(QuizSection(heading=part.heading), title, {"heading"})
        for draw in part.draws:
            if not (draw.category or draw.tag) or is_within(draw.category, kept):
                yield str(Fault.BROKEN_QUIZ), shown(f"{title}: {draw.category}")
            yield from invalid(QuestionCategory(name=draw.category or "-"), title, {"name"})
            yield from invalid(Tag(name=draw.tag or "-"), title, {"name"})


def quiz_of(entry: QuizEntry, change: Any) -> Quiz:
    return Quiz(uuid=entry.key, introduction=of_quiz(entry.introduction, change), **entry.settings)


@dataclass(slots=True)
class QuizWriter:
    """Writes what is new, inside a transaction of the caller's; what is here stays."""

    questions: Questions
    find: Find
    by: User | None
    at: dt.datetime
    pks: dict[UUID, int] = field(default_factory=dict)
    dimensions: Mapping[str, Dimension] = field(default_factory=dimensions_by_key)

    def write_questions(self) -> None:
        """Write the new questions; `pks` then has every question of the file."""
        self.pks |= self.questions.here
        writer = Writer(by=self.by, at=self.at)
        placed = list(enumerate(self.questions.new_steps))
        written: dict[int, int] = {}
        for first in range(0, len(placed), BATCH):
            written |= writer.write(placed[first : first + BATCH])
        for place, step in placed:
            key = as_uuid(step.idnumber)
            if key is not None:
                self.pks[key] = written[place]
        for entry in self.questions.new_entries:
            self.pks[entry.key] = self._write_question(entry)
        new = self.pks.keys() - self.questions.here.keys()
        keep_versions([self.pks[key] for key in new], by=self.by, at=self.at)

    def _write_question(self, entry: QuestionEntry) -> int:
        question, lines = questions_of(entry, self.find, self.dimensions)
        question.category = _category(entry.category)
        question.created_by = self.by
        question.save()
        for records in lines.values():
            for place, record in enumerate(records):
                record.question, record.sort_order = question, place
            if records:
                type(records[0]).objects.bulk_create(records)
        question.tags.add(*entry.tags)
        ReferenceIndex.create_or_update_for_object(question)
        return int(question.pk)

    def write_quiz(self, entry: QuizEntry) -> Quiz:
        quiz = quiz_of(entry, self._cleaned)
        quiz.save()
        for place, part in enumerate(entry.sections):
            section = QuizSection.objects.create(
                quiz=quiz,
                heading=part.heading,
                introduction=of_section(part.introduction, self._cleaned),
                sort_order=place,
            )
            QuizItem.objects.bulk_create(
                QuizItem(section=section, question_id=self.pks[key], sort_order=order)
                for order, key in enumerate(part.questions)
            )
            QuizDraw.objects.bulk_create(
                QuizDraw(
                    section=section,
                    category=_category(draw.category),
                    tag=_tag(draw.tag),
                    count=draw.count,
                    sort_order=order,
                )
                for order, draw in enumerate(part.draws)
            )
        QuizBand.objects.bulk_create(
            QuizBand(
                quiz=quiz,
                from_percent=Decimal(band.from_percent),
                text=of_band(band.text, self._cleaned),
                sort_order=place,
            )
            for place, band in enumerate(entry.bands)
        )
        ReferenceIndex.create_or_update_for_object(quiz)
        return quiz

    def _cleaned(self, text: str, features: Any) -> str:
        return cleaned(text, features=features, rewrite=self.find, own_hosts=OWN_LINKS)


def _category(name: str) -> QuestionCategory | None:
    return QuestionCategory.objects.get_or_create(name=name)[0] if name else None


def _tag(name: str) -> Tag | None:
    if not name:
        return None
    return Tag.objects.filter(name=name).first() or Tag.objects.create(name=name)
