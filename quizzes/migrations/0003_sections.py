import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models


def put_items_into_sections(apps, schema_editor):
    """Give each quiz with questions one section that holds them all."""
    QuizItem = apps.get_model("quizzes", "QuizItem")
    QuizSection = apps.get_model("quizzes", "QuizSection")
    for quiz in QuizItem.objects.order_by("quiz").values_list("quiz", flat=True).distinct():
        section = QuizSection.objects.create(quiz_id=quiz, sort_order=0)
        QuizItem.objects.filter(quiz=quiz).update(section=section)


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0002_roles")]

    operations = [
        migrations.AddField(
            model_name="quiz",
            name="wait_minutes",
            field=models.PositiveIntegerField(
                default=0,
                help_text="From handing in one attempt to starting the next; 60 are an hour, 1440 a day.",
                verbose_name="minutes between two attempts",
            ),
        ),
        migrations.AddField(
            model_name="quiz",
            name="paging",
            field=models.CharField(
                choices=[
                    ("question", "One question a page"),
                    ("section", "One section a page"),
                ],
                default="question",
                max_length=10,
                verbose_name="on a page",
            ),
        ),
        migrations.AddField(
            model_name="quiz",
            name="is_sequential",
            field=models.BooleanField(
                default=False,
                help_text="Pages open in their order: nobody can go ahead or back to an earlier one.",
                verbose_name="one after the other",
            ),
        ),
        migrations.AlterField(
            model_name="quiz",
            name="shuffle_questions",
            field=models.BooleanField(
                default=False,
                help_text="Within each section.",
                verbose_name="shuffle questions",
            ),
        ),
        migrations.CreateModel(
            name="QuizSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "heading",
                    models.CharField(blank=True, max_length=200, verbose_name="heading"),
                ),
                (
                    "introduction",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Stands above each page of the section, such as a case to read.",
                        verbose_name="introduction",
                    ),
                ),
                (
                    "quiz",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="quizzes.quiz",
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuizDraw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="how many",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="quizzes.questioncategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "section",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draws",
                        to="quizzes.quizsection",
                    ),
                ),
            ],
            options={
                "verbose_name": "random draw",
                "verbose_name_plural": "random draws",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1)),
                        name="quizzes_draw_at_least_one",
                        violation_error_message="Draw at least one question.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="quizitem",
            name="section",
            field=modelcluster.fields.ParentalKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="quizzes.quizsection",
            ),
        ),
        migrations.RunPython(put_items_into_sections, migrations.RunPython.noop),
    ]
