"""Publishing: the author's quiz becomes an immutable version that participants take."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import User
from quizzes.checking import question_problems
from quizzes.enums import Purpose
from quizzes.freezing import freeze, not_ready
from quizzes.models import Quiz, QuizVersion
from quizzes.papers import Paper, from_json, to_json
from quizzes.rulings import carried
from quizzes.summaries import plain_text
from quizzes.terms import CLOSED, DURING, GRACE, NEVER, REVIEWED, Draw

NOTHING_CHANGED = gettext_lazy("Nothing has changed since the version that is live.")
STEM_LENGTH = 60


class NotPublishable(Exception):
    """The quiz cannot be published; `problems` says why, in the author's words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def publish(quiz: Quiz, *, by: User | None, at: dt.datetime) -> QuizVersion:
    """Freeze the quiz into its next version and make that the live one.

    Attempts that run keep the version they started with.

    Raises:
        NotPublishable: the quiz has problems, or nothing changed since its live version.
    """
    with transaction.atomic():
        locked = Quiz.objects.select_for_update().get(pk=quiz.pk)
        paper = carried(freeze(locked), locked.live_version)
        found = [*not_ready(locked), *paper_problems(paper)]
        if found:
            raise NotPublishable(found)
        last = QuizVersion.objects.filter(quiz=locked).order_by("-number").first()
        frozen = to_json(paper)
        if last and last.pk == locked.live_version_id and same(last.paper, frozen):
            raise NotPublishable([str(NOTHING_CHANGED)])
        version = QuizVersion.objects.create(
            quiz=locked,
            number=last.number + 1 if last else 1,
            paper=to_json(paper),
            published_at=at,
            published_by=by,
        )
        Quiz.objects.filter(pk=locked.pk).update(live_version=version)
    quiz.live_version = version
    return version


def problems(quiz: Quiz) -> list[str]:
    """Return what keeps the quiz, as it is saved, from being published; often nothing."""
    return [*not_ready(quiz), *paper_problems(freeze(quiz))]


@dataclass(frozen=True)
class State:
    """Where a quiz stands between its draft and what participants get."""

    live_version: QuizVersion | None
    problems: tuple[str, ...]
    has_changes: bool

    @property
    def can_publish(self) -> bool:
        return self.has_changes and not self.problems


def state_of(quiz: Quiz) -> State:
    """Compare the quiz as it is saved with its live version."""
    paper = carried(freeze(quiz), quiz.live_version)
    return State(
        live_version=quiz.live_version,
        problems=(*not_ready(quiz), *paper_problems(paper)),
        has_changes=has_unpublished_changes(quiz, paper),
    )


def has_unpublished_changes(quiz: Quiz, paper: Paper) -> bool:
    """Whether the paper of the quiz as it is saved differs from the live version."""
    return quiz.live_version is None or not same(quiz.live_version.paper, to_json(paper))


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two frozen papers say the same, also if an earlier release wrote one of them."""
    papers = [replace(from_json(data), sections=from_json(data).parts) for data in (one, other)]
    return papers[0] == papers[1]


def paper_problems(paper: Paper) -> list[str]:
    """Return what keeps a paper from participants, question by question."""
    return [
        *_quiz_problems(paper),
        *_section_problems(paper),
        *_term_problems(paper),
        *_item_problems(paper),
    ]


def _quiz_problems(paper: Paper) -> Iterator[str]:
    graded = [item for item in paper.items if item.is_graded]
    if not paper.items:
        yield _("The quiz has no questions yet. Add at least one.")
    elif paper.purpose == Purpose.SELF_ASSESSMENT and graded:
        yield _(
            "A self-assessment asks only for ratings, because it is never scored. "
            "Take out the other questions or make it a practice quiz."
        )
    elif paper.purpose == Purpose.GRADED and not graded:
        yield _(
            "Nothing here can be graded: all questions are ratings. "
            "Make it a self-assessment or add a question with a right answer."
        )


def _section_problems(paper: Paper) -> Iterator[str]:
    """What no attempt could be laid out from: empty parts, doubles, pools that run dry."""
    fixed = [item for part in paper.parts for item in part.item_ids]
    if len(fixed) != len(set(fixed)):
        yield _("The same question stands twice in the quiz. Take one out.")
    earlier: list[Draw] = []
    for number, part in enumerate(paper.parts, start=1):
        if len(paper.parts) > 1 and not part.length:
            yield _("Section %(number)s is empty. Add questions or take it out.") % {
                "number": number
            }
        for draw in part.draws:
            free = len(draw.pool) - sum(_rivalry(draw, other) for other in earlier)
            if free < draw.count:
                yield _(
                    "Section %(number)s draws %(count)s of its questions at random, but has only "
                    "%(free)s to draw from. Write more questions or draw fewer."
                ) % {"number": number, "count": draw.count, "free": max(free, 0)}
            earlier.append(draw)


def _term_problems(paper: Paper) -> Iterator[str]:
    """What nobody could be held to, or would never be told."""
    terms = paper.terms
    moments = {getattr(terms.review, name) for name in REVIEWED}
    if CLOSED in moments and not terms.has_close:
        yield _(
            "Something may be seen after the quiz has closed, but it never closes. "
            "Give it a close or choose another moment."
        )
    if paper.purpose == Purpose.GRADED and terms.review.score == NEVER:
        yield _("The score of a graded quiz counts, so participants have to see it at some time.")
    if DURING in {terms.review.score, terms.review.answers}:
        yield _("Only right answers and feedback can be shown while answering.")
    if terms.at_deadline == GRACE and not terms.overdue_minutes:
        yield _("Say how many minutes there are for handing in late.")


def _rivalry(draw: Draw, other: Draw) -> int:
    """How many questions the other draw may take away from this one."""
    return min(other.count, len(set(draw.pool) & set(other.pool)))


def _item_problems(paper: Paper) -> Iterator[str]:
    for number, item in enumerate(paper.items, start=1):
        stem = plain_text(item.stem)
        name = stem if len(stem) <= STEM_LENGTH else f"{stem[:STEM_LENGTH].rstrip()}…"
        for problem in question_problems(item):
            yield _("Question %(number)s (“%(name)s”): %(problem)s") % {
                "number": number,
                "name": name,
                "problem": problem.message,
            }
