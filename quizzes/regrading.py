"""Regrading: judging finished attempts by another key, first tried out, then carried out.

Trying out writes down what would change and touches no attempt. Carrying out goes batch by
batch: an attempt that is done stands at the new version, so a regrade that was interrupted
goes on where it stopped, and doing it again changes nothing.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from jobs.posting import post
from people.models import User
from quizzes.enums import AttemptState, RegradeKind, RegradeState, StepKind
from quizzes.grading import PaperGrade
from quizzes.kinds import kind_of
from quizzes.mapping import obstacles
from quizzes.models import AnswerStep, Attempt, Quiz, QuizVersion, Regrade, RegradeLine
from quizzes.papers import Paper, from_json, to_json
from quizzes.regrade_letters import letter_about
from quizzes.remarking import BATCH, Sitting, asked_in, batches, is_same, judge, read
from quizzes.rulings import ruled
from quizzes.signals import attempts_regraded
from quizzes.summaries import response_summary, right_answer_summary

RESULT = ("score", "max_score", "percent", "passed")


class NotRegradable(Exception):
    """There is nothing to regrade so; the message says why."""


def plan(
    *,
    from_version: QuizVersion,
    kind: str,
    reason: str,
    by: User,
    at: dt.datetime,
    item_id: UUID | None = None,
) -> Regrade:
    """Write down what a regrade would change, and change nothing.

    Earlier plans of the same quiz that nobody carried out are taken away.

    Raises:
        NotRegradable: there is no other key, or no such question.
    """
    quiz = Quiz.objects.select_related("live_version").get(pk=from_version.quiz_id)
    if kind == RegradeKind.NEW_KEY:
        if quiz.live_version_id in {None, from_version.pk}:
            raise NotRegradable(_("These attempts are judged by the live version already."))
    else:
        _check_ruling(from_json(from_version.paper), kind, item_id)
    with transaction.atomic():
        Regrade.objects.filter(quiz=quiz, state=RegradeState.PLANNED).delete()
        regrade = Regrade.objects.create(
            quiz=quiz,
            kind=kind,
            from_version=from_version,
            to_version=quiz.live_version if kind == RegradeKind.NEW_KEY else None,
            item_id=None if kind == RegradeKind.NEW_KEY else item_id,
            reason=reason,
            planned_by=by,
            planned_at=at,
        )
    _write_lines(regrade)
    return regrade


def _write_lines(regrade: Regrade) -> None:
    keys = Keys.of(regrade)
    for batch in batches(_waiting(regrade)):
        lines = [line for sitting in batch if (line := keys.line(regrade, sitting)[0])]
        RegradeLine.objects.bulk_create(lines, batch_size=500)
        regrade.looked_at += len(batch)
    regrade.save(update_fields=["looked_at"])


def _check_ruling(paper: Paper, kind: str, item_id: UUID | None) -> None:
    counting = {item.id for item in paper.items if item.is_graded and not item.ruling}
    if item_id not in counting:
        raise NotRegradable(_("Choose a question that counts and has no ruling yet."))
    if kind == RegradeKind.DISREGARD and counting == {item_id}:
        raise NotRegradable(_("It is the only question that counts: nothing would be left."))


def commit(
    regrade: Regrade, *, by: User, at: dt.datetime, link_to: str, most: int | None = None
) -> Regrade:
    """Carry the regrade out, or go on with it, for up to `most` attempts.

    Args:
        regrade: what was tried out.
        by: who answers for it; stands with each new mark.
        at: when; stands with each new mark.
        link_to: the address of a result, with {uuid} for the attempt's.
        most: how many attempts at a time; None for all.
    """
    regrade = _begin(regrade, by=by, at=at)
    if regrade.state == RegradeState.DONE:
        return regrade
    keys, done = Keys.of(regrade), 0
    while most is None or done < most:
        ids = list(_waiting(regrade).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            Regrade.objects.filter(pk=regrade.pk).update(state=RegradeState.DONE, finished_at=at)
            break
        _carry_out(regrade, keys, ids, by=by, at=at, link_to=link_to)
        done += len(ids)
    regrade.refresh_from_db()
    return regrade


@dataclass(frozen=True, slots=True)
class Keys:
    """The paper that attempts were judged by, and the one that they shall be judged by."""

    old: Paper
    new: Paper

    @classmethod
    def of(cls, regrade: Regrade) -> "Keys":
        old = from_json(regrade.from_version.paper)
        if regrade.to_version:
            return cls(old, from_json(regrade.to_version.paper))
        return cls(old, _ruled_paper(regrade))

    @property
    def papers(self) -> tuple[Paper, Paper]:
        return self.old, self.new

    def refusal(self, sitting: Sitting) -> str:
        return " ".join(obstacles(asked_in(self.old, sitting), self.new, sitting.answers))

    def line(
        self, regrade: Regrade, sitting: Sitting
    ) -> tuple[RegradeLine | None, PaperGrade | None]:
        """Return what happens to an attempt and its new marks; no line if its marks stay."""
        refusal = self.refusal(sitting)
        if refusal:
            return _line(regrade, sitting.attempt, None, refusal), None
        grade = judge(self.new, sitting)
        is_new = not is_same(grade, sitting)
        return (_line(regrade, sitting.attempt, grade) if is_new else None), grade


def _line(
    regrade: Regrade, attempt: Attempt, grade: PaperGrade | None, refusal: str = ""
) -> RegradeLine:
    old_score = attempt.score or 0
    return RegradeLine(
        regrade=regrade,
        attempt=attempt,
        refusal=refusal,
        old_score=old_score,
        new_score=grade.score if grade else old_score,
        old_percent=attempt.percent,
        new_percent=grade.percent if grade else attempt.percent,
        old_passed=attempt.passed,
        new_passed=grade.passed if grade else attempt.passed,
    )


def _waiting(regrade: Regrade) -> QuerySet[Attempt]:
    """Attempts that are still judged by the old key and that nothing stands against."""
    refused = RegradeLine.objects.filter(regrade=regrade).exclude(refusal="")
    return Attempt.objects.filter(
        version=regrade.from_version_id, state=AttemptState.FINISHED
    ).exclude(pk__in=refused.values("attempt"))


def _ruled_paper(regrade: Regrade) -> Paper:
    old = from_json(regrade.from_version.paper)
    return ruled(old, item_id=regrade.item_id, ruling=regrade.kind)


def _begin(regrade: Regrade, *, by: User, at: dt.datetime) -> Regrade:
    """Take the regrade, and publish the version with the ruling if it does not exist yet."""
    with transaction.atomic():
        quiz = Quiz.objects.select_for_update().get(pk=regrade.quiz_id)
        locked = Regrade.objects.select_for_update(of=("self",)).get(pk=regrade.pk)
        if locked.state != RegradeState.PLANNED:
            return locked
        if locked.to_version is None:
            locked.to_version = _publish_ruling(locked, quiz, by=by, at=at)
        locked.state = RegradeState.RUNNING
        locked.committed_by, locked.committed_at = by, at
        locked.save()
    return locked


def _publish_ruling(regrade: Regrade, quiz: Quiz, *, by: User, at: dt.datetime) -> QuizVersion:
    """Make the version with the ruling; it goes live if it corrects the live one."""
    last = QuizVersion.objects.filter(quiz=quiz).aggregate(number=Max("number"))["number"]
    version = QuizVersion.objects.create(
        quiz=quiz,
        number=last + 1,
        paper=to_json(_ruled_paper(regrade)),
        published_at=at,
        published_by=by,
    )
    if quiz.live_version_id == regrade.from_version_id:
        Quiz.objects.filter(pk=quiz.pk).update(live_version=version)
    return version


def _carry_out(
    regrade: Regrade,
    keys: Keys,
    ids: Sequence[int],
    *,
    by: User,
    at: dt.datetime,
    link_to: str,
) -> None:
    with transaction.atomic():
        locked = (
            Attempt.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__in=ids, version=regrade.from_version_id)
            .select_related("participant")
            .order_by("pk")
        )
        lines, moved, changed = [], [], []
        steps: list[AnswerStep] = []
        for sitting in read(list(locked)):
            line, grade = keys.line(regrade, sitting)
            if line:
                lines.append(line)
            if grade:
                moved.append(sitting.attempt)
            if line and grade:
                line.applied_at = at
                steps += _new_marks(sitting, keys.new, grade, by=by, at=at)
                _take_over(sitting.attempt, grade)
                changed.append(line)
        AnswerStep.objects.bulk_create(steps, batch_size=500)
        _move(moved, regrade)
        _write_down(lines)
        if changed:
            attempts = [line.attempt for line in changed]
            attempts_regraded.send(sender=Attempt, attempts=attempts, at=at)
            post((letter_about(line, link_to) for line in changed if _is_news(line)), at=at)


def _move(attempts: Sequence[Attempt], regrade: Regrade) -> None:
    """Let the attempts stand at the new version: one query for each result that some have."""
    alike = defaultdict[tuple[Any, ...], list[int]](list)
    for attempt in attempts:
        attempt.version_id = regrade.to_version_id  # type: ignore[assignment]  # set by _begin.
        alike[tuple(getattr(attempt, field) for field in RESULT)].append(attempt.pk)
    for result, ids in alike.items():
        values = dict(zip(RESULT, result, strict=True))
        Attempt.objects.filter(pk__in=ids).update(version=regrade.to_version_id, **values)


def _take_over(attempt: Attempt, grade: PaperGrade) -> None:
    attempt.score, attempt.max_score = grade.score, grade.max_score
    attempt.percent, attempt.passed = grade.percent, grade.passed


def _new_marks(
    sitting: Sitting, paper: Paper, grade: PaperGrade, *, by: User, at: dt.datetime
) -> Iterable[AnswerStep]:
    """A further step for each question whose share of the mark changes."""
    for result in grade.items:
        if result.fraction is None or result.fraction == sitting.fractions.get(result.item_id):
            continue
        item = paper.item_by_id[result.item_id]
        response = sitting.answers.get(item.id)
        yield AnswerStep(
            attempt=sitting.attempt,
            item_id=item.id,
            sequence=sitting.last[item.id] + 1,
            kind=StepKind.GRADED,
            response=kind_of(item).normalise(item, response),
            response_summary=response_summary(item, response),
            right_answer_summary=right_answer_summary(item),
            fraction=result.fraction,
            actor=by,
            created_at=at,
        )


def _write_down(lines: Sequence[RegradeLine]) -> None:
    """Put what happened in the place of what was planned."""
    if lines:
        attempts = [line.attempt_id for line in lines]
        RegradeLine.objects.filter(regrade=lines[0].regrade, attempt__in=attempts).delete()
        RegradeLine.objects.bulk_create(lines, batch_size=500)


def _is_news(line: RegradeLine) -> bool:
    return line.old_percent != line.new_percent or line.old_passed != line.new_passed
