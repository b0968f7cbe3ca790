"""Grant and take away roles; start long work; record who did what."""

from winkelstraat.accounts.operations.audit import Thing, record
from winkelstraat.accounts.operations.jobs import KindIsBusy, start_job
from winkelstraat.accounts.operations.people import (
    confirm_address,
    grant_role,
    register_person,
    withdraw_role,
)

__all__ = [
    "KindIsBusy",
    "Thing",
    "confirm_address",
    "grant_role",
    "record",
    "register_person",
    "start_job",
    "withdraw_role",
]
