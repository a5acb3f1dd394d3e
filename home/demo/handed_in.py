"""What some of the demo's people handed in for the first task of a module."""

import datetime as dt

from exchanges.models import Placement
from home.course.ledger import Ledger
from modules.models import ImmersionTaskPage, ModulePage
from people.models import User
from progress.immersion.deciding import decide
from progress.immersion.handing_in import hand_in
from progress.recording import open_lesson

SEEN = (
    "A bakery at eight. Nine people, one queue along the wall. Whoever comes in says one word to "
    "nobody and looks at the last in the queue. Nobody looks at a phone. When two stand side by "
    "side, the elder one is asked first, although the younger one had come before.\n\n"
    "First reading: age goes first. Second reading: the baker knows who has to catch the bus. I "
    "could watch on a Sunday, when no bus goes."
)
JUDGED = (
    "People in the library were quite unfriendly. They did not greet, and when I asked for the "
    "printer they were annoyed. I think that they do not like strangers."
)
WANTED = (
    "I would like to see the printer with you, before anybody was annoyed: what was said, and what "
    "did they do? “Annoyed” is your reading, and it may be right. Give me one more that could be."
)
PRAISE = "The bus timetable on a Sunday: that is a test I would not have thought of. Thank you."


def load_tasks(ledger: Ledger, *, module: ModulePage, reader: User, at: dt.datetime) -> None:
    """Let three people hand in: one waits, one is asked again, one is accepted."""
    found = ImmersionTaskPage.objects.child_of(module).live().order_by("path").first()
    placements = (
        Placement.objects.active()
        .filter(exchange__start_date__lt=at.date())
        .select_related("participant")
        .order_by("-exchange__start_date", "pk")
    )
    people = list({one.participant_id: one.participant for one in placements[:20]}.values())[:3]
    if found is None:
        return
    texts = (SEEN, JUDGED, SEEN)
    for days, (person, text) in enumerate(zip(people, texts, strict=False), start=2):
        moment = at - dt.timedelta(days=days)
        open_lesson(participant=person, lesson=found, at=moment)
        made = hand_in(participant=person, task=found, text=text, link="", at=moment)
        if days == 2:  # noqa: PLR2004  the one handed in last still waits.
            continue
        accepts = text == SEEN
        decide(
            submission=made,
            accepts=accepts,
            comment=PRAISE if accepts else WANTED,
            rows=found.rubric_rows,
            levels={str(row.id): 2 if accepts else 0 for row in found.rubric_rows},
            by=reader,
            at=moment + dt.timedelta(hours=20),
            link_to="/",
        )
    ledger.made.append("tasks handed in")
