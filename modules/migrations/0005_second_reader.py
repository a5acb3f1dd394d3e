from django.db import migrations

from people.roles import LEAD_TRAINERS, TRAINERS

READER = "Second reader"


def let_lead_trainers_publish(apps, schema_editor):
    """Give catalogues that are there the rights and the workflow that new ones come with."""
    pages = list(apps.get_model("modules", "CataloguePage").objects.values_list("pk", flat=True))
    if not pages:
        return
    right_of = _rights(apps)
    Group = apps.get_model("auth", "Group")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    trainers = Group.objects.get(name=TRAINERS)
    lead = Group.objects.get(name=LEAD_TRAINERS)
    workflow = _workflow(apps, lead)
    for page in pages:
        for right in GroupPagePermission.objects.filter(group=trainers, page=page):
            GroupPagePermission.objects.get_or_create(
                group=lead, page_id=page, permission=right.permission
            )
        GroupPagePermission.objects.filter(
            group=trainers, page=page, permission=right_of("publish_page")
        ).delete()
        for group, codename in (
            (trainers, "lock_page"),
            (lead, "lock_page"),
            (lead, "unlock_page"),
        ):
            GroupPagePermission.objects.get_or_create(
                group=group, page_id=page, permission=right_of(codename)
            )
        apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
            page_id=page, defaults={"workflow": workflow}
        )


def _rights(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _is_new = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")

    def right_of(codename):
        right, _is_new = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": codename}
        )
        return right

    return right_of


def _workflow(apps, lead):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Task = apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    kind, _is_new = ContentType.objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    task, is_new = Task.objects.get_or_create(
        name=READER, defaults={"content_type": kind, "active": True}
    )
    if is_new:
        task.groups.add(lead)
    workflow, _is_new = Workflow.objects.get_or_create(name=READER, defaults={"active": True})
    apps.get_model("wagtailcore", "WorkflowTask").objects.get_or_create(
        workflow=workflow, task=task, defaults={"sort_order": 0}
    )
    return workflow


def let_trainers_publish(apps, schema_editor):
    """Let whoever may write below a catalogue publish there again."""
    right_of = _rights(apps)
    trainers = apps.get_model("auth", "Group").objects.get(name=TRAINERS)
    for page in apps.get_model("modules", "CataloguePage").objects.values_list("pk", flat=True):
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=trainers, page_id=page, permission=right_of("publish_page")
        )


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0004_material_changes"),
        ("people", "0006_lead_trainers"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(let_lead_trainers_publish, let_trainers_publish)]
