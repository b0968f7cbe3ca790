"""Django's name card of this package."""

from django.apps import AppConfig


class KetensConfig(AppConfig):
    """The impact chains."""

    name = "ketens"
    verbose_name = "chains"
