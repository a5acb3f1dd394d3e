import json

from django.db.migrations.writer import MigrationWriter

from library.fields import StreamField
from modules.blocks import LessonBlock
from modules.models import LessonPage


def test_blocks_stay_out_of_migrations() -> None:
    field = StreamField(LessonBlock(), blank=True)
    field.set_attributes_from_name("body")

    _name, path, args, kwargs = field.deconstruct()

    assert path == "library.fields.StreamField"
    assert args == []
    assert kwargs == {"blank": True}


def test_a_migration_rebuilds_the_field_and_loses_no_content() -> None:
    field = StreamField(LessonBlock())
    field.set_attributes_from_name("body")
    _name, _path, args, kwargs = field.deconstruct()
    stored = [{"type": "text", "value": "<p>x</p>", "id": "1"}]

    rebuilt = StreamField(*args, **kwargs)

    written, _imports = MigrationWriter.serialize(rebuilt)
    assert written == "library.fields.StreamField()"
    for value in (stored, json.dumps(stored)):
        assert rebuilt.get_prep_value(rebuilt.to_python(value)) == stored
    assert rebuilt.get_prep_value(rebuilt.get_default()) == []


def test_the_page_has_its_blocks_nevertheless() -> None:
    assert "text" in LessonPage._meta.get_field("body").stream_block.child_blocks
