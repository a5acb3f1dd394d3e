import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0003_sections")]

    operations = [
        migrations.RemoveConstraint(model_name="quizitem", name="quizzes_question_once_in_a_quiz"),
        migrations.RemoveField(model_name="quizitem", name="quiz"),
        migrations.AlterField(
            model_name="quizitem",
            name="section",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="quizzes.quizsection",
            ),
        ),
        migrations.AddConstraint(
            model_name="quizitem",
            constraint=models.UniqueConstraint(
                fields=("section", "question"), name="quizzes_question_once_in_a_section"
            ),
        ),
    ]
