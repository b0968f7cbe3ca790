"""What a ledger counts, what may be posted and what is refused.

Plain Python: the rules that hold before anything reaches the database.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unit(StrEnum):
    """What one ledger counts; amounts are whole numbers of it."""

    CENTS = "cents"
    GRAMS = "grams"
    MG_CO2E = "mg_co2e"
    MINUTES = "minutes"
    METRES = "metres"


class LedgerError(Exception):
    """Something that the ledger does not do."""


class InvalidPosting(LedgerError):
    """A posting that no ledger can hold: no positive amount, or one account twice."""


class ConflictingTransfer(LedgerError):
    """The same source and reason were posted before with another content."""


class CannotReverse(LedgerError):
    """A reversal cannot itself be reversed: post the right transfer instead."""


class CannotClose(LedgerError):
    """A period that is empty, overlaps a closed one, or has not ended."""


@dataclass(frozen=True)
class Posting:
    """One transfer to be made: `amount` whole `unit`s from `credit` to `debit`.

    `source` names what it follows from (``seller_order:12``) and `reason` why, once per
    source. Accounts are named by code and come into being when they are first used.
    """

    unit: Unit
    debit: str
    credit: str
    amount: int
    source: str
    reason: str
    activity_date: date
    memo: str = ""

    def check(self) -> None:
        """Refuse what cannot be a transfer.

        :raises InvalidPosting: for an amount that is not a positive whole number, for one
            account on both sides and for a missing name.
        """
        if type(self.amount) is not int or self.amount <= 0:
            raise InvalidPosting(f"The amount {self.amount!r} is not a positive whole number.")
        if self.debit == self.credit:
            raise InvalidPosting(f"{self.debit} cannot pay itself.")
        if not (self.debit and self.credit and self.source and self.reason):
            raise InvalidPosting("Accounts, source and reason must be named.")


@dataclass(frozen=True)
class Balance:
    """What went to and what left an account, in whole units."""

    debits: int
    credits: int

    @property
    def net(self) -> int:
        """Debits less credits."""
        return self.debits - self.credits
