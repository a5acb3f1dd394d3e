"""A module that came as a file, and is here already."""

import datetime as dt
import io

from interop.modules import exporting, uploads
from modules.models import CataloguePage, ModulePage
from tests.browser.access.worlds.names import World


def carry_a_module(world: World, *, at: dt.datetime) -> None:
    """A file that waits for its confirmation; the module has changed since it was exported."""
    module = ModulePage.objects.get(pk=world.addresses["session_pk"]).specific
    file = io.BytesIO()
    exporting.write(exporting.described(module), file)
    lesson = module.get_children().first().specific
    lesson.title = "Changed since"
    lesson.save_revision()
    kept = uploads.keep(
        filename="communication-styles.zip",
        content=file.getvalue(),
        catalogue=CataloguePage.objects.get(),
        by=world.people["trainer"],
        at=at,
    )
    world.addresses["module_file"] = kept.uuid
