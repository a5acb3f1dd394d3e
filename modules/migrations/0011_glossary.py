import django.db.models.deletion
import django.db.models.functions.text
import modelcluster.fields
import modelsearch.index
import modules.models.glossary
import uuid
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models

from people.grants import grant
from people.roles import ADMINISTRATORS, LEAD_TRAINERS, TRAINERS

RIGHTS = {
    TRAINERS: ("add", "change", "lock"),
    LEAD_TRAINERS: ("add", "change", "lock", "unlock", "publish"),
    ADMINISTRATORS: ("add", "change", "delete", "lock", "unlock", "publish"),
}
READER = "Second reader"


def let_trainers_write(apps, schema_editor):
    for role, rights in RIGHTS.items():
        codenames = [f"{right}_glossaryterm" for right in rights]
        grant(apps, role, "modules", "glossaryterm", *codenames)


def have_read_by_lead_trainers(apps, schema_editor):
    """Send what trainers submit to the second reader that catalogues there have already."""
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name=READER).first()
    if workflow is None:
        return
    kind, _is_new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="modules", model="glossaryterm"
    )
    apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
        content_type=kind, defaults={"workflow": workflow}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0010_review_quiz"),
        ("people", "0007_observers"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GlossaryTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="last published at"
                    ),
                ),
                (
                    "go_live_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
                ),
                (
                    "expire_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
                ),
                (
                    "expired",
                    models.BooleanField(default=False, editable=False, verbose_name="expired"),
                ),
                (
                    "locked",
                    models.BooleanField(default=False, editable=False, verbose_name="locked"),
                ),
                (
                    "locked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="locked at"),
                ),
                ("term", models.CharField(max_length=100, verbose_name="term")),
                (
                    "definition",
                    wagtail.fields.RichTextField(
                        help_text="One to three sentences in plain words; an example helps more than a theory.",
                        verbose_name="definition",
                    ),
                ),
                (
                    "source_title",
                    models.CharField(
                        blank=True,
                        help_text="Title and publisher, where the definition says what somebody else found.",
                        max_length=200,
                        verbose_name="source",
                    ),
                ),
                ("source_link", models.URLField(blank=True, verbose_name="link to the source")),
                ("consulted_on", models.DateField(blank=True, null=True, verbose_name="read on")),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "see_also",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        limit_choices_to=modules.models.glossary.own_language,
                        related_name="seen_from",
                        to="modules.glossaryterm",
                        verbose_name="see also",
                    ),
                ),
            ],
            options={
                "verbose_name": "glossary term",
                "verbose_name_plural": "glossary terms",
                "ordering": ["term"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("term"),
                        models.F("locale"),
                        name="modules_one_entry_for_a_term",
                        violation_error_message="The glossary has this term already. Change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consulted_on__isnull", True),
                                ("source_link", ""),
                                ("source_title", ""),
                            ),
                            models.Q(
                                models.Q(("source_title", ""), _negated=True),
                                models.Q(("source_link", ""), _negated=True),
                                ("consulted_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="modules_a_source_has_link_and_day",
                        violation_error_message="A source is named with its link and the day on which it was read.",
                    ),
                ],
                "unique_together": {("translation_key", "locale")},
            },
            bases=(
                wagtail.models.preview.PreviewableMixin,
                modelsearch.index.Indexed,
                models.Model,
            ),
        ),
        migrations.RunPython(let_trainers_write, migrations.RunPython.noop),
        migrations.RunPython(have_read_by_lead_trainers, migrations.RunPython.noop),
    ]
