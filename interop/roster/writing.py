"""Makes ready what a plan writes, part by part, and writes it within one transaction."""

import pickle
import secrets
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.db.models.constants import OnConflict

from exchanges.models import LanguageSkill, Placement
from interop.roster.keys import reserve
from interop.roster.lookup import Names
from interop.roster.models import RosterTrace, RosterUpload, TraceKind
from interop.roster.places import Places
from interop.roster.plans import Action, PlannedPerson, PlannedStay
from interop.roster.preparing import FASTEST, Prepared, ToWrite
from interop.roster.statements import Statement, carry_out, inserts
from interop.roster.tracing import LANGUAGES, Image, Images, images, plain
from interop.roster.written import NAMED, STAY_COLUMNS, WRITTEN
from people import roles
from people.models import User
from readiness import states

T = TypeVar("T")

BATCH = 500
# Many times faster than bulk_update with its CASE for every row and column.
OVER_THE_RECORDED = {
    "on_conflict": OnConflict.UPDATE,
    "update_fields": [Placement._meta.get_field(name) for name in WRITTEN],
    "unique_fields": [Placement._meta.pk],
}


@dataclass(slots=True)
class PartScript:
    """What is written for some rows, and what it was planned upon."""

    names: Names
    digest: bytes
    statements: list[Statement] = field(default_factory=list)
    renamed: list[PlannedPerson] = field(default_factory=list)
    rewritten: list[int] = field(default_factory=list)

    def write(self) -> None:
        people = [one.pk for one in self.renamed]
        _rename(self.renamed)
        LanguageSkill.objects.filter(placement__in=self.rewritten).delete()
        carry_out(self.statements)
        if people:
            states.mark(Placement.objects.filter(participant__in=people))
        if self.rewritten:
            states.mark(Placement.objects.filter(pk__in=self.rewritten))


class Writer:
    """Makes the scripts of a plan; asks the database for keys and for what will change."""

    def __init__(self, prepared: Prepared, places: Places, upload: RosterUpload | None) -> None:
        counts = prepared.plan.counts
        self._prepared, self._places, self._upload = prepared, places, upload
        self._stay_keys = reserve(Placement, counts[Action.CREATE])
        self._people_keys = reserve(User, prepared.plan.new_people_count)
        self._group = Group.objects.get(name=roles.PARTICIPANTS)
        self._met: dict[str, int] = {}
        self.new_people: list[int] = []

    def scripts(self) -> Iterator[bytes]:
        """Yield the script of each part, packed."""
        for part in self._prepared.taken():
            yield zlib.compress(pickle.dumps(self._script(part)), FASTEST)

    def _script(self, part: ToWrite) -> PartScript:
        script = PartScript(part.names, part.digest)
        everybody = self._prepared.people(part.stays)
        people = [one for one in everybody.values() if one.email not in self._met]
        new = [self._account(one) for one in people if one.pk is None]
        self.new_people += [user.pk for user in new]
        self._met |= {one.email: one.pk for one in people if one.pk is not None}
        script.renamed = [one for one in people if one.is_changed and one.pk is not None]
        script.statements += inserts(new)
        membership = User.groups.through
        script.statements += inserts(
            [membership(user_id=self._met[one.email], group_id=self._group.pk) for one in people],
            on_conflict=OnConflict.IGNORE,
        )
        traces = [
            *self._traces_of_people(new, script.renamed),
            *self._write_stays(part, script),
        ]
        if self._upload is not None:
            script.statements += inserts(traces)
        return script

    def _account(self, person: PlannedPerson) -> User:
        """An account without a password: people are invited to choose one."""
        user = User(
            pk=next(self._people_keys),
            email=person.email,
            first_name=person.given_names,
            last_name=person.family_name,
            global_id=person.global_id,
            time_zone=person.time_zone,
            password=f"{UNUSABLE_PASSWORD_PREFIX}{secrets.token_hex(20)}",
        )
        self._met[person.email] = user.pk
        return user

    def _traces_of_people(
        self, new: list[User], renamed: list[PlannedPerson]
    ) -> Iterator[RosterTrace]:
        before = self._before(TraceKind.PERSON, [one.pk for one in renamed])
        names = [(user.pk, (user.first_name, user.last_name, user.global_id)) for user in new]
        names += [
            (one.pk, (one.given_names, one.family_name, one.global_id))
            for one in renamed
            if one.pk is not None
        ]
        for pk, values in names:
            after = dict(zip(NAMED, values, strict=True))
            yield self._trace(TraceKind.PERSON, pk, before, after)

    def _write_stays(self, part: ToWrite, script: PartScript) -> Iterator[RosterTrace]:
        before = self._before(TraceKind.PLACEMENT, [stay.pk for stay in part.stays])
        new: list[Placement] = []
        recorded: list[Placement] = []
        skills: list[LanguageSkill] = []
        for stay in part.stays:
            values = self._values(stay)
            record = Placement(pk=stay.pk or next(self._stay_keys), **values)
            if stay.omobility_id:
                record.omobility_id = UUID(stay.omobility_id)
            (recorded if stay.pk else new).append(record)
            languages = stay.values.languages
            skills += [
                LanguageSkill(placement_id=record.pk, language=language, cefr_level=level)
                for language, level in languages
            ]
            image = {name: plain(value) for name, value in values.items()}
            image[LANGUAGES] = [list(skill) for skill in languages]
            yield self._trace(TraceKind.PLACEMENT, record.pk, before, image)
        script.rewritten = [record.pk for record in recorded]
        script.statements += inserts(new)
        script.statements += inserts(recorded, **OVER_THE_RECORDED)
        script.statements += inserts(skills)

    def _values(self, stay: PlannedStay) -> dict[str, Any]:
        """The columns that an import writes of a placement."""
        values, exchange = stay.values, self._places.exchanges[stay.exchange]
        country = values.destination_country
        found = (
            stay.person.pk or self._met[stay.person.email],
            self._places.pks[stay.exchange],
            stay.office_pk,
            values.participant_kind,
            values.status,
            values.activity_type,
            values.activity_attributes,
            _own(values.start_date, exchange.start_date),
            _own(values.end_date, exchange.end_date),
            values.leaves_home_on,
            _own(country, exchange.country) or "",
            values.receiving_ounit,
            values.iia_id,
            values.eqf_level,
            values.isced_f_code,
        )
        return dict(zip(STAY_COLUMNS, found, strict=True))

    def _before(self, kind: TraceKind, pks: Iterable[int | None]) -> Images:
        return images(kind, [pk for pk in pks if pk is not None]) if self._upload else {}

    def _trace(self, kind: TraceKind, pk: int, before: Images, after: Image) -> RosterTrace:
        return RosterTrace(
            upload=self._upload, kind=kind, record_pk=pk, before=before.get(pk), after=after
        )


def unpacked(scripts: Iterable[bytes]) -> Iterator[PartScript]:
    for packed in scripts:
        yield pickle.loads(zlib.decompress(packed))  # noqa: S301  packed by this process.


def _own(value: T, common: T) -> T | None:
    return None if value == common else value


def _rename(people: list[PlannedPerson]) -> None:
    User.objects.bulk_update(
        [
            User(
                pk=person.pk,
                first_name=person.given_names,
                last_name=person.family_name,
                global_id=person.global_id,
            )
            for person in people
        ],
        NAMED,
        batch_size=BATCH,
    )
