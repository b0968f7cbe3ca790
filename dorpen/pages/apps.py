"""Django's name card of this package."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The pages that editors write."""

    name = "dorpen.pages"
    verbose_name = "pages"

    def ready(self) -> None:
        """Tell the pages what they show, and let kept pages go when one is published."""
        from dorpen.pages.views import presenters, publishing  # noqa: F401

        publishing.connect()
