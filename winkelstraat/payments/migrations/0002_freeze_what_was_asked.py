"""A trigger that keeps what a buyer was asked to pay as it was (PAY-08)."""

from django.db import migrations

RULES = """
CREATE FUNCTION payments_refuse_other_amount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a buyer was asked to pay is frozen'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER freeze_what_was_asked BEFORE UPDATE ON payments_payment
    FOR EACH ROW WHEN (
        (OLD.reference, OLD.purchase_ref, OLD.attempt, OLD.amount_cents, OLD.currency,
         OLD.livemode, OLD.snapshot)
        IS DISTINCT FROM
        (NEW.reference, NEW.purchase_ref, NEW.attempt, NEW.amount_cents, NEW.currency,
         NEW.livemode, NEW.snapshot)
    ) EXECUTE FUNCTION payments_refuse_other_amount();

CREATE TRIGGER freeze_what_was_asked BEFORE UPDATE ON payments_paymentpart
    FOR EACH ROW EXECUTE FUNCTION payments_refuse_other_amount();
"""

UNDO = """
DROP TRIGGER freeze_what_was_asked ON payments_paymentpart;
DROP TRIGGER freeze_what_was_asked ON payments_payment;
DROP FUNCTION payments_refuse_other_amount();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("payments", "0001_initial"),
    ]

    operations = [migrations.RunSQL(RULES, UNDO)]
