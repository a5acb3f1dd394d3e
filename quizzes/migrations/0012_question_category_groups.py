from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("quizzes", "0011_question_readings"),
    ]

    operations = [
        migrations.AddField(
            model_name="questioncategory",
            name="groups",
            field=models.ManyToManyField(
                blank=True,
                help_text=(
                    "Nobody else sees these questions, or those of sub-categories, but "
                    "administrators. Tick none, and everybody sees them who works in the "
                    "question bank."
                ),
                related_name="+",
                to="auth.group",
                verbose_name="kept to groups",
            ),
        ),
    ]
