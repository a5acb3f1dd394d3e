"""Travel advice for a country: one action asks something of everybody who has not left for it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from exchanges.models import Office, Placement
from exchanges.visibility import answers_for
from jobs.posting import post
from modules.models import ModulePage
from people import roles
from people.models import User
from readiness import publishing, states
from readiness.affected import not_over, scope_of_draft, within
from readiness.contents import content_with
from readiness.effects import Impact
from readiness.enums import DeclarationKind, DueEvent, RequirementKind
from readiness.errors import NoReasonError, NotAllowedError, NotAskedError
from readiness.gathering import SHOWN
from readiness.impact import impact
from readiness.models import (
    Declaration,
    Requirement,
    RequirementSet,
    RequirementSetVersion,
    TravelAdvice,
)
from readiness.replanning.proposals import has_left
from readiness.replanning.telling import advice_letters


@dataclass(frozen=True, slots=True)
class Draft:
    """Advice before it is issued. Without a module, people confirm that they have read it.

    `since` is when it holds from; without an `office` it is for people of every office.
    """

    country: str
    level: str
    since: dt.datetime
    office: Office | None = None
    module: ModulePage | None = None

    @property
    def requirement_set(self) -> RequirementSet:
        """The set that asks for it, not saved yet."""
        return RequirementSet(country=self.country, office=self.office)

    @property
    def requirement(self) -> Requirement:
        """What it asks, not saved yet: before leaving home."""
        asked: dict[str, Any] = {
            "kind": RequirementKind.DECLARATION,
            "declaration": DeclarationKind.TRAVEL_ADVICE,
        }
        if self.module is not None:
            asked = {"kind": RequirementKind.MODULE, "module": self.module}
        return Requirement(due_event=DueEvent.LEAVES_HOME, offset_days=0, **asked)


def look(draft: Draft, *, by: User, at: dt.datetime) -> Impact:
    """What issuing it would change, for whom."""
    proposed = draft.requirement_set
    version = RequirementSetVersion(
        requirement_set=proposed,
        number=1,
        content=content_with(proposed, [draft.requirement]),
        effective_at=draft.since,
        published_at=at,
        published_by=by,
    )
    return impact(version, at=at, among=Placement.objects.all())


def issue(
    *,
    draft: Draft,
    text: str,
    source: str,
    by: User,
    at: dt.datetime,
    tells: bool = True,
) -> TravelAdvice:
    """Ask it of everybody who has not left, and tell them once.

    Who has confirmed earlier advice for the country confirms anew.

    Raises:
        NotAllowedError: if `by` does not answer for the office it is for.
        NoReasonError: if the advice says nothing.
    """
    if not may_advise(by, draft.office):
        raise NotAllowedError
    if not text.strip():
        raise NoReasonError
    going = _going(draft.requirement_set, at)
    made = TravelAdvice(
        country=draft.country,
        office=draft.office,
        level=draft.level,
        text=text.strip(),
        source=source,
        valid_from=draft.since.date(),
        issued_by=by,
        issued_at=at,
    )
    with transaction.atomic():
        made.requirement_set = _published(draft, made, by=by, at=at)
        made.save()
        if draft.module is None:
            _ask_anew(going, at)
        _settle(made, going, at=at, tells=tells)
    return made


def _published(draft: Draft, made: TravelAdvice, *, by: User, at: dt.datetime) -> RequirementSet:
    """The set that asks for it, in force."""
    asked, requirement = draft.requirement_set, draft.requirement
    asked.name = f"{made.country.name}, {at:%Y-%m-%d %H:%M:%S}"
    asked.save()
    requirement.requirement_set = asked
    requirement.save()
    publishing.publish(requirement_set=asked, by=by, at=at, effective_at=draft.since)
    return asked


def look_at_withdrawing(made: TravelAdvice, *, by: User, at: dt.datetime) -> Impact:
    """What withdrawing it would change, for whom."""
    asked = made.requirement_set
    asked.is_active = False
    version = publishing.proposal(asked, effective_at=at, includes_abroad=False, by=by, at=at)
    return impact(version, at=at, among=Placement.objects.all())


def withdraw(
    *, made: TravelAdvice, reason: str, by: User, at: dt.datetime, tells: bool = True
) -> TravelAdvice:
    """Ask it no longer of who has not left; it stays readable, with the reason.

    Raises:
        NotAllowedError: if `by` does not answer for the office it is for.
        NoReasonError: if no reason is given.
        NotAskedError: if it is withdrawn already.
    """
    if not may_advise(by, made.office):
        raise NotAllowedError
    if not reason.strip():
        raise NoReasonError
    with transaction.atomic():
        asked = RequirementSet.objects.select_for_update().get(pk=made.requirement_set_id)
        made.refresh_from_db()
        if made.withdrawn_at is not None:
            raise NotAskedError
        going = _going(asked, at)
        made.withdrawn_at, made.withdrawn_by = at, by
        made.withdrawn_because = reason.strip()
        made.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        if asked.is_active:
            asked.is_active = False
            asked.save(update_fields=["is_active"])
            publishing.publish(requirement_set=asked, by=by, at=at, effective_at=at)
        _settle(made, going, at=at, tells=tells)
    return made


def may_advise(by: User, office: Office | None) -> bool:
    """An office's people are advised by who answers for it, everybody by an administrator."""
    if office is None:
        return roles.is_administrator(by)
    return Office.objects.filter(answers_for(by), pk=office.pk).exists()


def _going(asked: RequirementSet, at: dt.datetime) -> Mapping[int, Placement]:
    """Who goes there and has not left."""
    found = within(not_over(at.date()), scope_of_draft(asked)).select_related(*SHOWN)
    return {one.pk: one for one in found.order_by("pk") if not has_left(one, at=at)}


def _ask_anew(going: Mapping[int, Placement], at: dt.datetime) -> None:
    """Let what was confirmed of earlier advice not count for this one."""
    earlier = Declaration.objects.filter(
        placement__in=list(going), kind=DeclarationKind.TRAVEL_ADVICE, withdrawn_at=None
    )
    earlier.update(withdrawn_at=at)


def _settle(
    made: TravelAdvice, going: Mapping[int, Placement], *, at: dt.datetime, tells: bool
) -> None:
    states.refresh_now_or_soon(Placement.objects.filter(pk__in=list(going)), at=at)
    if tells:
        post(advice_letters(made, list(going.values())), at=at)
