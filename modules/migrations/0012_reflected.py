from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0011_glossary"),
    ]

    operations = [
        migrations.AddField(
            model_name="lessonpage",
            name="prompt_ids",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AlterField(
            model_name="lessonpage",
            name="rule",
            field=models.CharField(
                choices=[
                    ("read", "Read to its end"),
                    ("answered", "Its knowledge checks are answered"),
                    ("passed", "Its knowledge checks are passed"),
                    ("ticked", "Every point of its checklists is ticked"),
                    ("reflected", "Every question to reflect on is answered in the journal"),
                ],
                default="read",
                max_length=10,
                verbose_name="done when",
            ),
        ),
    ]
