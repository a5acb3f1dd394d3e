from django.db import migrations

from people.roles import ADMINISTRATORS

RIGHTS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")


def give_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")

    group, _created = Group.objects.get_or_create(name=ADMINISTRATORS)
    page_type = ContentType.objects.get(app_label="wagtailcore", model="page")
    for right in RIGHTS:
        permission, _created = Permission.objects.get_or_create(
            content_type=page_type,
            codename=f"{right}_page",
            defaults={"name": f"Can {right.replace('_', ' ')} page"},
        )
        GroupPagePermission.objects.get_or_create(
            group=group, page=Page.objects.get(depth=1), permission=permission
        )


def take_pages(apps, schema_editor):
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(
        group__name=ADMINISTRATORS, page__depth=1
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("home", "0002_create_home_page"), ("people", "0002_roles")]

    operations = [migrations.RunPython(give_pages, take_pages)]
