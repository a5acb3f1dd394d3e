"""What the demo's student wrote into the journal, and what of it is shared."""

import datetime as dt

from home.course.ledger import Ledger
from modules.languages import originals
from modules.models import LessonPage
from people.models import User
from progress.journal.replying import note_replies_read, reply
from progress.journal.sharing import share
from progress.journal.writing import Question, answer_question, begin_entry
from progress.models import LessonRecord

OWN = (
    "Two hours at the town hall today, to get ready for the form I will need there. Nobody was "
    "unfriendly, and I still came home angry. What did I expect? That somebody would see that I "
    "was lost. Nobody looks up here, at home either. I never had to notice."
)
SHARED = (
    "My tutor cut me off when I told her what I did not understand, and I thought: she does not "
    "care. A camera would have seen her look at the clock, and a queue of six at the door. I would "
    "like to know how others ask for more time without taking it from somebody."
)
REPLY = (
    "Thank you for sharing this. You left your first reading and went back to what could be seen: "
    "that is the whole exercise. What would you write to her, in three lines, to ask for ten "
    "minutes on another day?"
)
ANSWER = (
    "I thought that being on time was about respect. Then my flatmate told me that her family "
    "comes late so that the host is never caught half dressed. I had only ever seen the one side."
)


def load_journal(ledger: Ledger, *, writer: User, reader: User, at: dt.datetime) -> None:
    """Write an own entry, an answer to a lesson's question, and one that has a reply."""
    begin_entry(
        participant=writer, title="Town hall", text=OWN, at=at - dt.timedelta(days=5, hours=3)
    )
    shared_at = at - dt.timedelta(days=4)
    entry = begin_entry(participant=writer, title="Ten minutes", text=SHARED, at=shared_at)
    shared = share(entry=entry, at=shared_at)
    note_replies_read(entry=entry, at=at)
    reply(sharing=shared, text=REPLY, by=reader, at=at - dt.timedelta(days=2), link_to="/")
    question = _first_question(writer)
    if question:
        answered_at = at - dt.timedelta(days=1)
        answer = answer_question(participant=writer, question=question, text=ANSWER, at=answered_at)
        share(entry=answer, at=answered_at)
    ledger.made.append("a journal")


def _first_question(reader: User) -> Question | None:
    """The first question of a lesson that this person has opened."""
    opened = LessonRecord.objects.filter(participant=reader).values("lesson_key")
    for lesson in (
        originals(LessonPage.objects.live()).filter(translation_key__in=opened).order_by("path")
    ):
        for block in lesson.body:
            if block.block_type == "reflection":
                prompt = block.value["prompt"]
                return Question(lesson.translation_key, lesson.title, block.id, prompt)
    return None
