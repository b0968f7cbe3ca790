"""People and the roles they hold."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PeopleManager(BaseUserManager["User"]):
    """Create people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create one person; without a password only a link or passkey signs in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person who may do everything in the back office."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[PeopleManager] = PeopleManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email_whatever_the_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name that people see, or the e-mail address."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """Return the first word of the name, or the e-mail address."""
        return self.name.split(" ")[0] if self.name else self.email


class Role(models.TextChoices):
    """What a person does for the street as a whole.

    A shopkeeper's role is his membership of an enterprise, a pick-up host's is his
    place at a pick-up point, and a village editor's is a Wagtail group: those stand
    beside what they are about.
    """

    PLATFORM_STAFF = "platform_staff", _("platform staff")
    PROVINCE_ANALYST = "province_analyst", _("province analyst")
    COURIER = "courier", _("courier")
    MUNICIPAL_BUYER = "municipal_buyer", _("municipal buyer")
    SOCIAL_RETURN_COORDINATOR = "social_return_coordinator", _("social-return coordinator")


class RoleGrant(models.Model):
    """One role of one person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=40, choices=Role.choices)
    granted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="a_role_is_granted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
