"""Triggers that keep the ledger append-only, sealed and summed per day."""

from django.db import migrations

UNITS = ("cents", "grams", "mg_co2e", "minutes", "metres")

RULES = """
ALTER TABLE ledger_transfer
    ADD CONSTRAINT a_debit_account_is_of_the_ledger
        FOREIGN KEY (debit_id, ledger_id) REFERENCES ledger_account (id, ledger_id)
        DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT a_credit_account_is_of_the_ledger
        FOREIGN KEY (credit_id, ledger_id) REFERENCES ledger_account (id, ledger_id)
        DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION ledger_transfer_digest(row_ ledger_transfer) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws('|',
        row_.id, row_.ledger_id, row_.debit_id, row_.credit_id, row_.amount, row_.source,
        row_.reason, to_char(row_.activity_date, 'YYYY-MM-DD'),
        to_char(row_.booked_date, 'YYYY-MM-DD'),
        extract(epoch FROM row_.booked_at)::text, row_.memo, coalesce(row_.reverses_id, 0)
    ), 'UTF8')), 'hex')
$$;

CREATE FUNCTION ledger_seal_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM ledger_period
        WHERE ledger_id = NEW.ledger_id AND ends_on >= NEW.booked_date
    ) THEN
        RAISE EXCEPTION 'the period of % is closed', NEW.booked_date
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.digest := ledger_transfer_digest(NEW);
    RETURN NEW;
END $$;

CREATE TRIGGER seal_transfer BEFORE INSERT ON ledger_transfer
    FOR EACH ROW EXECUTE FUNCTION ledger_seal_transfer();

CREATE FUNCTION ledger_hold_periods_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7230102);
    RETURN NULL;
END $$;

CREATE TRIGGER hold_periods_open BEFORE INSERT ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_hold_periods_open();

CREATE FUNCTION ledger_sum_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_accountday AS day (account_id, date, debits, credits)
    SELECT account_id, booked_date, sum(debits), sum(credits)
    FROM (
        SELECT debit_id AS account_id, booked_date, amount AS debits, 0 AS credits FROM added
        UNION ALL
        SELECT credit_id, booked_date, 0, amount FROM added
    ) AS sides
    GROUP BY account_id, booked_date
    ORDER BY account_id, booked_date
    ON CONFLICT (account_id, date) DO UPDATE
        SET debits = day.debits + excluded.debits, credits = day.credits + excluded.credits;
    RETURN NULL;
END $$;

CREATE TRIGGER sum_days AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_sum_days();

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_period
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_periodbalance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

CREATE FUNCTION ledger_only_by_trigger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the sums per day are written by the ledger itself'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER only_by_trigger BEFORE INSERT OR UPDATE OR DELETE ON ledger_accountday
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_by_trigger();
"""

UNDO = """
DROP TRIGGER only_by_trigger ON ledger_accountday;
DROP TRIGGER refuse_change ON ledger_periodbalance;
DROP TRIGGER refuse_change ON ledger_period;
DROP TRIGGER refuse_change ON ledger_transfer;
DROP TRIGGER sum_days ON ledger_transfer;
DROP TRIGGER hold_periods_open ON ledger_transfer;
DROP TRIGGER seal_transfer ON ledger_transfer;
DROP FUNCTION ledger_only_by_trigger();
DROP FUNCTION ledger_refuse_change();
DROP FUNCTION ledger_sum_days();
DROP FUNCTION ledger_hold_periods_open();
DROP FUNCTION ledger_seal_transfer();
DROP FUNCTION ledger_transfer_digest(ledger_transfer);
ALTER TABLE ledger_transfer
    DROP CONSTRAINT a_debit_account_is_of_the_ledger,
    DROP CONSTRAINT a_credit_account_is_of_the_ledger;
"""


def open_ledgers(apps, schema_editor):
    """Open one ledger for each unit."""
    ledger = apps.get_model("ledger", "Ledger")
    ledger.objects.bulk_create(ledger(unit=unit) for unit in UNITS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RunPython(open_ledgers, migrations.RunPython.noop),
        migrations.RunSQL(RULES, UNDO),
    ]
