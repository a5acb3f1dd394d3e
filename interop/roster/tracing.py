"""What an import made and changed, told by what the records were before and after it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model

from exchanges.models import Exchange, Institution, LanguageSkill, Placement
from interop.roster.models import RosterTrace, RosterUpload, TraceKind
from people.models import User

BATCH = 500
WRITTEN = (
    "participant",
    "exchange",
    "office",
    "audience",
    "status",
    "activity_type",
    "activity_attributes",
    "own_start_date",
    "own_end_date",
    "leaves_home_on",
    "own_country",
    "receiving_ounit",
    "iia_id",
    "eqf_level",
    "isced_f_code",
)
"""The fields of a placement that an import writes."""
MOVED = ("start_date", "end_date")
NAMED = ("first_name", "last_name", "global_id")
MODELS: dict[TraceKind, type[Model]] = {
    TraceKind.PLACEMENT: Placement,
    TraceKind.EXCHANGE: Exchange,
    TraceKind.PERSON: User,
    TraceKind.PARTNER: Institution,
}
FIELDS = {
    TraceKind.PLACEMENT: tuple(Placement._meta.get_field(name).attname for name in WRITTEN),
    TraceKind.EXCHANGE: MOVED,
    TraceKind.PERSON: NAMED,
    TraceKind.PARTNER: (),
}
LANGUAGES = "languages"

Image = dict[str, Any]
Images = dict[int, Image]


def images(kind: TraceKind, pks: Collection[int]) -> Images:
    """What imports write of these records, by pk, as JSON would write it."""
    ordered = sorted(pks)
    found: Images = {}
    for first in range(0, len(ordered), BATCH):
        found |= _some_images(kind, ordered[first : first + BATCH])
    return found


def _some_images(kind: TraceKind, pks: list[int]) -> Images:
    records = MODELS[kind]._default_manager.filter(pk__in=pks).values("pk", *FIELDS[kind])
    found = {
        one["pk"]: {name: _plain(value) for name, value in one.items() if name != "pk"}
        for one in records
    }
    if kind is TraceKind.PLACEMENT:
        for image in found.values():
            image[LANGUAGES] = []
        skills = LanguageSkill.objects.filter(placement__in=pks).order_by("language")
        for pk, language, level in skills.values_list("placement", "language", "cefr_level"):
            found[pk][LANGUAGES].append([language, level])
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def trace(
    upload: RosterUpload,
    *,
    before: Mapping[TraceKind, Images],
    touched: Mapping[TraceKind, Iterable[int]],
) -> None:
    """Keep what became of the records that an import has touched."""
    RosterTrace.objects.bulk_create(
        (
            RosterTrace(
                upload=upload,
                kind=kind,
                record_pk=pk,
                before=before.get(kind, {}).get(pk),
                after=after,
            )
            for kind, pks in touched.items()
            for pk, after in images(kind, set(pks)).items()
        ),
        batch_size=BATCH,
    )
