"""Django's name card of this package."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Municipalities, villages and enterprises."""

    name = "dorpen.register"
    verbose_name = "register"
