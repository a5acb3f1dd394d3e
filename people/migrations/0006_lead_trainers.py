from django.db import migrations

from people.roles import LEAD_TRAINERS, TRAINERS


def make_lead_trainers(apps, schema_editor):
    """Make the role, and let everybody who could publish until now go on with it."""
    Group = apps.get_model("auth", "Group")
    lead, _is_new = Group.objects.get_or_create(name=LEAD_TRAINERS)
    for trainer in apps.get_model("people", "User").objects.filter(groups__name=TRAINERS):
        trainer.groups.add(lead)


def remove_lead_trainers(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=LEAD_TRAINERS).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0005_administrators_see_the_outbox")]

    operations = [migrations.RunPython(make_lead_trainers, remove_lead_trainers)]
