"""What was declared for one country is looked at again for another."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.models import Exchange, Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import declarations, report, states
from readiness.enums import BY_COUNTRY, DeclarationKind
from readiness.errors import NothingDeclaredError, WorkedOnError
from readiness.models import Declaration, OpenRequirement, RequirementSet, StateRow
from readiness.replanning.changing import change, take_back
from readiness.replanning.history import of_placement
from readiness.replanning.previewing import preview
from readiness.replanning.proposals import Proposal, for_exchange, for_placements, moved_to
from readiness.shapes import Cell
from readiness.verdicts import Turn
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    RequirementSetFactory,
)
from tests.readiness.moments import JANUARY
from tests.readiness.test_requirement_sets import text

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
DECLARED = dt.datetime(2027, 1, 3, 12, tzinfo=dt.UTC)
SignIn = Callable[[User], Client]


@pytest.fixture
def spain(placement: Placement, everybody: RequirementSet) -> Placement:
    """Somebody who goes to Spain and has declared passport, visa and insurance for it."""
    Placement.objects.filter(pk=placement.pk).update(own_country="ES")
    placement.refresh_from_db()
    for kind in ("passport", "visa", "insurance"):
        DeclarationRequirementFactory.create(requirement_set=everybody, declaration=kind)
        DeclarationFactory.create(placement=placement, kind=kind, declared_at=DECLARED)
    states.refresh([placement.pk], at=JANUARY)
    return placement


def to(placement: Placement, country: str) -> Proposal:
    return for_placements(Placement.objects.filter(pk=placement.pk), {"own_country": country})


def moved(placement: Placement, country: str, by: User, at: dt.datetime = JANUARY) -> Any:
    made = change(proposal=to(placement, country), reason="The host closed.", by=by, at=at)
    placement.refresh_from_db()
    return made


def cells(placement: Placement, at: dt.datetime = JANUARY) -> dict[str, Cell]:
    found = report.for_placement(placement, as_of=at).cells
    return {str(cell.requirement.asked.target): cell for cell in found}


def statuses(placement: Placement, at: dt.datetime = JANUARY) -> dict[str, str]:
    return {kind: cell.status.value for kind, cell in cells(placement, at).items()}


def test_another_country_asks_again_for_what_depends_on_it(
    spain: Placement, office_coordinator: User
) -> None:
    moved(spain, "SE", office_coordinator)

    assert statuses(spain) == {"passport": "met", "visa": "pending", "insurance": "pending"}
    visa = cells(spain)["visa"].verdict
    assert visa.why == (
        "Declared on 3 January 2027 for Spain. The stay is in Sweden now: please look again."
    )
    assert (visa.turn, visa.fact_at, visa.minutes) == (Turn.PARTICIPANT, DECLARED, 5)
    assert visa.link == reverse("readiness:declaration", args=[spain.omobility_id, "visa"])
    row = StateRow.objects.get()
    assert (row.met, row.required) == (1, 3)
    assert set(OpenRequirement.objects.values_list("key", flat=True)) == {
        "declaration:visa",
        "declaration:insurance",
    }


def test_the_old_word_stays_and_a_new_one_is_given_beside_it(
    spain: Placement, office_coordinator: User
) -> None:
    moved(spain, "SE", office_coordinator)
    made = declarations.declare(
        placement=spain, kind=DeclarationKind.VISA, by=spain.participant, at=JANUARY + HOUR
    )

    assert made.country == "SE"
    assert statuses(spain, JANUARY + HOUR)["visa"] == "met"
    both = Declaration.objects.filter(kind="visa").order_by("declared_at")
    assert [(one.country, one.withdrawn_at) for one in both] == [("ES", None), ("SE", None)]
    again = declarations.declare(
        placement=spain, kind=DeclarationKind.VISA, by=spain.participant, at=JANUARY + 2 * HOUR
    )
    assert again == made
    moved(spain, "ES", office_coordinator, at=JANUARY + 3 * HOUR)
    assert statuses(spain, JANUARY + 3 * HOUR)["visa"] == "met"


def test_the_word_for_the_other_country_is_neither_confirmed_nor_taken_back(
    spain: Placement, office_coordinator: User
) -> None:
    moved(spain, "SE", office_coordinator)
    with pytest.raises(NothingDeclaredError):
        declarations.verify(
            placement=spain, kind=DeclarationKind.VISA, by=office_coordinator, at=JANUARY
        )
    declarations.withdraw(
        placement=spain, kind=DeclarationKind.VISA, by=spain.participant, at=JANUARY
    )

    assert Declaration.objects.get(kind="visa").withdrawn_at is None


def test_taking_the_change_back_brings_the_old_state_back(
    spain: Placement, office_coordinator: User
) -> None:
    before = report.for_placement(spain, as_of=JANUARY)
    made = moved(spain, "SE", office_coordinator)
    take_back(made=made, reason="It stays open.", by=office_coordinator, at=JANUARY + HOUR)
    spain.refresh_from_db()

    after = report.for_placement(spain, as_of=JANUARY)
    assert [cell.verdict for cell in after.cells] == [cell.verdict for cell in before.cells]
    assert (StateRow.objects.get().met, after.state) == (3, "ready")


def test_who_has_declared_anew_has_worked_on_it(spain: Placement, office_coordinator: User) -> None:
    made = moved(spain, "SE", office_coordinator)
    declarations.declare(
        placement=spain, kind=DeclarationKind.VISA, by=spain.participant, at=JANUARY + HOUR
    )
    with pytest.raises(WorkedOnError):
        take_back(made=made, reason="No.", by=office_coordinator, at=JANUARY + 2 * HOUR)


def test_preview_letter_and_history_say_what_is_declared_again(
    spain: Placement, office_coordinator: User
) -> None:
    (effect,) = preview(to(spain, "SE"), at=JANUARY).effects
    assert sorted(effect.again) == ["Insurance", "Visa"]
    assert effect.moved == ()
    assert "to be declared again: " in effect.in_words
    assert (effect.before, effect.after) == ("ready", "not_ready")
    moved(spain, "SE", office_coordinator)

    letter = OutgoingMail.objects.get().text
    assert "Please look at this again, because you go to another country:" in letter
    assert "- Visa: due by 1 February 2027" in letter
    assert "Everything else that you have done already counts as before." in letter
    assert "Passport" not in letter
    (entry,) = of_placement(spain, at=JANUARY)
    assert sorted(entry.again) == ["Insurance", "Visa"]


def test_the_country_of_the_whole_exchange_counts_too(
    spain: Placement, office_coordinator: User
) -> None:
    Placement.objects.update(own_country="")
    Exchange.objects.update(destination_country="ES")
    exchange = Exchange.objects.get()
    (effect,) = preview(
        for_exchange(exchange, {"destination_country": "SE"}, at=JANUARY), at=JANUARY
    ).effects

    assert sorted(effect.again) == ["Insurance", "Visa"]


def test_who_moves_to_another_exchange_in_the_same_country_is_not_asked_again(
    spain: Placement, office_coordinator: User
) -> None:
    there, elsewhere = (ExchangeFactory.create(host__country=code) for code in ("ES", "JP"))
    own = Placement.objects.filter(pk=spain.pk)
    found = [
        preview(for_placements(own, moved_to(one)), at=JANUARY).effects[0]
        for one in (there, elsewhere)
    ]

    assert [len(one.again) for one in found] == [0, 2]


def test_what_is_newly_asked_is_not_said_twice(
    placement: Placement, office_coordinator: User
) -> None:
    Placement.objects.update(own_country="ES")
    DeclarationFactory.create(placement=placement, kind="visa", country="ES")
    DeclarationRequirementFactory.create(
        requirement_set=RequirementSetFactory.create(country="SE"), declaration="visa"
    )
    (effect,) = preview(to(placement, "SE"), at=JANUARY).effects

    assert (effect.added, effect.again) == (("Visa",), ())


def test_advice_for_one_country_is_not_read_for_another(
    placement: Placement, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody, declaration="travel_advice")
    DeclarationFactory.create(placement=placement, kind="travel_advice", country="JP")

    assert statuses(placement) == {"travel_advice": "pending"}


def test_the_pages_say_it_and_the_participant_declares_anew(
    spain: Placement, office_coordinator: User, signed_in: SignIn
) -> None:
    Exchange.objects.update(
        start_date=timezone.localdate() + dt.timedelta(days=60),
        end_date=timezone.localdate() + dt.timedelta(days=150),
    )
    long_ago = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)
    Declaration.objects.update(declared_at=long_ago)
    moved(spain, "SE", office_coordinator, at=timezone.now())
    desk = text(signed_in(office_coordinator).get(place("departures:placement", spain)))
    assert "Declared on 3 March 2026 for Spain." in desk
    assert "Visa declared (Spain)" in desk
    assert "To be declared again: " in desk

    own = signed_in(spain.participant)
    assert "The stay is in Sweden now" in text(own.get(place("home:my_exchange", spain)))
    page = text(own.get(place("readiness:declaration", spain, "visa")))
    assert "Declared on 3 March 2026 for Spain." in page
    assert "Yes, I declare that" in page
    own.post(place("readiness:declare", spain, "visa"))
    assert Declaration.objects.filter(kind="visa", country="SE").exists()
    assert "This is no longer so" in text(own.get(place("readiness:declaration", spain, "visa")))


def place(name: str, placement: Placement, *more: str) -> str:
    return reverse(name, args=[placement.omobility_id, *more])


def test_the_database_keeps_one_word_for_a_country(spain: Placement) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        DeclarationFactory.create(placement=spain, kind="visa")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeclarationFactory.create(placement=spain, kind="passport")


def test_words_from_before_are_about_where_people_go_now(spain: Placement) -> None:
    by_host = PlacementFactory.create(exchange__host__country="JP")
    by_exchange = PlacementFactory.create(exchange__destination_country="NO")
    for one in (by_host, by_exchange):
        DeclarationFactory.create(placement=one, kind="visa")
    Declaration.objects.update(country="")
    migration = import_module("readiness.migrations.0016_declarations_for_a_country")
    migration.say_for_which_country(apps, None)

    said = Declaration.objects.values_list("placement", "kind", "country")
    assert set(said) == {
        (spain.pk, "passport", ""),
        (spain.pk, "visa", "ES"),
        (spain.pk, "insurance", "ES"),
        (by_host.pk, "visa", "JP"),
        (by_exchange.pk, "visa", "NO"),
    }
    assert set(migration.BY_COUNTRY) == set(BY_COUNTRY)
