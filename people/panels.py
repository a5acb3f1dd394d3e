"""What the CMS's first page tells everybody who works there."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from wagtail.admin.ui.components import Component

from people.models import User


class TwoStepPanel(Component):
    """Recommends two-step sign-in, quietly and until it is set up: one query."""

    name = "two_step"
    template_name = "people/cms/two_step_panel.html"
    order = 500

    def __init__(self, user: User) -> None:
        self.user = user

    def render_html(self, parent_context: Any = None) -> Any:
        return "" if is_mfa_enabled(self.user) else super().render_html(parent_context)
