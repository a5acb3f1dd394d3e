"""The trainer's part of the CMS's first page."""

import datetime as dt
from typing import Any

from wagtail.admin.ui.components import Component

from people.models import User
from people.roles import reads_reflections
from progress.immersion.reading import waiting
from progress.journal.reading import shared_with
from progress.teaching import figures_of, modules_taught_by, registers

MOST_MODULES = 5
# How long an empty register is worth a reminder.
RECENT = dt.timedelta(days=30)


class TeachingPanel(Component):
    """Own modules at a glance, and what waits for a trainer."""

    name = "teaching"
    order = 50
    template_name = "progress/teaching/panel.html"

    def __init__(self, *, user: User, at: dt.datetime) -> None:
        self.user = user
        self.at = at

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        modules = modules_taught_by(self.user)
        return {
            "request": parent_context["request"],
            "figures": figures_of(modules[:MOST_MODULES], as_of=self.at),
            "count": len(modules),
            "reflections": self._reflections(),
            "tasks": waiting(self.user).count(),
            "unfilled": [
                session
                for session, people in registers(before=self.at)
                if not people and session.starts_at > self.at - RECENT
            ],
        }

    def _reflections(self) -> int:
        """How many shared entries have no reply yet; 0 for who does not read them."""
        if not reads_reflections(self.user):
            return 0
        return shared_with(self.user).filter(is_answered=False).count()
