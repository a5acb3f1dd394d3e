"""Lines of a form of which no two may be the same."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel, MultipleChooserPanel


class OnceFormSet(BaseChildFormSet):
    """Says in its author's words that two lines are the same."""

    twice: str | Promise = ""

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        return str(self.twice)

    def get_form_error(self) -> str:
        return str(self.twice)


class OncePanel(InlinePanel):
    """An InlinePanel that says `twice` where two lines are the same."""

    formset: type[OnceFormSet] = OnceFormSet

    def __init__(self, *args: Any, twice: str | Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.twice = twice

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "twice": self.twice}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        formset = type("FormSet", (self.formset,), {"twice": self.twice})
        options["formsets"][self.relation_name]["formset"] = formset
        return options


class OnceChooserPanel(OncePanel, MultipleChooserPanel):
    """An OncePanel whose lines are chosen several at a time."""
