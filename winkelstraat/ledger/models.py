"""One double-entry engine for five units (ADR 0003).

A `Transfer` is never updated or deleted: triggers in the database refuse it and give
each row a digest of its own fields. Other triggers keep `AccountDay`, the sums per
account and day, so a balance is the last closed period's plus a few days, and never a
sum from the beginning. A closed `Period` carries the digest of all its transfers,
chained to the period before.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ledger(models.Model):
    """All transfers of one unit; the five rows come with the migration."""

    unit = models.CharField(max_length=10, unique=True)

    def __str__(self) -> str:
        return self.unit


class Account(models.Model):
    """A place that units leave from and arrive at, such as ``shop:12:payable``."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="accounts")
    code = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "code"], name="an_account_stands_once"),
            models.UniqueConstraint(fields=["id", "ledger"], name="an_account_is_of_one_ledger"),
        ]
        indexes = [
            models.Index(
                fields=["ledger", "code"],
                name="accounts_by_prefix",
                opclasses=["", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Transfer(models.Model):
    """A whole amount from one account to another, for good."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="transfers")
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    amount = models.BigIntegerField()
    source = models.CharField(max_length=80)
    reason = models.CharField(max_length=120)
    activity_date = models.DateField(help_text=_("the day on which it happened"))
    booked_date = models.DateField(help_text=_("the day on which it counts"))
    booked_at = models.DateTimeField()
    memo = models.CharField(max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversal"
    )
    digest = models.CharField(max_length=64, editable=False, default="")

    class Meta:
        indexes = [
            models.Index(fields=["ledger", "booked_date"], name="transfers_of_a_period"),
            models.Index(fields=["debit", "booked_date"], name="transfers_to_an_account"),
            models.Index(fields=["credit", "booked_date"], name="transfers_from_an_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "reason"], name="a_reason_counts_once_per_source"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="a_transfer_moves_something"
            ),
            models.CheckConstraint(
                condition=~models.Q(debit=models.F("credit")), name="no_account_pays_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.reason}: {self.amount}"


class AccountDay(models.Model):
    """What moved on one account on one booked day; written by a trigger only."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="days")
    date = models.DateField()
    debits = models.BigIntegerField(default=0)
    credits = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "date"], name="an_account_has_a_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.date}"


class Period(models.Model):
    """A stretch of booked days that is closed and sealed."""

    ledger = models.ForeignKey(Ledger, on_delete=models.PROTECT, related_name="periods")
    ends_on = models.DateField()
    closed_at = models.DateTimeField()
    transfer_count = models.BigIntegerField()
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "ends_on"], name="a_period_ends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} until {self.ends_on}"


class PeriodBalance(models.Model):
    """All that moved on one account from the beginning to the end of a closed period."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="balances")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="period_balances")
    debits = models.BigIntegerField()
    credits = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "account"], name="an_account_has_a_period_balance_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} at {self.period}"
