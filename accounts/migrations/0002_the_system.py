"""The user in whose name the clock acts."""

from django.db import migrations


def make(apps, schema_editor):
    apps.get_model("accounts", "User").objects.get_or_create(
        role="system", defaults={"email": "system@invalid", "name": "Homeward", "password": "!", "is_active": True}
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
