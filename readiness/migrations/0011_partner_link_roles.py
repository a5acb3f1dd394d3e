from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, COORDINATORS


def grant_links(apps, schema_editor):
    for group in (COORDINATORS, ADMINISTRATORS):
        grant(apps, group, "readiness", "partnerlink", "add_partnerlink", "view_partnerlink")


class Migration(migrations.Migration):
    dependencies = [("readiness", "0010_partner_links")]

    operations = [migrations.RunPython(grant_links, migrations.RunPython.noop)]
