"""What lies on the desk of an office: people, invitations, rosters."""

import datetime as dt
from dataclasses import asdict

from exchanges.models import Exchange, Office, Placement
from interop.models import RosterUpload
from interop.roster.applying import Outcome
from interop.roster.models import TraceKind
from interop.roster.tracing import trace
from people import invitations
from readiness import sharing
from tests.browser.access.worlds.names import LONG, UNBROKEN, World
from tests.factories.exchanges import PlacementFactory
from tests.factories.notes import NoteFactory
from tests.factories.partners import PartnerLinkFactory
from tests.factories.people import (
    AdministratorFactory,
    CoordinatorFactory,
    InvitedFactory,
    ObserverFactory,
    ParticipantFactory,
    TrainerFactory,
)
from tests.factories.readiness import ErrandFactory
from tests.factories.reminders import (
    LetterTextFactory,
    MessageFactory,
    OfficePlanFactory,
    ReminderFactory,
)
from tests.interop.rosters import roster

PARTNER = "partner-of-the-tests"


def people_of_every_role(world: World) -> None:
    world.people = {
        "busy": ParticipantFactory.create(
            first_name="Ana", last_name="Castellanos", called="Ani", pronouns="she/her"
        ),
        "ready": ParticipantFactory.create(first_name="Ben", last_name="Okafor"),
        "back": ParticipantFactory.create(first_name="Chiara", last_name="Moretti"),
        "long": ParticipantFactory.create(first_name="Wolfgang " * 4, last_name=UNBROKEN),
        "newcomer": ParticipantFactory.create(first_name="Noor", last_name="Visser"),
        "trainer": TrainerFactory.create(),
        "coordinator": CoordinatorFactory.create(),
        "observer": ObserverFactory.create(),
        "administrator": AdministratorFactory.create(),
    }


def invite(world: World, *, at: dt.datetime) -> None:
    open_letter, used = invitations.write(
        [InvitedFactory.create(first_name="Ilse"), InvitedFactory.create()], by=None, at=at
    )
    used.invitation.revoked_at = at
    used.invitation.save()
    world.addresses |= {
        "invitation": open_letter.token,
        "closed_invitation": used.token,
        "invited": open_letter.invitation.user.uuid,
    }
    office = Office.objects.get(name="International office")
    PlacementFactory.create(participant=open_letter.invitation.user, office=office)


def share(world: World, exchange: Exchange) -> None:
    """An observer, notes, and links by which the host sees who comes."""
    office = Office.objects.get(name="International office")
    office.observers.add(world.people["observer"])
    link = PartnerLinkFactory.create(exchange=exchange, office=office, token=PARTNER)
    sharing.open_with(PARTNER, at=link.created_at)
    PartnerLinkFactory.create(
        exchange=exchange, office=office, token="over", label=f"{LONG} {UNBROKEN}"[:120],
        expires_at=link.created_at + dt.timedelta(days=1),
    )  # fmt: skip
    note = NoteFactory.create(placement=None, exchange=exchange, text=f"{LONG} {UNBROKEN}")
    NoteFactory.create(
        placement=None, exchange=exchange,
        withdrawn_by=world.people["coordinator"], withdrawn_at=link.created_at,
    )  # fmt: skip
    world.addresses |= {
        "note_pk": note.pk, "partner": PARTNER,
        "partner_link_pk": link.pk, "exchange_code": exchange.code,
    }  # fmt: skip


def remind(world: World, *, at: dt.datetime) -> None:
    """Rules and words of an office's own, a letter that was sent, and waivers being granted."""
    office = Office.objects.get(name="International office")
    busy = Placement.objects.get(
        participant=world.people["busy"], office=office, exchange__host__name="Harbour University"
    )
    OfficePlanFactory.create(office=office)
    LetterTextFactory.create(office=office, subject=f"{LONG}: {{name}}")
    letter = MessageFactory.create(
        person=busy.participant, subject=f"{LONG} {UNBROKEN}", posted_at=at
    )
    ReminderFactory.create(placement=busy, message=letter)
    errands = [
        ErrandFactory.create(asked_by=world.people["coordinator"], asked_at=at, **fields)
        for fields in (
            {
                "finished_at": at,
                "counts": {"waived": 2, "changed": 1},
                "total": 3,
                "taken": 3,
                "placements": [1, 2, 3],
            },
            {"finished_at": None, "counts": {"waived": 1}, "total": 3, "placements": [1, 2, 3]},
        )
    ]
    world.addresses |= {
        "letter_pk": letter.pk,
        "errand_done": errands[0].uuid,
        "errand": errands[1].uuid,
    }


def upload_rosters(world: World, *, at: dt.datetime) -> None:
    good = {"sending_ounit": Office.objects.get(name="International office").code}
    for name, content in {
        "roster": roster(good, good | {"email": "not an address", "start_date": "soon"}),
        "imported": roster(good),
    }.items():
        upload = RosterUpload.objects.create(
            filename=f"{name}.csv",
            content=content,
            uploaded_by=world.people["coordinator"],
            uploaded_at=at,
        )
        world.addresses[name] = upload.uuid
    done = RosterUpload.objects.create(
        filename="done.csv",
        content=b"",
        uploaded_by=world.people["coordinator"],
        uploaded_at=at,
        applied_at=at,
        summary=asdict(Outcome(created=2)),
    )
    placements = Placement.objects.filter(office__code=good["sending_ounit"]).order_by("pk")
    made = placements.values_list("pk", flat=True)[:2]
    trace(done, before={}, touched={TraceKind.PLACEMENT: list(made)})
    world.addresses["roster_done"] = done.uuid
    half = RosterUpload.objects.create(
        filename="half.csv",
        content=b"",
        uploaded_by=world.people["coordinator"],
        uploaded_at=at,
        applied_at=at,
        summary=asdict(Outcome(created=2)),
        undo_begun_at=at,
        undone_by=world.people["coordinator"],
        undone={"placement:remove": 1},
    )
    trace(half, before={}, touched={TraceKind.PLACEMENT: list(made)[:1]})
    world.addresses["roster_half"] = half.uuid
