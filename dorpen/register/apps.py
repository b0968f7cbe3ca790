"""Django's name card of this package."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Municipalities, villages and enterprises."""

    name = "dorpen.register"
    verbose_name = "register"

    def ready(self) -> None:
        """Tell the page cache which villages can be chosen."""
        from dorpen.register.queries import list_villages
        from winkelstraat.common.page_cache import admit_choices

        admit_choices("dorp", lambda: [village.slug for village in list_villages()])
