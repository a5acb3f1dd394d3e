"""One row against what is recorded: whom, where and which placement it means. Plain Python."""

from dataclasses import dataclass, field

from interop.roster import zones
from interop.roster.entries import Entry
from interop.roster.known import (
    Exchange,
    ExchangeKey,
    HostName,
    Known,
    Office,
    Partner,
    Person,
    Stay,
)
from interop.roster.plans import PlannedPerson
from interop.roster.problems import Fault, Problem, shown


@dataclass(slots=True)
class Match:
    """What a row means, and every reason why it cannot be taken."""

    entry: Entry
    problems: list[Problem] = field(default_factory=list)
    office: Office | None = None
    partner: Partner | None = None
    person: PlannedPerson | None = None
    account: Person | None = None
    exchange: Exchange | None = None
    stay: Stay | None = None

    @property
    def is_refused(self) -> bool:
        return any(not problem.is_remark for problem in self.problems)

    @property
    def key(self) -> ExchangeKey:
        entry = self.entry
        partner = self.partner.key if self.partner else ""
        return ExchangeKey(entry.programme, partner, entry.receiving_academic_year, entry.term)

    def blame(self, fault: Fault, column: str, detail: str = "") -> None:
        value = getattr(self.entry, column)
        text = "" if value is None else shown(str(value))
        self.problems.append(Problem(fault, self.entry.row, column, text, detail))


def match(entry: Entry, known: Known) -> Match:
    """Return what the row means; a refused match may lack any part."""
    found = Match(entry)
    _match_office(found, known)
    if entry.programme not in known.programmes:
        found.blame(Fault.UNKNOWN_PROGRAMME, "programme", ", ".join(sorted(known.programmes)))
    _match_partner(found, known)
    _match_person(found, known)
    if found.partner and found.person:
        _match_stay(found, known)
    return found


def _match_office(found: Match, known: Known) -> None:
    entry = found.entry
    office = known.offices.get(entry.sending_ounit.casefold())
    if office is None:
        found.blame(Fault.UNKNOWN_OFFICE, "sending_ounit")
        return
    if not office.is_answered_for:
        found.blame(Fault.OTHER_OFFICE, "sending_ounit")
    if entry.sending_hei and entry.sending_hei != office.hei_id:
        found.blame(Fault.OTHER_SENDER, "sending_hei", office.hei_id)
    found.office = office


def _match_partner(found: Match, known: Known) -> None:
    entry = found.entry
    name = HostName((entry.receiving_hei_name or "").casefold(), entry.receiving_country or "")
    if entry.receiving_hei:
        partner = known.partners.get(entry.receiving_hei)
        namesake = known.partners_by_name.get(name)
        if not partner and namesake:
            found.blame(Fault.HOST_NAME_TAKEN, "receiving_hei_name", namesake.hei_id or "")
            return
    else:
        partner = known.partners_by_name.get(name)
    found.partner = _recorded(found, partner) if partner else _new_partner(found)


def _recorded(found: Match, partner: Partner) -> Partner:
    country = found.entry.receiving_country
    if partner.is_home:
        found.blame(Fault.OWN_INSTITUTION, "receiving_hei")
    if country and country != partner.country:
        found.blame(Fault.HOST_IN_OTHER_COUNTRY, "receiving_country", partner.country)
    return partner


def _new_partner(found: Match) -> Partner | None:
    entry = found.entry
    name, country = entry.receiving_hei_name, entry.receiving_country
    if not name:
        found.blame(Fault.HOST_NEEDS_NAME, "receiving_hei_name", entry.receiving_hei or "")
    if not country:
        found.blame(Fault.HOST_NEEDS_COUNTRY, "receiving_country")
    if not name or not country:
        return None
    time_zone = entry.receiving_time_zone or zones.only_zone_of(country)
    if not time_zone:
        found.blame(Fault.HOST_NEEDS_TIME_ZONE, "receiving_time_zone", country)
        return None
    return Partner(None, entry.receiving_hei, name, country, time_zone)


def _match_person(found: Match, known: Known) -> None:
    entry = found.entry
    recorded = found.account = known.people.get(entry.email)
    holder = known.emails_by_global_id.get(entry.global_id or "")
    if holder and holder != entry.email:
        found.blame(Fault.STUDENT_ID_OF_OTHER, "global_id")
    time_zone = found.office.time_zone if found.office else ""
    names = (entry.given_names, entry.family_name)
    if recorded is None:
        found.person = PlannedPerson(None, entry.email, *names, entry.global_id, time_zone)
        return
    if not recorded.is_active:
        found.blame(Fault.CLOSED_ACCOUNT, "email")
    if entry.global_id and recorded.global_id not in (None, entry.global_id):
        found.blame(Fault.OTHER_STUDENT_ID, "global_id")
    before = (recorded.given_names, recorded.family_name, recorded.global_id)
    after = (*names, entry.global_id or recorded.global_id)
    if before != after and not recorded.may_be_updated:
        found.blame(Fault.NAME_KEPT, "email")
        after = before
    found.person = PlannedPerson(
        recorded.pk, entry.email, *after, time_zone, is_changed=before != after
    )


def _match_stay(found: Match, known: Known) -> None:
    entry = found.entry
    found.exchange = known.exchanges.get(found.key)
    named = known.stays.get(entry.omobility_id) if entry.omobility_id else None
    there = known.stays_by_place.get((entry.email, found.key))
    if named and not named.is_answered_for:
        found.blame(Fault.MOBILITY_ELSEWHERE, "omobility_id")
    elif named and named.email != entry.email:
        found.blame(Fault.MOBILITY_OF_OTHER, "omobility_id")
    elif there and there is not named:
        _blame_double(found, there)
    found.stay = named or there
    _check_leave(found)
    if found.exchange and entry.receiving_time_zone not in (None, found.exchange.time_zone):
        found.blame(Fault.TIME_ZONE_KEPT, "receiving_time_zone", found.exchange.time_zone)


def _blame_double(found: Match, there: Stay) -> None:
    """A placement of this person on this exchange is recorded under another mobility ID."""
    if not there.is_answered_for:
        found.blame(Fault.MOBILITY_ELSEWHERE, "email")
    elif found.entry.omobility_id:
        found.blame(Fault.ON_EXCHANGE_ALREADY, "omobility_id", str(there.omobility_id))


def _check_leave(found: Match) -> None:
    """A recorded day of leaving home stays where the row names none, and must still fit."""
    entry = found.entry
    leaves = found.stay.values.leaves_home_on if found.stay else None
    if leaves and not entry.leaves_home_on and leaves > entry.start_date:
        start = str(entry.start_date)
        problem = Problem(Fault.LEAVES_AFTER_START, entry.row, "leaves_home_on", str(leaves), start)
        found.problems.append(problem)
