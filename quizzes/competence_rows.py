"""Competences as people read them: for each kind of evidence a picture, and lines of a file."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from charts.radars import Radar
from charts.rows import Row, Rows
from quizzes.change_rows import ChangeRow, change_picture, change_rows
from quizzes.changing import MeasuredChange
from quizzes.competences import Evidence, Shown, Standing, Subject
from quizzes.item_rows import percent_of

TITLES: dict[Evidence, Promise] = {
    Evidence.KNOWLEDGE: gettext_lazy("What was known: quizzes"),
    Evidence.SITUATIONS: gettext_lazy("What was chosen: situations"),
    Evidence.RUBRICS: gettext_lazy("What was written or done: marked by a rubric"),
    Evidence.SELF: gettext_lazy("Own view: self-assessments"),
}
ABOUT: dict[Evidence, Promise] = {
    Evidence.KNOWLEDGE: gettext_lazy("Share of the marks for questions with a right answer."),
    Evidence.SITUATIONS: gettext_lazy("Share of what the strongest choice is worth."),
    Evidence.RUBRICS: gettext_lazy("Level that a trainer has found, as a share of the highest."),
    Evidence.SELF: gettext_lazy(
        "What people say of themselves, as a share of the scale. It proves nothing, and never "
        "counts towards being ready."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One dimension by one kind of evidence, in percent; what is not shown is None."""

    evidence: str
    dimension: str
    people: int | None
    value: Decimal | None
    change: ChangeRow | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of evidence. `few` and `missing` name the dimensions that no bar stands for."""

    name: str
    title: str
    about: str
    levels: Rows
    changes: tuple[ChangeRow, ...] = ()
    picture: Radar | None = None
    few: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    withheld: str = ""
    lines: tuple[Line, ...] = field(default=())


def group_blocks(standings: list[Standing], *, of: int) -> list[Block]:
    """What `of` people have shown together; nothing of fewer than five of them."""
    return [
        _group_block(evidence, [one for one in standings if one.evidence == evidence], of)
        for evidence in Evidence
    ]


def own_blocks(
    shown: Mapping[Subject, Shown], names: Mapping[str, str], *, with_own_view: bool
) -> list[Block]:
    """What one person has shown. Without own view the self-assessments say only when."""
    return [
        _own_block(evidence, shown, names)
        if with_own_view or evidence != Evidence.SELF
        else _withheld(shown)
        for evidence in Evidence
    ]


def file_rows(blocks: list[Block]) -> Iterator[list[str | int]]:
    """A heading and a line for each dimension by each kind of evidence, as on the page."""
    yield [
        _("Evidence"), _("Dimension"), _("People"), _("Value (%)"), _("People, before and after"),
        _("Before (%)"), _("After (%)"), _("Change (points)"), _("What it says"), _("Note"),
    ]  # fmt: skip
    for block in blocks:
        for line in block.lines:
            change = line.change
            yield [
                block.title,
                line.dimension,
                "" if line.people is None else line.people,
                _number(line.value),
                change.n if change and change.change is not None else "",
                _number(change.before if change else None),
                _number(change.after if change else None),
                _number(change.change if change else None),
                change.direction if change else "",
                line.note,
            ]


def _group_block(evidence: Evidence, standings: list[Standing], of: int) -> Block:
    lines = tuple(_group_line(one) for one in standings)
    changes = tuple(line.change for line in lines if line.change)
    return _block(
        evidence,
        lines,
        bars=[
            Row(
                line.dimension,
                float(line.value),
                _("%(n)s of %(all)s people") % {"n": line.people, "all": of},
            )
            for line in lines
            if line.value is not None
        ],
        changes=changes,
        few=tuple(one.name for one in standings if one.people and one.value is None),
        missing=tuple(one.name for one in standings if not one.people),
    )


def _group_line(one: Standing) -> Line:
    change = None
    if one.change:
        measure = (str(one.evidence), one.dimension)
        (change,) = change_rows([MeasuredChange(measure, one.name, one.changed, one.change)])
    if one.people and one.value is None:
        note = _("Fewer than five people: not shown.")
    else:
        note = "" if one.people else _("Nothing yet.")
    shown = one.people if one.value is not None or not one.people else None
    return Line(str(one.evidence), one.name, shown, percent_of(one.value), change, note)


def _own_block(
    evidence: Evidence, shown: Mapping[Subject, Shown], names: Mapping[str, str]
) -> Block:
    if not any(kind == evidence for kind, _key in shown):
        return _block(evidence, (), bars=[])
    lines = tuple(
        _own_line(evidence, name, shown.get((evidence, key))) for key, name in names.items()
    )
    return _block(
        evidence,
        lines,
        bars=[
            Row(line.dimension, float(line.value), line.note)
            for line in lines
            if line.value is not None
        ],
        changes=tuple(line.change for line in lines if line.change),
        missing=tuple(line.dimension for line in lines if line.value is None),
    )


def _own_line(evidence: Evidence, name: str, one: Shown | None) -> Line:
    if one is None:
        return Line(str(evidence), name, 0, None, note=_("Nothing yet."))
    note = _shown_by(one)
    change = None
    if one.before is not None and one.after is not None:
        change = ChangeRow(
            dimension=name,
            measured_by=str(ABOUT[evidence]),
            n=1,
            before=percent_of(one.before),
            after=percent_of(one.after),
            change=percent_of(one.after - one.before),
            direction=_direction(one.after - one.before),
        )
    return Line(str(evidence), name, 1, percent_of(one.value), change, note)


def _direction(change: float) -> str:
    points = percent_of(change)
    if not points:
        return _("The same")
    return _("Higher than before") if points > 0 else _("Lower than before")


def _shown_by(one: Shown) -> str:
    day = _day(one.last_at)
    if one.quizzes and one.tasks:
        return _("%(quizzes)s and %(tasks)s, the last on %(day)s") % {
            "quizzes": ngettext("%(n)s quiz", "%(n)s quizzes", one.quizzes) % {"n": one.quizzes},
            "tasks": ngettext("%(n)s task", "%(n)s tasks", one.tasks) % {"n": one.tasks},
            "day": day,
        }
    if one.tasks:
        words = ngettext("%(n)s task, on %(day)s", "%(n)s tasks, the last on %(day)s", one.tasks)
        return words % {"n": one.tasks, "day": day}
    words = ngettext("%(n)s quiz, on %(day)s", "%(n)s quizzes, the last on %(day)s", one.quizzes)
    return words % {"n": one.quizzes, "day": day}


def _withheld(shown: Mapping[Subject, Shown]) -> Block:
    own = [one for (kind, _key), one in shown.items() if kind == Evidence.SELF]
    words = _("Nothing yet.")
    if own:
        words = _(
            "Done, the last on %(day)s. What it says is for the person alone; in an exchange of "
            "five or more it is part of the mean."
        ) % {"day": _day(max(one.last_at for one in own))}
    line = Line(str(Evidence.SELF), "", None, None, note=words)
    return _block(Evidence.SELF, (line,) if own else (), bars=[], withheld=words)


def _block(
    evidence: Evidence,
    lines: tuple[Line, ...],
    *,
    bars: list[Row],
    changes: tuple[ChangeRow, ...] = (),
    few: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    withheld: str = "",
) -> Block:
    return Block(
        name=str(evidence),
        title=str(TITLES[evidence]),
        about=str(ABOUT[evidence]),
        levels=Rows(
            name=f"levels-{evidence}",
            title=_("Where it stands"),
            head=_("Dimension"),
            unit=_("Share"),
            rows=tuple(bars),
            whole=100,
            suffix=" %",
        ),
        changes=changes,
        picture=change_picture(changes, name=f"change-{evidence}"),
        few=few,
        missing=missing,
        withheld=withheld,
        lines=lines,
    )


def _day(moment: dt.datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


def _number(value: Decimal | None) -> str:
    return "" if value is None else str(value)
