"""Quizzes on their way out, as they were published: settings, sections, questions.

A question goes into the question file if that gives it back as it is; one of a kind
without a right answer, or with pictures, links or a recording, goes into module.json.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from competence.models import Dimension
from competence.naming import dimensions_by_key
from interop.modules.faults import Fault, refused
from interop.modules.luggage import Luggage, Wanted, loaded, own_hosts
from interop.modules.quiz_shapes import (
    BandEntry,
    DrawEntry,
    QuestionEntry,
    QuizEntry,
    SectionEntry,
)
from interop.modules.richtext import cleaned
from interop.modules.shapes import LeftOutEntry
from interop.modules.thawing import thawed
from interop.modules.wording import of_band, of_quiz, of_section, reworded
from interop.questions.actions import Format
from interop.questions.drafting import draft_with
from interop.questions.formats import WRITERS
from interop.questions.records import CannotReadError
from interop.questions.richtext import Expander
from interop.questions.to_bank import draft_of
from interop.questions.to_file import parsed
from quizzes.freezing import freeze, freeze_question, in_order
from quizzes.models import Question, Quiz, QuizDraw
from quizzes.papers import Item, Paper, from_json, item_to_json
from quizzes.parts import number_text
from quizzes.terms import Section, terms_to_json

OF_PAPER = (
    "title",
    "purpose",
    "max_attempts",
    "grading_method",
    "minutes",
    "shuffle_questions",
    "shuffle_options",
)
OF_TERMS = (
    "paging",
    "is_sequential",
    "wait_minutes",
    "time_limit",
    "grace_seconds",
    "at_deadline",
    "overdue_minutes",
)
OF_QUIZ = ("is_marked_anonymously", "has_second_marker")
REVIEWS = ("score", "answers", "keys", "feedback")
PARTS = ("options", "pairs", "accepted", "statements", "rubric")
REFERRING = ("linktype=", "<embed")


@dataclass(frozen=True)
class Asked:
    """The quizzes with their papers, and every question once, with its entry in the bank."""

    quizzes: Mapping[UUID, tuple[Quiz, Paper]]
    items: Mapping[UUID, Item]
    bank: Mapping[UUID, Question]
    dimensions: Mapping[str, Dimension]

    @property
    def texts(self) -> Iterator[tuple[str, Any]]:
        """Yield each rich text with the features of its editor."""
        found: list[tuple[str, Any]] = []

        def note(text: str, features: Any) -> str:
            found.append((text, features))
            return text

        for _quiz, paper in self.quizzes.values():
            _reworded_paper(paper, note)
        for item in self.items.values():
            reworded(item, note)
        return iter(found)

    def take_down(self, wanted: Wanted) -> None:
        """Take down what questions and quizzes refer to."""
        for text, features in self.texts:
            cleaned(text, features=features, rewrite=wanted.find)
        for item in self.items.values():
            if item.medium:
                wanted.find("document", item.medium.document)
                wanted.find("document", item.medium.captions)

    def luggage(self) -> Luggage:
        """Return what the questions refer to, drafts included."""
        wanted = Wanted()
        self.take_down(wanted)
        return Luggage(loaded(wanted), only_published=False)

    def entries(
        self, quizzes: Mapping[str, Quiz], luggage: Luggage, hosts: Sequence[str]
    ) -> tuple[dict[str, QuizEntry], list[QuestionEntry], str]:
        """Return the entries of these quizzes, of questions in JSON, and the question file."""
        change = partial(_cleaned, luggage, hosts)
        told, wanted = {}, set()
        for name, quiz in quizzes.items():
            paper = self.quizzes[quiz.uuid][1]
            luggage.where = paper.title
            told[name] = _quiz_entry(quiz, _reworded_paper(paper, change), luggage)
            wanted |= {item.id for item in paper.items}
        questions, lines = [], []
        for item in self._in_order(wanted):
            luggage.where = self._name(item)
            question = reworded(item, change)
            line = self._line(question)
            if line is None:
                questions.append(self.entry(question, luggage))
            else:
                lines.append(line)
        return told, questions, _question_file(lines)

    def _in_order(self, wanted: set[UUID]) -> list[Item]:
        def place(item: Item) -> tuple[str, str, str]:
            return self._category(item), self._name(item), str(item.id)

        return sorted((self.items[key] for key in wanted), key=place)

    def _name(self, item: Item) -> str:
        return self.bank[item.id].name if item.id in self.bank else str(item.id)

    def _category(self, item: Item) -> str:
        question = self.bank.get(item.id)
        return question.category.name if question and question.category else ""

    def _tags(self, item: Item) -> list[str]:
        question = self.bank.get(item.id)
        return sorted(tag.name for tag in question.tags.all()) if question else []

    def _line(self, item: Item) -> tuple[str, str] | None:
        """Return category and element of a question; None if the file would not give it back."""
        if item.medium or refers(item):
            return None
        question, lines = thawed(item, self.dimensions)
        question.name = self._name(item)
        try:
            draft = draft_with(question, lines, self._tags(item), Expander({}), {})
            found = parsed(replace(draft, category=self._category(item)), idnumber=str(item.id))
            writer = WRITERS[Format.MOODLE_XML]
            if found is None or not writer.can_hold(found):
                return None
            again, _remarks = draft_of(found)
        except CannotReadError:
            return None
        if replace(again, category="").fingerprint != draft.fingerprint:
            return None
        return found.category, writer.write(found)

    def entry(self, item: Item, luggage: Luggage) -> QuestionEntry:
        told = item_to_json(replace(item, medium=None, ruling=""))
        told["key"] = told.pop("id")
        for name in PARTS:
            told[name] = [_without_ids(part) for part in told.get(name, ())]
        medium = item.medium
        return QuestionEntry(
            name=self._name(item),
            category=self._category(item),
            tags=self._tags(item),
            recording=luggage.find("document", medium.document) if medium else None,
            captions=luggage.find("document", medium.captions) if medium else None,
            transcript=medium.transcript if medium else "",
            **told,
        )


def asked_of(quizzes: Iterable[Quiz], *, only_published: bool) -> Asked:
    """Return what these quizzes ask: as published, or as their authors have them now.

    Where two of them ask the same question, the one that was published last has the word.
    """
    papers = []
    for quiz in quizzes:
        if not only_published:
            papers.append((quiz, freeze(quiz)))
        elif quiz.live_version:
            papers.append((quiz, from_json(quiz.live_version.paper)))
    papers.sort(key=lambda one: (one[0].live_version_id or 0, str(one[0].uuid)))
    items = {item.id: item for _quiz, paper in papers for item in paper.items}
    bank = Question.objects.filter(uuid__in=items).select_related("category")
    return Asked(
        quizzes={quiz.uuid: (quiz, paper) for quiz, paper in papers},
        items=items,
        bank={one.uuid: one for one in bank.prefetch_related("tags")},
        dimensions=dimensions_by_key(),
    )


def _cleaned(luggage: Luggage, hosts: Sequence[str], text: str, features: Any) -> str:
    return cleaned(text, features=features, rewrite=luggage.find, own_hosts=hosts)


def _reworded_paper(paper: Paper, change: Any) -> Paper:
    bands = tuple(replace(band, text=of_band(band.text, change)) for band in paper.terms.bands)
    return replace(
        paper,
        introduction=of_quiz(paper.introduction, change),
        sections=tuple(
            replace(part, introduction=of_section(part.introduction, change))
            for part in paper.parts
        ),
        terms=replace(paper.terms, bands=bands),
    )


def _quiz_entry(quiz: Quiz, paper: Paper, luggage: Luggage) -> QuizEntry:
    terms = paper.terms
    if terms.opens.at or terms.closes.at:
        luggage.left_out.append(LeftOutEntry(where=paper.title, what="date"))
    fixed = {key for part in paper.parts for key in part.item_ids}
    return QuizEntry(
        key=quiz.uuid,
        settings=_settings(quiz, paper),
        introduction=paper.introduction,
        sections=_sections(quiz, paper),
        pool=sorted(item.id for item in paper.items if item.id not in fixed),
        bands=[
            BandEntry(from_percent=number_text(band.from_percent), text=band.text)
            for band in terms.bands
        ],
    )


def _settings(quiz: Quiz, paper: Paper) -> dict[str, Any]:
    terms = terms_to_json(paper.terms)
    found = {name: getattr(paper, name) for name in OF_PAPER}
    found |= {name: terms[name] for name in OF_TERMS}
    found |= {name: getattr(quiz, name) for name in OF_QUIZ}
    found |= {f"{name}_shown": terms["review"][name] for name in REVIEWS}
    for bound in ("opens", "closes"):
        found |= {f"{bound}_{part}": terms[bound][part] for part in ("event", "days")}
    found["pass_mark"] = number_text(paper.pass_mark)
    return {name: str(value) if isinstance(value, str) else value for name, value in found.items()}


def _sections(quiz: Quiz, paper: Paper) -> list[SectionEntry]:
    draws = _draws(quiz, paper)
    return [
        SectionEntry(
            heading=part.heading,
            introduction=part.introduction,
            questions=list(part.item_ids),
            draws=[
                DrawEntry(
                    count=draw.count,
                    category=row.category.name if row.category else "",
                    tag=row.tag.name if row.tag else "",
                )
                for draw, row in zip(part.draws, rows, strict=True)
            ],
        )
        for part, rows in zip(paper.parts, draws, strict=True)
    ]


def _draws(quiz: Quiz, paper: Paper) -> list[list[QuizDraw]]:
    """Return the quiz's draws for each section: a paper says from what, but not its name."""
    parts: Sequence[Section] = paper.parts
    if not any(part.draws for part in parts):
        return [[] for _part in parts]
    sections = quiz.sections.order_by("sort_order", "pk")
    sections = sections.prefetch_related("draws__category", "draws__tag")
    found = [in_order(section.draws.all()) for section in sections]
    if [[row.count for row in rows] for rows in found] != [
        [draw.count for draw in part.draws] for part in parts
    ]:
        raise refused(Fault.DRAWS_CHANGED, quiz.title)
    return found


def refers(item: Item) -> bool:
    """Whether a text of the question shows a picture or leads to a page or a document."""
    found: list[str] = []

    def note(text: str, _features: Any) -> str:
        found.append(text)
        return text

    reworded(item, note)
    return any(mark in text for text in found for mark in REFERRING)


def _question_file(lines: Sequence[tuple[str, str]]) -> str:
    if not lines:
        return ""
    writer, category, pieces = WRITERS[Format.MOODLE_XML], "", []
    for name, text in lines:
        if name != category and writer.category:
            pieces.append(writer.category(name))
            category = name
        pieces.append(text)
    return "".join([writer.start, *pieces, writer.end])


def _without_ids(part: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name not in ("id", "choice_id")}


def entries_of_questions(questions: Iterable[Question]) -> dict[UUID, QuestionEntry]:
    """Return questions of the bank, as their authors have them now, in the words of a file."""
    items = {one.uuid: freeze_question(one) for one in questions}
    bank = Question.objects.filter(uuid__in=items).select_related("category")
    asked = Asked(
        quizzes={},
        items=items,
        bank={one.uuid: one for one in bank.prefetch_related("tags")},
        dimensions=dimensions_by_key(),
    )
    luggage = asked.luggage()
    change = partial(_cleaned, luggage, own_hosts())
    return {key: asked.entry(reworded(item, change), luggage) for key, item in items.items()}


def entries_of_quizzes(quizzes: Iterable[Quiz]) -> dict[UUID, QuizEntry]:
    """Return quizzes as their authors have them now, in the words of a file."""
    asked = asked_of(quizzes, only_published=False)
    luggage = asked.luggage()
    change = partial(_cleaned, luggage, own_hosts())
    return {
        key: _quiz_entry(quiz, _reworded_paper(paper, change), luggage)
        for key, (quiz, paper) in asked.quizzes.items()
    }
