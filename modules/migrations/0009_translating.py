from django.db import migrations

from people.roles import LEAD_TRAINERS, TRAINERS


def let_trainers_translate(apps, schema_editor):
    """Let whoever writes pages submit them for translation."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _is_new = ContentType.objects.get_or_create(
        app_label="wagtail_localize", model="translation"
    )
    submit, _is_new = Permission.objects.get_or_create(
        content_type=content_type,
        codename="submit_translation",
        defaults={"name": "Can submit translations"},
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=[TRAINERS, LEAD_TRAINERS]):
        group.permissions.add(submit)


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0008_immersion_tasks"),
        ("people", "0006_lead_trainers"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [migrations.RunPython(let_trainers_translate, migrations.RunPython.noop)]
