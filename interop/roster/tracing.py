"""What an import made and changed, told by what the records were before and after it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from exchanges.models import Exchange, Institution, LanguageSkill, Placement
from interop.roster.models import RosterTrace, RosterUpload, TraceKind
from interop.roster.written import MOVED, NAMED, STAY_COLUMNS
from library.batches import batches
from people.models import User

BATCH = 500
MODELS: dict[TraceKind, type[Model]] = {
    TraceKind.PLACEMENT: Placement,
    TraceKind.EXCHANGE: Exchange,
    TraceKind.PERSON: User,
    TraceKind.PARTNER: Institution,
}
FIELDS = {
    TraceKind.PLACEMENT: STAY_COLUMNS,
    TraceKind.EXCHANGE: MOVED,
    TraceKind.PERSON: NAMED,
    TraceKind.PARTNER: (),
}
LANGUAGES = "languages"

Image = dict[str, Any]
Images = dict[int, Image]


def images(kind: TraceKind, pks: Collection[int]) -> Images:
    """What imports write of these records, by pk, as JSON would write it."""
    found: Images = {}
    for some in batches(sorted(pks), BATCH):
        found |= _some_images(kind, some)
    return found


def _some_images(kind: TraceKind, pks: Sequence[int]) -> Images:
    records = MODELS[kind]._default_manager.filter(pk__in=pks).values("pk", *FIELDS[kind])
    found = {
        one["pk"]: {name: plain(value) for name, value in one.items() if name != "pk"}
        for one in records
    }
    if kind is TraceKind.PLACEMENT:
        for image in found.values():
            image[LANGUAGES] = []
        skills = LanguageSkill.objects.filter(placement__in=pks).order_by("language")
        for pk, language, level in skills.values_list("placement", "language", "cefr_level"):
            found[pk][LANGUAGES].append([language, level])
    return found


def plain(value: Any) -> Any:
    """Return a value as JSON writes it."""
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
