"""What a participant sees of a task beside its words: where it stands, and the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from modules.models import ImmersionTaskPage
from people.models import User
from progress.immersion.forms import HandInForm
from progress.immersion.reading import latest_decision
from progress.models import TaskDecision, TaskSubmission


@dataclass(frozen=True)
class TaskDesk:
    """`told` has what was handed in, the newest first, each with what was decided."""

    form: HandInForm
    told: Sequence[tuple[TaskSubmission, Sequence[TaskDecision]]]
    is_recorded: bool

    @property
    def newest(self) -> TaskSubmission | None:
        return self.told[0][0] if self.told else None

    @property
    def decision(self) -> TaskDecision | None:
        return latest_decision(self.newest) if self.newest else None

    @property
    def state(self) -> str:
        """`open`, `waiting`, `again` or `accepted`."""
        if self.newest is None:
            return "open"
        if self.decision is None:
            return "waiting"
        return "accepted" if self.decision.accepts else "again"

    @property
    def takes_words(self) -> bool:
        return self.is_recorded and self.state != "accepted"

    @property
    def text(self) -> str:
        return self.newest.text if self.newest else ""

    @property
    def link(self) -> str:
        return self.newest.link if self.newest else ""


def shown(
    page: ImmersionTaskPage,
    submissions: Sequence[TaskSubmission],
    *,
    user: User,
    is_recorded: bool,
) -> TaskDesk:
    newest = submissions[0] if submissions else None
    initial = {"text": newest.text, "link": newest.link} if newest else {}
    return TaskDesk(
        form=HandInForm(task=page, user=user, initial=initial),
        told=[(one, list(one.decisions.all())) for one in submissions],
        is_recorded=is_recorded,
    )
