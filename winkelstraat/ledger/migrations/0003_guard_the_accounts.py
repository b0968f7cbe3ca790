"""An account keeps its name: renaming one would move its balance to another name."""

from django.db import migrations

RULES = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_ledger
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER refuse_emptying BEFORE TRUNCATE ON ledger_accountday
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
"""

UNDO = """
DROP TRIGGER refuse_emptying ON ledger_accountday;
DROP TRIGGER refuse_change ON ledger_ledger;
DROP TRIGGER refuse_change ON ledger_account;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guard_the_books")]

    operations = [migrations.RunSQL(RULES, UNDO)]
