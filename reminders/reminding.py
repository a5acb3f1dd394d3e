"""Reminds people of what they still have to do: one letter for each person at a time.

A letter, the message that logs it and the things it told of are written in one
transaction that holds the person: two runners at once tell everything once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from jobs.models import OutgoingMail
from jobs.posting import Letter, post
from people.languages import language_of
from people.models import User
from readiness import states
from readiness.demands import Demands, demands, names_in
from readiness.models import OpenRequirement
from reminders.due import Lines, due, open_now, rested
from reminders.enums import LetterKind
from reminders.letters import JOINED, compose
from reminders.models import Message, Reminder
from reminders.planning import plans
from reminders.texts import Words, words_of_offices
from reminders.timing import USUAL, Plan

BATCH = 50
"""People who are written to in one transaction."""
MOST_BATCHES = 20
NAME_LENGTH = Reminder._meta.get_field("requirement_name").max_length


def remind_due(*, at: dt.datetime) -> int:
    """Post what the clock has to tell now; a job of `settings.PERIODIC_JOBS`.

    Returns the number of letters. Who sleeps now, or comes after the first thousand, has
    a turn at a later run.
    """
    asked = demands(as_of=at)
    current = states.fingerprint(asked)
    own = plans()
    writer = Writer(asked, own, at=at, words=words_of_offices())
    waiting = due(rested(open_now(asked=current, at=at), at=at), plans=own, at=at)
    sent = 0
    for _batch in range(MOST_BATCHES):
        people = waiting.order_by("row__participant_id").values_list("row__participant_id")
        chosen = [pk for (pk,) in people.distinct()[:BATCH]]
        if not chosen:
            break
        sent += writer.write(waiting, chosen)
    return sent


@dataclass(frozen=True)
class Writer:
    """Writes to some people at once, by what is asked and the plans of their offices."""

    asked: Demands
    plans: Mapping[Plan, Sequence[int]]
    at: dt.datetime
    words: Words
    by: User | None = None

    @property
    def kind(self) -> LetterKind:
        return LetterKind.ASKED if self.by else LetterKind.REMINDER

    def write(self, waiting: Lines, people: Sequence[int]) -> int:
        """Tell these people what is waiting for them; returns the number of letters."""
        with transaction.atomic():
            persons = User.objects.filter(pk__in=people).order_by("pk")
            languages = {language_of(one) for one in persons.select_for_update(no_key=True)}
            lines = waiting.filter(row__participant__in=people).select_related(*JOINED)
            whole: dict[int, list[OpenRequirement]] = defaultdict(list)
            for line in lines.order_by("due_at", "row_id", "key"):
                whole[line.row.participant_id].append(line)
            return self._post(whole, names_in(languages, self.asked))

    def _post(
        self, whole: Mapping[int, list[OpenRequirement]], names: Mapping[str, Mapping[str, str]]
    ) -> int:
        messages = {}
        for pk, lines in whole.items():
            person = lines[0].row.participant
            messages[pk] = self._message(lines, names[language_of(person)])
        letters = [self._letter(messages[pk], lines) for pk, lines in whole.items()]
        new = {letter.key for letter in post(letters, at=self.at)}
        mails = dict(OutgoingMail.objects.filter(key__in=new).values_list("key", "pk"))
        told = {pk: one for pk, one in messages.items() if one.key in new}
        for one in told.values():
            one.mail_id = mails[one.key]
        Message.objects.bulk_create(told.values())
        Reminder.objects.bulk_create(
            [
                self._reminder(message, line, names[message.language])
                for pk, message in told.items()
                for line in whole[pk]
            ],
            batch_size=500,
        )
        return len(told)

    def _message(self, lines: Sequence[OpenRequirement], names: Mapping[str, str]) -> Message:
        person = lines[0].row.participant
        composed = compose(self.kind, lines, names=names, words=self.words, by=self.by, at=self.at)
        local = self.at.astimezone(person.time_zone)
        return Message(
            key=f"reminder:{person.uuid}:{local:%Y-%m-%d}",
            kind=self.kind,
            person=person,
            address=person.email,
            language=composed.language,
            subject=composed.subject,
            text=composed.text,
            asked_by=self.by,
            posted_at=self.at,
        )

    def _letter(self, message: Message, lines: Sequence[OpenRequirement]) -> Letter:
        plan = self._plan_of(lines[0].row.office_id)
        return Letter(
            key=message.key,
            to=message.address,
            subject=message.subject,
            text=message.text,
            not_before=plan.next_waking(self.at, message.person.time_zone),
        )

    def _plan_of(self, office: int) -> Plan:
        return next((plan for plan, offices in self.plans.items() if office in offices), USUAL)

    def _reminder(
        self, message: Message, line: OpenRequirement, names: Mapping[str, str]
    ) -> Reminder:
        return Reminder(
            message=message,
            placement_id=line.row_id,
            requirement_key=line.key,
            requirement_name=names.get(line.key, line.key)[:NAME_LENGTH],
            due_at=line.due_at,
            step=getattr(line, "step", None),
        )
