"""Tells people of a change of plan: one letter for each person and change, in their language."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_countries import countries

from exchanges.models import Placement
from jobs.posting import Letter
from people.languages import language_of
from readiness.demands import Demands, names_in
from readiness.effects import Effect, Line
from readiness.enums import AdviceLevel
from readiness.gathering import SHOWN
from readiness.models import ChangeOfPlan, TravelAdvice
from readiness.verdicts import PlacementState


def letters(made: ChangeOfPlan, effects: Sequence[Effect], *, asked: Demands) -> dict[int, Letter]:
    """The letter to each of them by placement: whose plan changes, or of whom more is asked."""
    told = {one.placement_id: one for one in effects if one.plan or _is_told(one)}
    rows = Placement.objects.filter(pk__in=list(told), participant__is_active=True)
    people = list(rows.select_related(*SHOWN))
    names = names_in({language_of(one.participant) for one in people}, asked)
    return {
        one.pk: _letter(made, told[one.pk], one, names[language_of(one.participant)])
        for one in people
    }


def _is_told(one: Effect) -> bool:
    return any(
        line.is_added or line.is_removed or line.is_dated or line.again for line in one.lines
    )


def _letter(
    made: ChangeOfPlan, effect: Effect, placement: Placement, names: dict[str, str]
) -> Letter:
    person = placement.participant
    path = reverse("home:my_exchange", args=[placement.omobility_id])
    with translation.override(language_of(person)), timezone.override(person.time_zone):
        is_cancelled = effect.after == PlacementState.CANCELLED
        context = {
            "name": person.called or person.first_name or str(person),
            "exchange": str(placement.exchange),
            "is_cancelled": is_cancelled,
            "plan": [part.in_words for part in effect.plan],
            "added": _named(names, (one for one in effect.lines if one.is_added)),
            "removed": _named(names, (one for one in effect.lines if one.is_removed)),
            "again": _named(names, (one for one in effect.lines if one.again)),
            "moved": _named(names, (one for one in effect.lines if one.is_dated)),
            "reason": made.reason,
            "link": f"{settings.WAGTAILADMIN_BASE_URL}{path}",
            "office": placement.office.name,
        }
        subject = _("Cancelled: %(exchange)s") if is_cancelled else _("Changed plan: %(exchange)s")
        return Letter(
            key=f"plan:{made.uuid}:{placement.pk}",
            to=person.email,
            subject=(subject % context)[:300],
            text=render_to_string("readiness/email/plan.txt", context).strip() + "\n",
        )


def _named(names: dict[str, str], lines: Iterable[Line]) -> list[tuple[str, Line]]:
    """Each with its name in the language of the letter."""
    return [(names.get(one.key, one.name), one) for one in lines]


def advice_letters(made: TravelAdvice, people: Iterable[Placement]) -> list[Letter]:
    """The letter to each of them about advice that is issued, or withdrawn."""
    return [_advice_letter(made, one) for one in people if one.participant.is_active]


def _advice_letter(made: TravelAdvice, placement: Placement) -> Letter:
    person = placement.participant
    path = reverse("home:my_exchange", args=[placement.omobility_id])
    is_over = made.withdrawn_at is not None
    with translation.override(language_of(person)), timezone.override(person.time_zone):
        country = countries.name(placement.country)
        context = {
            "name": person.called or person.first_name or str(person),
            "exchange": str(placement.exchange),
            "advice": made,
            "level": AdviceLevel(made.level).label,
            "is_over": is_over,
            "country": country,
            "link": f"{settings.WAGTAILADMIN_BASE_URL}{path}",
            "office": placement.office.name,
        }
        over, new = _("Travel advice withdrawn: %(country)s"), _("Travel advice: %(country)s")
        return Letter(
            key=f"advice:{made.uuid}:{placement.pk}{':over' if is_over else ''}",
            to=person.email,
            subject=(over if is_over else new) % {"country": country},
            text=render_to_string("readiness/email/advice.txt", context).strip() + "\n",
        )
