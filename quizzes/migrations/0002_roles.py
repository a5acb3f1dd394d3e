from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, TRAINERS

MODELS = ("question", "questioncategory", "quiz")
ACTIONS = ("add", "change", "view", "delete")


def grant_question_bank(apps, schema_editor):
    for role in (TRAINERS, ADMINISTRATORS):
        for model in MODELS:
            grant(apps, role, "quizzes", model, *(f"{action}_{model}" for action in ACTIONS))
        grant(apps, role, "quizzes", "quiz", "publish_quiz")


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0001_initial"),
        ("people", "0002_roles"),
    ]

    operations = [migrations.RunPython(grant_question_bank, migrations.RunPython.noop)]
