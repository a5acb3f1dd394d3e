"""The modules that are needed before another one, in its page's form: never in a circle."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from library.formsets import OnceFormSet, OncePanel
from modules.circles import reached


class NeedsFormSet(OnceFormSet):
    """Refuses a module that waits for this one itself."""

    def clean(self) -> None:
        super().clean()
        own = self.instance.translation_key
        onward = _needs_of_others(own)
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            needed = data.get("needed")
            if needed is None or data.get("DELETE"):
                continue
            if needed.translation_key == own:
                raise ValidationError(_("A module cannot be needed before itself."))
            if own in reached(needed.translation_key, onward):
                raise ValidationError(
                    _(
                        "“%(module)s” is begun after this one, so that nobody could begin either. "
                        "Take it out here, or take this module out there."
                    )
                    % {"module": needed.title}
                )


def _needs_of_others(own: UUID) -> dict[UUID, set[UUID]]:
    prerequisites = apps.get_model("modules", "ModulePrerequisite").objects
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows: Any = prerequisites.exclude(module__translation_key=own).values_list(
        "module__translation_key", "needed__translation_key"
    )
    for module, needed in rows:
        found[module].add(needed)
    return found


class NeedsPanel(OncePanel):
    formset = NeedsFormSet
