"""People, the roles they hold, and the long work that they ask for."""

from winkelstraat.accounts.models.jobs import Job, JobState
from winkelstraat.accounts.models.people import PeopleManager, Role, RoleGrant, User

__all__ = ["Job", "JobState", "PeopleManager", "Role", "RoleGrant", "User"]
