"""A baseline and a release are never edited."""

from django.db import migrations

TABLES = ["ketens_baseline", "ketens_workrelease"]


class Migration(migrations.Migration):
    dependencies = [("ketens", "0011_baselines_and_releases")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION ketens_refuse_edit();",
            f"DROP TRIGGER {table}_is_append_only ON {table};",
        )
        for table in TABLES
    ]
