"""How people of the roster answered the quiz with every kind of question.

Enough of them for the analysis to say something; the texts of the last ones still wait
for a trainer.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any
from uuid import UUID

from exchanges.models import Placement
from home.course.ledger import Ledger
from home.course.reading import key, read
from home.demo.accounts import FACULTY, STUDENT
from home.demo.every_kind import FILE, NAME
from home.demo.history_in_bulk import Story, answer_rows, attempt_row
from home.demo.timeline import Sat
from people.models import User
from progress.completion import settle
from quizzes.enums import MarkStage
from quizzes.grading import grade_paper
from quizzes.kinds import Response, kind_of
from quizzes.models import AnswerStep, Attempt, Mark, Quiz
from quizzes.papers import GAPS, LIKERT, MULTIPLE, OPEN, RATING, Item, Paper, from_json
from quizzes.rubrics import rubric_share

PEOPLE, WAITING = 36, 4
MINUTES = dt.timedelta(minutes=12)
ODDS_OF_A_MISTAKE = (0.05, 0.15, 0.25, 0.4, 0.6)


def load_sittings(ledger: Ledger, *, quiz: Quiz, marker: User, at: dt.datetime) -> None:
    """Write them once, on a site where nobody has taken the quiz yet."""
    if quiz.live_version is None or Attempt.objects.filter(quiz=quiz).exists():
        return
    paper = from_json(quiz.live_version.paper)
    ours = {STUDENT.email, FACULTY.email}
    placements = Placement.objects.active().exclude(participant__email__in=ours)
    seeds = dict(placements.order_by("-pk").values_list("participant", "omobility_id"))
    stories = [
        _story(person, seed, place, at) for place, (person, seed) in enumerate(seeds.items())
    ]
    texts = read(FILE)["texts"]
    for place, story in enumerate(stories[:PEOPLE]):
        _sit(story, quiz, paper, texts, None if place < WAITING else marker)
    people = [story.participant_id for story in stories[:PEOPLE]]
    settle(people, module_key=key("page", NAME), at=at)
    ledger.made.append(f"{min(PEOPLE, len(stories))} attempts at “{quiz}”")


def _story(person: int, seed: UUID, place: int, at: dt.datetime) -> Story:
    """The first ones sat last: an hour ago, and each of the others half a day earlier."""
    submitted_at = at - dt.timedelta(hours=1 + 12 * place)
    return Story(person, seed, (), (Sat(NAME, 0, submitted_at - MINUTES, submitted_at),))


def _sit(story: Story, quiz: Quiz, paper: Paper, texts: Sequence[str], marker: User | None) -> None:
    rng, sitting = story.rng(NAME, 1), story.sittings[0]
    odds = rng.choice(ODDS_OF_A_MISTAKE)
    given = {
        item.id: answer_to(item, texts, is_wrong=rng.random() < odds, rng=rng)
        for item in paper.items
    }
    marks = _marks(paper, odds, marker, sitting.submitted_at, rng) if marker else {}
    shares = {item: Fraction(mark.fraction) for item, mark in marks.items()}
    grade = grade_paper(paper, given, marked=shares)
    attempt = attempt_row(story, sitting, quiz, paper, grade, rng)
    attempt.number = 1
    if marks:
        attempt.graded_at = max(mark.created_at for mark in marks.values())
    attempt.save()
    AnswerStep.objects.bulk_create(answer_rows(attempt, sitting, paper, given, grade, marks))
    for mark in marks.values():
        mark.attempt = attempt
    Mark.objects.bulk_create(marks.values())


def answer_to(item: Item, texts: Sequence[str], *, is_wrong: bool, rng: Random) -> Response:
    """Return the best answer, or one with a mistake; of what has no right answer any.

    Of the texts the last one is the weakest.
    """
    if item.kind == OPEN:
        return texts[-1] if is_wrong else rng.choice(texts)
    if item.kind == RATING:
        return [str(rng.choice(item.options).id)]
    if item.kind == LIKERT:
        return {str(one.id): str(rng.choice(item.options).id) for one in item.statements}
    best = kind_of(item).best(item)
    return _mistaken(item, best, rng) if is_wrong else best


def _mistaken(item: Item, best: Any, rng: Random) -> Response:
    if isinstance(best, str):
        return rng.choice([one.text for one in item.accepted if one.fraction != 1])
    if isinstance(best, Mapping):
        names, values = list(best), list(best.values())
        if item.kind == GAPS:
            return dict(zip(names[:-1], values[:-1], strict=True))
        return dict(zip(names, [values[1], values[0], *values[2:]], strict=True))
    if item.kind == MULTIPLE:
        return best[:-1]
    return [str(rng.choice([one.id for one in item.options if str(one.id) not in best]))]


def _marks(
    paper: Paper, odds: float, marker: User, submitted_at: dt.datetime, rng: Random
) -> dict[UUID, Mark]:
    """Return an unsaved mark for each open text: who makes few mistakes reaches high levels."""
    marks = {}
    for item in paper.items:
        if item.kind != OPEN:
            continue
        levels = {
            str(row.id): sum(rng.random() > odds for _step in row.levels[1:]) for row in item.rubric
        }
        marks[item.id] = Mark(
            item_id=item.id, number=1, stage=MarkStage.FIRST, marker=marker, levels=levels,
            fraction=_decimal(rubric_share(item, levels)), created_at=submitted_at + MINUTES,
        )  # fmt: skip
    return marks


def _decimal(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / share.denominator).quantize(Decimal("0.000001"))
