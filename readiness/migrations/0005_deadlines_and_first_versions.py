import datetime as dt

from django.db import migrations

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""Sets that stood before there were versions hold for everybody who ever went."""

LINE = (
    "kind",
    "module_id",
    "quiz_id",
    "declaration",
    "needs_verification",
    "strength",
    "phase",
    "due_event",
    "offset_days",
    "counts",
    "subject",
    "role",
)


def count_from_events(apps, schema_editor):
    Requirement = apps.get_model("readiness", "Requirement")
    for one in Requirement.objects.all():
        one.due_event, one.offset_days = {
            "before": ("start", -one.days_before),
            "during": ("end", 0),
            "after": ("end", 56),
        }[one.phase]
        one.save(update_fields=["due_event", "offset_days"])


def make_first_versions(apps, schema_editor):
    RequirementSet = apps.get_model("readiness", "RequirementSet")
    Version = apps.get_model("readiness", "RequirementSetVersion")
    for one in RequirementSet.objects.all():
        lines = apps.get_model("readiness", "Requirement").objects.filter(requirement_set=one)
        content = {
            "name": one.name,
            "is_active": one.is_active,
            "country": "",
            "programme_id": one.programme_id,
            "audience": one.audience,
            "activity_type": "",
            "host_id": None,
            "office_id": None,
            "requirements": [_line(line) for line in lines.order_by("sort_order", "pk")],
        }
        Version.objects.create(
            requirement_set=one,
            number=1,
            content=content,
            effective_at=LONG_AGO,
            published_at=LONG_AGO,
        )


def _line(one):
    percent = one.min_percent
    return {
        "uuid": str(one.uuid),
        "min_percent": None if percent is None else f"{percent:.2f}",
        **{name: getattr(one, name) for name in LINE},
    }


class Migration(migrations.Migration):
    dependencies = [("readiness", "0004_kinds_and_versions")]

    operations = [
        migrations.RunPython(count_from_events, migrations.RunPython.noop),
        migrations.RunPython(make_first_versions, migrations.RunPython.noop),
        migrations.RemoveField(model_name="requirement", name="days_before"),
    ]
