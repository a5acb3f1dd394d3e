"""Panels of the question bank."""

from typing import Any

from wagtail.admin.panels import InlinePanel


class FormSetPanel(InlinePanel):
    """An InlinePanel with a formset class of its own."""

    def __init__(self, *args: Any, formset: type, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.formset = formset

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "formset": self.formset}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = self.formset
        return options
