from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, COORDINATORS, TRAINERS

# Who adds an image or document may change it; changing those of others takes more.
LIBRARY = {
    TRAINERS: ("add", "choose"),
    COORDINATORS: ("choose",),
    ADMINISTRATORS: ("add", "change", "choose", "delete"),
}
MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))


def give_the_library(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    root = Collection.objects.get(depth=1)
    for group_name, actions in LIBRARY.items():
        group, _created = Group.objects.get_or_create(name=group_name)
        for app_label, model in MODELS:
            content_type, _created = ContentType.objects.get_or_create(
                app_label=app_label, model=model
            )
            for action in actions:
                permission, _created = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=root, permission=permission
                )


def take_the_library(apps, schema_editor):
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(
        group__name__in=LIBRARY, collection__depth=1
    ).delete()


def give_the_frameworks(apps, schema_editor):
    rights = ("add_framework", "change_framework", "delete_framework", "view_framework")
    grant(apps, ADMINISTRATORS, "competence", "framework", *rights)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_roles"),
        ("competence", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]

    operations = [
        migrations.RunPython(give_the_library, take_the_library),
        migrations.RunPython(give_the_frameworks, migrations.RunPython.noop),
    ]
