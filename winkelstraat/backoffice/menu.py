"""The menu of our own screens: two groups, with how much waits behind each entry.

Another module puts its entry into a group with Wagtail's hook of that group's name.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail.admin.menu import Menu, MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from winkelstraat.backoffice.waiting import count_waiting

CHECKING_HOOK = "register_checking_menu_item"
MONITOR_HOOK = "register_monitor_menu_item"

checking_menu = Menu(register_hook_name=CHECKING_HOOK)
monitor_menu = Menu(register_hook_name=MONITOR_HOOK)


class ScreenItem(MenuItem):
    """The way to one screen, for those who may use it, with how much waits there."""

    def __init__(self, label: Any, url_name: str, permission: str, **options: Any) -> None:
        self.permission = permission
        self.waits: str = options.pop("waits", "")
        # The name stays the same whatever number the label carries.
        super().__init__(label, reverse_lazy(url_name), name=url_name, **options)

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from everybody else."""
        return bool(request.user.has_perm(self.permission))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Show how much waits, when something does."""
        number = count_waiting(request).get(self.waits, 0) if self.waits else 0
        label = f"{self.label} ({number})" if number else self.label
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname
        )


def screen(label: Any, url_name: str, permission: str, **options: Any) -> Callable[[], ScreenItem]:
    """Return what a hook of a group calls to get one entry."""
    return lambda: ScreenItem(label, url_name, permission, **options)
