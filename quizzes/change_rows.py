"""The change between two sittings as people read it: in the CMS, its files, and one's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charts.radars import Profile as Web
from charts.radars import Radar
from quizzes.analysis import changes as plain
from quizzes.changing import MeasuredChange
from quizzes.item_rows import percent_of
from quizzes.profiles import RATINGS, WHOLE, Measure, Profile

DIRECTIONS: dict[str, Promise] = {
    plain.MORE: gettext_lazy("Higher than before"),
    plain.LESS: gettext_lazy("Lower than before"),
    plain.UNCLEAR: gettext_lazy("No clear change"),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line. Values are in percent, changes in percentage points; None with too few."""

    dimension: str
    measured_by: str
    n: int
    before: Decimal | None = None
    after: Decimal | None = None
    change: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    direction: str = ""

    @property
    def less(self) -> Decimal:
        """How many points were lost."""
        return -(self.change or Decimal(0))


def change_rows(found: Iterable[MeasuredChange]) -> list[ChangeRow]:
    return [_row(one) for one in found]


def _row(one: MeasuredChange) -> ChangeRow:
    name, by = _name(one.measure, one.name), _measured_by(one.measure)
    change = one.change
    if change is None:
        return ChangeRow(name, by, one.n, direction=_("Too few to say: at least five are needed."))
    return ChangeRow(
        dimension=name,
        measured_by=by,
        n=one.n,
        before=percent_of(change.before),
        after=percent_of(change.after),
        change=percent_of(change.mean),
        low=percent_of(change.low),
        high=percent_of(change.high),
        direction=str(DIRECTIONS[change.direction]),
    )


def own_rows(before: Profile, after: Profile, names: dict[str, str]) -> list[ChangeRow]:
    """Return one person's own values, side by side: no interval, and nobody else's."""
    return [
        ChangeRow(
            dimension=_name(measure, names.get(measure[1], "")),
            measured_by=_measured_by(measure),
            n=1,
            before=percent_of(before[measure]),
            after=percent_of(after[measure]),
            change=percent_of(after[measure] - before[measure]),
        )
        for measure in sorted(before.keys() & after.keys())
    ]


def change_picture(rows: Sequence[ChangeRow], *, name: str = "change") -> Radar | None:
    """Return both profiles in one web; None where there is nothing to show.

    `name` is unique on the page.
    """
    shown = [row for row in rows if row.before is not None and row.after is not None]
    if not shown:
        return None
    return Radar(
        name=name,
        title=_("Before and after"),
        about=_("Means of the same people before and after."),
        head=_("Dimension"),
        spokes=tuple(row.dimension for row in shown),
        profiles=(
            Web(_("Before"), tuple(float(row.before or 0) / 100 for row in shown)),
            Web(_("After"), tuple(float(row.after or 0) / 100 for row in shown)),
        ),
    )


def _name(measure: Measure, name: str) -> str:
    return _("All questions together") if measure[1] == WHOLE else name


def _measured_by(measure: Measure) -> str:
    return _("Own view, share of the scale") if measure[0] == RATINGS else _("Share of the marks")
