from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, OBSERVERS

TEACH = "Is a trainer: writes modules and quizzes, sees how people do in them"
COORDINATE = "Is a coordinator: answers for the departures of own offices"
OBSERVE = "Is an observer: looks at the departures of chosen offices"


def make_observers(apps, schema_editor):
    grant(apps, OBSERVERS, "people", "user", "observe")
    grant(apps, OBSERVERS, "wagtailadmin", "admin", "access_admin")
    grant(apps, ADMINISTRATORS, "people", "user", "observe")


def remove_observers(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=OBSERVERS).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0006_lead_trainers")]

    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": ["last_name", "first_name", "email"],
                "permissions": [
                    ("teach", TEACH),
                    ("coordinate", COORDINATE),
                    ("observe", OBSERVE),
                ],
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.RunPython(make_observers, remove_observers),
    ]
