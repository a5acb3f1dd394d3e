"""What importing a file of questions would do, question by question."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import BinaryIO

from competence.models import Dimension
from interop.questions import formats, pictures
from interop.questions.actions import Action
from interop.questions.drafts import Draft
from interop.questions.matching import Matcher, Wanted, is_edited_here, is_unchanged
from interop.questions.meant import still_missing
from interop.questions.problems import Fault
from interop.questions.records import CannotReadError, LeftOut, ParsedQuestion
from interop.questions.to_bank import draft_of
from people.models import User
from quizzes.categories import is_within, names_kept_from

BATCH = 500

Reason = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens with one question of the file; `draft` is what will be written."""

    line: int
    name: str
    kind: str
    action: Action
    reasons: tuple[Reason, ...] = ()
    question_pk: int | None = None
    idnumber: str = ""
    fingerprint: str = ""
    draft: Draft | None = None


@dataclass(frozen=True)
class Plan:
    """Every step in the order of the file, without the questions themselves."""

    steps: tuple[Step, ...] = ()

    @cached_property
    def counts(self) -> dict[str, int]:
        found = Counter(step.action for step in self.steps)
        return {str(action): found[action] for action in Action}

    @cached_property
    def fingerprint(self) -> str:
        """Equal for plans that would do the same."""
        found = hashlib.sha256()
        for step in self.steps:
            said = (step.line, str(step.action), step.question_pk, step.idnumber, step.fingerprint)
            found.update(repr(said).encode())
        return found.hexdigest()

    @property
    def changes_anything(self) -> bool:
        return bool(self.counts[Action.NEW] or self.counts[Action.CHANGED])


def make_plan(file: BinaryIO, *, format_name: str, into: str, by: User | None = None) -> Plan:
    """Return what importing the file would do.

    Args:
        file: what is imported.
        format_name: how it is written.
        into: the category for all of it.
        by: who imports, and not into categories that are kept to others; None: anywhere.

    Raises:
        UnreadableFileError: the file as a whole cannot be read.
    """
    found = steps(file, format_name=format_name, into=into, by=by)
    return Plan(tuple(replace(step, draft=None) for step in found))


def steps(file: BinaryIO, *, format_name: str, into: str, by: User | None = None) -> Iterator[Step]:
    """Yield what happens with each question, 500 at a time in memory."""
    planner = _Planner(into, names_kept_from(by) if by else ())
    batch: list[ParsedQuestion | LeftOut] = []
    for found in formats.read(file, format_name):
        batch.append(found)
        if len(batch) == BATCH:
            yield from planner.steps(batch)
            batch = []
    yield from planner.steps(batch)


def known_dimensions() -> dict[str, int]:
    """Return the pk of each dimension by its key, such as `built-in.empathy`."""
    found = Dimension.objects.values_list("framework__code", "code", "pk")
    return {f"{framework}.{code}": pk for framework, code, pk in found}


@dataclass(slots=True)
class _Planner:
    into: str
    kept: Collection[str] = ()
    matcher: Matcher = field(default_factory=Matcher)
    numbers: set[tuple[str, str]] = field(default_factory=set)
    dimensions: dict[str, int] = field(default_factory=known_dimensions)

    def steps(self, batch: Iterable[ParsedQuestion | LeftOut]) -> list[Step]:
        looked_at = [self._wanted(found) for found in batch]
        self.matcher.match([found for found in looked_at if isinstance(found, Wanted)])
        return [self._step(found) if isinstance(found, Wanted) else found for found in looked_at]

    def _wanted(self, found: ParsedQuestion | LeftOut) -> Wanted | Step:
        if isinstance(found, LeftOut):
            return _left_out(found.line, found.name, found.kind, found.fault, found.detail)
        try:
            draft, remarks = draft_of(found, into=self.into)
        except CannotReadError as error:
            return _refused(found, error)
        if is_within(draft.category, self.kept):
            return _refused(found, CannotReadError(Fault.KEPT_CATEGORY))
        number = (draft.category, found.idnumber)
        if found.idnumber and number in self.numbers:
            return _refused(found, CannotReadError(Fault.SAME_ID_TWICE, found.idnumber))
        self.numbers.add(number)
        reasons = [(str(fault), detail) for fault, detail in remarks]
        draft = self._with_known_dimensions(draft, reasons)
        return Wanted(found, draft, draft.fingerprint, reasons)

    def _with_known_dimensions(self, draft: Draft, reasons: list[Reason]) -> Draft:
        unknown = [key for key, _weight in draft.dimensions if key not in self.dimensions]
        if not unknown:
            return draft
        reasons += [(str(Fault.UNKNOWN_DIMENSION), key) for key in unknown]
        known = tuple(line for line in draft.dimensions if line[0] in self.dimensions)
        return replace(draft, dimensions=known)

    def _step(self, one: Wanted) -> Step:
        found = one.found
        if found is not None and is_within(found.category, self.kept):
            return _refused(one.parsed, CannotReadError(Fault.KEPT_CATEGORY))
        if found is not None and is_unchanged(one, found):
            return _planned(one, Action.UNCHANGED)
        if found is not None and is_edited_here(one, found):
            one.reasons.append((str(Fault.EDITED_HERE), ""))
            return _planned(one, Action.UNCHANGED)
        try:
            for file in one.draft.files:
                pictures.check(file)
            missing = still_missing(one.draft)
        except CannotReadError as error:
            return _refused(one.parsed, error)
        one.reasons += [(str(Fault.STILL_MISSING), words) for words in missing]
        return _planned(one, Action.NEW if found is None else Action.CHANGED)


def _planned(one: Wanted, action: Action) -> Step:
    return Step(
        line=one.parsed.line,
        name=one.draft.name,
        kind=one.draft.kind,
        action=action,
        reasons=tuple(one.reasons),
        question_pk=one.found.question.pk if one.found else None,
        idnumber=one.parsed.idnumber,
        fingerprint=one.fingerprint,
        draft=one.draft,
    )


def _refused(found: ParsedQuestion, error: CannotReadError) -> Step:
    return _left_out(found.line, found.name, str(found.kind), error.fault, error.detail)


def _left_out(line: int, name: str, kind: str, fault: Fault, detail: str) -> Step:
    return Step(line, name, kind, Action.LEFT_OUT, ((str(fault), detail),))
