"""Changes a plan: the dates, where to, whether at all. One transaction; everybody is told once."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from exchanges.models import Exchange, Placement
from exchanges.permissions import shared_exchanges
from jobs.posting import Letter, post
from people.models import User
from readiness import states
from readiness.demands import Demands, demands
from readiness.effects import Effect, Line
from readiness.errors import (
    ChangedMeanwhileError,
    NoReasonError,
    NotAllowedError,
    WorkedOnError,
)
from readiness.gathering import SHOWN
from readiness.models import ChangeOfPlan, PlanEffect, StateChange
from readiness.replanning.plans import Part, parts_of_exchange
from readiness.replanning.previewing import preview
from readiness.replanning.proposals import Fields, Proposal, checked, has_left, plain, wished, write
from readiness.replanning.telling import letters
from readiness.verdicts import VerdictStatus

DONE = {VerdictStatus.MET.value, VerdictStatus.WAITING.value, VerdictStatus.WAIVED.value}


def change(
    *,
    proposal: Proposal,
    reason: str,
    by: User,
    at: dt.datetime,
    tells: bool = True,
    takes_back: ChangeOfPlan | None = None,
    asked: Demands | None = None,
) -> ChangeOfPlan:
    """Write the proposal, with its reason and what it makes of whom; tell each person once.

    `asked` stands in for what is asked at that moment.

    Raises:
        NoReasonError: if no reason is given.
        NotAllowedError: if `by` does not answer for everybody concerned.
        ChangedMeanwhileError: if the plan is not what it was when this was proposed.
    """
    _guard(proposal, reason, by)
    asked = asked or demands(as_of=at)
    found = preview(proposal, at=at, asked=asked)
    made = ChangeOfPlan(
        exchange=proposal.exchange,
        fields=dict(proposal.fields),
        plan=[[part.name, part.before, part.after] for part in _parts(proposal)],
        reason=reason.strip(),
        made_by=by,
        made_at=at,
        takes_back=takes_back,
    )
    written = letters(made, found.effects, asked=asked) if tells else {}
    with transaction.atomic():
        _write(proposal)
        made.save()
        PlanEffect.objects.bulk_create(_effects(made, proposal, found.effects, written))
        states.refresh_now_or_soon(proposal.concerned(), at=at)
        post(written.values(), at=at)
    return made


def _guard(proposal: Proposal, reason: str, by: User) -> None:
    if not reason.strip():
        raise NoReasonError
    if not may_change(by, proposal):
        raise NotAllowedError


def _parts(proposal: Proposal) -> Iterator[Part]:
    """What changes for the exchange as a whole; whether it takes place is said by its people."""
    if proposal.exchange is None:
        return
    yield from parts_of_exchange(proposal.exchange, wished(proposal.exchange, proposal.fields))
    statuses = (own["status"] for own in proposal.placements.values() if "status" in own)
    for before, after in islice(statuses, 1):
        yield Part("status", before, after)


def may_change(by: User, proposal: Proposal) -> bool:
    """An exchange is changed by who answers for everybody on it, a placement by its office."""
    if proposal.exchange is not None and not may_change_exchange(by, proposal.exchange):
        return False
    ids = list(proposal.placements)
    return Placement.objects.coordinated_by(by).filter(pk__in=ids).count() == len(ids)


def may_change_exchange(by: User, exchange: Exchange) -> bool:
    own = Exchange.objects.coordinated_by(by).exclude(pk__in=shared_exchanges(by))
    return own.filter(pk=exchange.pk).exists()


def take_back(
    *, made: ChangeOfPlan, reason: str, by: User, at: dt.datetime, tells: bool = True
) -> ChangeOfPlan:
    """Change everything back, as a new change, while nobody has worked on it.

    Raises:
        WorkedOnError: if it has been taken back, changed again, or somebody has done
            something since.

    And as `change` and `checked` do.
    """
    if is_worked_on(made, at=at):
        raise WorkedOnError
    back = proposal_of(made).inverse
    rows = list(back.concerned().select_related(*SHOWN).order_by("pk"))
    return change(
        proposal=checked(back, rows), reason=reason, by=by, at=at, tells=tells, takes_back=made
    )


def proposal_of(made: ChangeOfPlan) -> Proposal:
    own = made.effects.values_list("placement", "fields")
    return Proposal(
        made.exchange, _pairs(made.fields), {pk: _pairs(fields) for pk, fields in own if fields}
    )


def is_worked_on(made: ChangeOfPlan, *, at: dt.datetime) -> bool:
    """Whether it is too late to take it back: taken back, changed again, or relied upon."""
    if ChangeOfPlan.objects.filter(takes_back=made).exists():
        return True
    placements = list(made.effects.values_list("placement", flat=True))
    later = ChangeOfPlan.objects.filter(made_at__gt=made.made_at)
    same = Q(effects__placement__in=placements)
    if made.exchange_id:
        same |= Q(exchange=made.exchange_id)
    return later.filter(same).exists() or _is_relied_on(made, placements, at)


def _is_relied_on(made: ChangeOfPlan, placements: Sequence[int], at: dt.datetime) -> bool:
    """Whether somebody has done something since, or has left home."""
    since = StateChange.objects.filter(placement__in=placements, noticed_at__gt=made.made_at)
    causes = [cause for some in since.values_list("causes", flat=True) for cause in some]
    if any(_is_done(cause, made) for cause in causes):
        return True
    going = Placement.objects.active().filter(pk__in=placements)
    return any(
        has_left(one, at=at) and not has_left(one, at=made.made_at)
        for one in going.select_related("office", "exchange")
    )


def _is_done(cause: dict[str, Any], made: ChangeOfPlan) -> bool:
    since = cause["since"] and dt.datetime.fromisoformat(cause["since"])
    return cause["after"] in DONE and bool(since) and since > made.made_at


def _pairs(fields: dict[str, list[Any]]) -> Fields:
    return {name: (before, after) for name, (before, after) in fields.items()}


def _write(proposal: Proposal) -> None:
    if proposal.exchange is not None:
        exchange = Exchange.objects.select_for_update().get(pk=proposal.exchange.pk)
        _refuse_other(exchange, proposal.fields)
        write(exchange, proposal.fields)
        if proposal.fields:
            exchange.save(update_fields=_columns(proposal.fields))
    locked = Placement.objects.select_for_update(no_key=True).order_by("pk")
    rows = list(locked.filter(pk__in=list(proposal.placements)))
    for one in rows:
        _refuse_other(one, proposal.placements[one.pk])
        write(one, proposal.placements[one.pk])
    columns = {name for own in proposal.placements.values() for name in _columns(own)}
    if columns:
        Placement.objects.bulk_update(rows, sorted(columns), batch_size=500)


def _columns(fields: Fields) -> list[str]:
    return [name.removesuffix("_id") for name in fields]


def _refuse_other(record: Exchange | Placement, fields: Fields) -> None:
    if any(plain(getattr(record, name)) != before for name, (before, _after) in fields.items()):
        raise ChangedMeanwhileError


def _effects(
    made: ChangeOfPlan,
    proposal: Proposal,
    effects: Sequence[Effect],
    letters: dict[int, Letter],
) -> list[PlanEffect]:
    """One for everybody for whom something changes, or of whom something was written."""
    found = {one.placement_id: one for one in effects}
    rows = []
    for pk in sorted({*found, *proposal.placements}):
        one, letter = found.get(pk), letters.get(pk)
        rows.append(
            PlanEffect(
                change=made,
                placement_id=pk,
                fields=dict(proposal.placements.get(pk, {})),
                plan=[[part.name, part.before, part.after] for part in one.plan] if one else [],
                lines=[_line(line) for line in one.lines] if one else [],
                state_before=one.before if one else "",
                state_after=one.after if one else "",
                letter=f"{letter.subject}\n\n{letter.text}" if letter else "",
            )
        )
    return rows


def _line(line: Line) -> dict[str, Any]:
    return {name: plain(value) for name, value in asdict(line).items()}
