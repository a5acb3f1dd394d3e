"""The guides: general, regions, countries, and hosts that the site knows."""

import datetime as dt
from typing import Any

from exchanges.models import Institution
from home.course.bodies import comparable
from home.course.ledger import Ledger
from home.course.placing import Placer, stored
from home.course.prose import rich_text
from home.course.reading import Entry, guides, key
from home.models import HomePage
from modules.blocks.answering import GuideBlock
from modules.enums import GuideLayer
from modules.models import (
    CountryGuidePage,
    GuidePage,
    GuidesPage,
    InstitutionGuidePage,
    RegionCountry,
    RegionGuidePage,
)
from people.models import User

LAYERS: dict[str, type[GuidePage]] = {
    GuideLayer.GENERAL: GuidesPage,
    GuideLayer.REGION: RegionGuidePage,
    GuideLayer.COUNTRY: CountryGuidePage,
    GuideLayer.INSTITUTION: InstitutionGuidePage,
}
SAME = ("title", "kept_by", "reviewed_on", "review_on")


def load_guides(ledger: Ledger, *, author: User | None, at: dt.datetime) -> None:
    """Load the missing guides of these layers; that to a host only where the host is known."""
    placer = Placer(ledger, author=author, at=at)
    home = HomePage.objects.order_by("path").first()
    index = GuidesPage.objects.filter(translation_key=key("guide", "general")).first()
    for entry in guides():
        parent = home if entry.data["layer"] == GuideLayer.GENERAL else index
        made = _guide(placer, parent, entry)
        if isinstance(made, GuidesPage):
            index = made


def _guide(placer: Placer, parent: Any, entry: Entry) -> GuidePage | None:
    page_class = LAYERS[entry.data["layer"]]
    particular = _particular(entry.data)
    if particular is None:
        return None
    answers = stored(
        page_class, "answers", GuideBlock(), entry.data["answers"], where=f"guides/{entry.name}"
    )
    wanted = {name: entry.data[name] for name in SAME} | {
        "introduction": rich_text(entry.data["introduction"]),
        **{name: value for name, value in particular.items() if name != "countries"},
    }
    identity = key("guide", entry.name)
    found = page_class.objects.filter(translation_key=identity).first()
    if found:
        told = {"answers": comparable(found.answers.get_prep_value())}
        placer.compare(found, wanted | {"answers": comparable(answers)}, told)
        return found
    page = page_class(translation_key=identity, slug=entry.data["slug"], answers=answers, **wanted)
    if "countries" in particular:
        page.countries = [RegionCountry(country=code) for code in particular["countries"]]
    placer.add(parent, page)
    return page


def _particular(data: dict[str, Any]) -> dict[str, Any] | None:
    """Return what only this layer says; None where the site does not know the host."""
    if data["layer"] == GuideLayer.INSTITUTION:
        host = Institution.objects.filter(hei_id=data["host"]).first()
        return {"institution": host} if host else None
    return {name: data[name] for name in ("country", "countries") if name in data}
