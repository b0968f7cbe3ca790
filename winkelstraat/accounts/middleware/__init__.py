"""What stands between a request and the pages: who acts, who looks along, and who may enter."""

from winkelstraat.accounts.middleware.acting import (
    ActingMiddleware,
    BackOfficeSecondFactorMiddleware,
)
from winkelstraat.accounts.middleware.idling import BackOfficeSessionMiddleware
from winkelstraat.accounts.middleware.looking import LookingAlongMiddleware

__all__ = [
    "ActingMiddleware",
    "BackOfficeSecondFactorMiddleware",
    "BackOfficeSessionMiddleware",
    "LookingAlongMiddleware",
]
