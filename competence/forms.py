from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from competence.models import Dimension


def is_used(dimension: Dimension) -> bool:
    """Whether a question or a module names this dimension, so that it cannot be deleted."""
    collector = Collector(using=dimension._state.db or "default", origin=dimension)
    try:
        collector.collect([dimension])
    except (ProtectedError, RestrictedError):
        return True
    return False


class FrameworkForm(WagtailAdminModelForm):
    """Refuses to delete a dimension that is in use, before anything is saved."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        for form in self.formsets["dimensions"].deleted_forms:
            dimension = form.instance
            if dimension.pk and is_used(dimension):
                self.add_error(
                    None,
                    _(
                        "“%(dimension)s” is used by questions or modules and cannot be "
                        "deleted. Take it out there first."
                    )
                    % {"dimension": dimension},
                )
        return not self.errors
