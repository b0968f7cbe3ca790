"""Django's name card of this package."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """What every domain uses and no domain owns."""

    name = "winkelstraat.common"
    verbose_name = "common"
