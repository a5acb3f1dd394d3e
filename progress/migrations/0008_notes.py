import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("progress", "0007_review_skips"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LessonNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("lesson_key", models.UUIDField(verbose_name="lesson")),
                (
                    "lesson_title",
                    models.CharField(max_length=255, verbose_name="title of the lesson"),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "bookmarked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="bookmarked"),
                ),
                ("kept_at", models.DateTimeField(verbose_name="last kept")),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lesson_notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "note on a lesson",
                "verbose_name_plural": "notes on lessons",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["participant", "kept_at"], name="progress_notes_by_day")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("participant", "lesson_key"), name="progress_one_note_on_a_lesson"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            ("bookmarked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="progress_a_note_keeps_something",
                    ),
                ],
            },
        ),
    ]
