"""People, the roles they hold, the long work that they ask for, and their traces."""

from winkelstraat.accounts.models.audit import AuditAddress, Audited, AuditEntry, AuditSeal
from winkelstraat.accounts.models.jobs import Job, JobState
from winkelstraat.accounts.models.looking import LookingAlong
from winkelstraat.accounts.models.people import PeopleManager, Role, RoleGrant, User

__all__ = [
    "AuditAddress",
    "AuditEntry",
    "AuditSeal",
    "Audited",
    "Job",
    "JobState",
    "LookingAlong",
    "PeopleManager",
    "Role",
    "RoleGrant",
    "User",
]
