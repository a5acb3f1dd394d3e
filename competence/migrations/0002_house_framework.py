from django.db import migrations

from competence.loading import HOUSE_FRAMEWORK, load_framework, read_framework


def load_house_framework(apps, schema_editor):
    Framework = apps.get_model("competence", "Framework")
    in_use = not Framework.objects.filter(is_default=True).exists()
    load_framework(apps, read_framework(HOUSE_FRAMEWORK), in_use=in_use)


class Migration(migrations.Migration):
    dependencies = [("competence", "0001_initial")]

    operations = [migrations.RunPython(load_house_framework, migrations.RunPython.noop)]
