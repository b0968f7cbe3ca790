"""Factors, bookings and calculations are written once; corrections are new rows."""

from django.db import migrations

TABLES = [
    "ketens_factorset",
    "ketens_factor",
    "ketens_salebooking",
    "ketens_bookedline",
    "ketens_calculation",
]

FUNCTION = """
CREATE FUNCTION ketens_refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: write a new version instead', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def create_trigger(table):
    return (
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION ketens_refuse_edit();"
    )


class Migration(migrations.Migration):
    dependencies = [("ketens", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION ketens_refuse_edit();"),
        *[
            migrations.RunSQL(
                create_trigger(table), f"DROP TRIGGER {table}_is_append_only ON {table};"
            )
            for table in TABLES
        ],
    ]
