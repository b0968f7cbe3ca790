"""A release of figures is never edited, and neither is one of its rows."""

from django.db import migrations

TABLES = ["ketens_figurerelease", "ketens_releasedfigure"]


class Migration(migrations.Migration):
    dependencies = [("ketens", "0014_monitor_months")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION ketens_refuse_edit();",
            f"DROP TRIGGER {table}_is_append_only ON {table};",
        )
        for table in TABLES
    ]
