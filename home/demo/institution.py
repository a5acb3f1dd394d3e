"""Northfield University: the institution, its offices and its programmes."""

from pathlib import Path

from exchanges.models import Institution, Office, Programme
from home.course.ledger import Ledger
from home.course.reading import read

FILE = Path(__file__).parent / "content" / "institution.toml"


def load_institution(ledger: Ledger) -> None:
    """Make what the sample roster names and the site lacks; change nothing that is there."""
    data = read(FILE)
    home, is_new = Institution.objects.get_or_create(
        hei_id=data["home"].pop("hei_id"), defaults=data["home"] | {"is_home": True}
    )
    if is_new:
        ledger.made.append(f"institution “{home}”")
    offices = {office.code: office for office in Office.objects.all()}
    for line in data["offices"]:
        if line["code"] in offices:
            continue
        above = offices.get(line.pop("below", ""))
        fields = line | {"institution": home, "time_zone": home.time_zone}
        office = above.add_child(**fields) if above else Office.add_root(**fields)
        offices[office.code] = office
        ledger.made.append(f"office “{office}”")
    for line in data["programmes"]:
        programme, is_new = Programme.objects.get_or_create(
            code=line["code"], defaults={"name": line["name"]}
        )
        if is_new:
            ledger.made.append(f"programme “{programme}”")
