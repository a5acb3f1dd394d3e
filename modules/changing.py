"""Minor or material: what an author says of a change before it is published.

The choice is kept with the draft, so that it holds as well when somebody else publishes
it through a workflow, or the clock does.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from modules.enums import ChangeKind


class ChangeForm(WagtailAdminPageForm):
    """Begins each round of changes as a minor one, and asks of a material one what it is."""

    change_kind = forms.ChoiceField(
        label=_("This change is"),
        choices=ChangeKind.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        if instance is not None and not (instance.live and instance.has_unpublished_changes):
            instance.change_kind = ChangeKind.MINOR
            instance.change_note = ""
        super().__init__(*args, instance=instance, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        is_material = cleaned.get("change_kind") == ChangeKind.MATERIAL
        if is_material and not cleaned.get("change_note"):
            self.add_error("change_note", _("Say what changed, for people who completed it."))
        return cleaned


class ChangePanel(MultiFieldPanel):
    """The choice, with how many people a material change concerns; for published pages."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("What kind of change?"))
        kwargs.setdefault(
            "children",
            [
                FieldPanel("change_kind"),
                FieldPanel("change_note"),
                HelpPanel(template="modules/changing/affected.html"),
            ],
        )
        super().__init__(**kwargs)

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.live and super().is_shown())
