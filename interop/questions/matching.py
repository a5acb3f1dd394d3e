"""Finds the questions of the bank that questions of a file are, and what has changed.

By the UUID or the ID number; else by category, name and content; else, for a question that
came from a file without numbers, by category and name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from interop.questions import bank
from interop.questions.bank import Banked
from interop.questions.drafts import Draft
from interop.questions.models import ImportedQuestion
from interop.questions.records import ParsedQuestion, as_uuid
from quizzes.models import Question


@dataclass(slots=True)
class Wanted:
    """A question of a file that the bank could hold, and the one that it is there."""

    parsed: ParsedQuestion
    draft: Draft
    fingerprint: str
    reasons: list[tuple[str, str]]
    found: Banked | None = None

    @property
    def place(self) -> tuple[str, str]:
        return self.draft.category, self.draft.name

    @property
    def uuid(self) -> UUID | None:
        """The UUID that the file gives as its number: one of an export of this product."""
        return as_uuid(self.parsed.idnumber)


@dataclass(slots=True)
class Matcher:
    """Matches batch after batch of one file; no question of the bank is matched twice."""

    claimed: set[int] = field(default_factory=set)

    def match(self, wanted: Sequence[Wanted]) -> None:
        """Set `found` of each, in a constant number of queries."""
        candidates = bank.banked(self._candidates(wanted))
        by_uuid = {found.question.uuid: found for found in candidates}
        by_number = {
            (found.category, found.source.idnumber): found
            for found in candidates
            if found.source and found.source.idnumber
        }
        by_place = defaultdict(list)
        for found in candidates:
            by_place[found.category, found.question.name].append(found)
        for one in wanted:
            number = (one.draft.category, one.parsed.idnumber)
            self._claim(one, [by_uuid.get(one.uuid) if one.uuid else by_number.get(number)])
        for one in wanted:
            self._claim(one, (found for found in by_place[one.place] if _is_same(one, found)))
        for one in wanted:
            if not one.parsed.idnumber and one.parsed.is_named:
                namesakes = by_place[one.place]
                self._claim(one, [other for other in namesakes if _came_without_number(other)])

    def _candidates(self, wanted: Sequence[Wanted]) -> list[Question]:
        numbers = {one.parsed.idnumber for one in wanted} - {""}
        numbered = ImportedQuestion.objects.filter(idnumber__in=numbers)
        places = Q(name__in={one.draft.name for one in wanted}) & (
            Q(category__name__in={one.draft.category for one in wanted}) | Q(category=None)
        )
        ours = Q(uuid__in={one.uuid for one in wanted} - {None})
        found = Question.objects.filter(ours | places | Q(pk__in=numbered.values("question")))
        chosen = found.select_related("category").prefetch_related(*bank.PARTS)
        return list(chosen.order_by("pk"))

    def _claim(self, one: Wanted, candidates: Iterable[Banked | None]) -> None:
        if one.found is not None:
            return
        for found in candidates:
            if found is not None and found.question.pk not in self.claimed:
                self.claimed.add(found.question.pk)
                one.found = found
                return


def _is_same(one: Wanted, found: Banked) -> bool:
    return is_unchanged(one, found) or is_edited_here(one, found)


def is_unchanged(one: Wanted, found: Banked) -> bool:
    return found.draft is not None and found.draft.fingerprint == one.fingerprint


def is_edited_here(one: Wanted, found: Banked) -> bool:
    """Whether the file is as it was when it was imported last."""
    return found.source is not None and found.source.fingerprint == one.fingerprint


def _came_without_number(found: Banked) -> bool:
    return found.source is not None and not found.source.idnumber
