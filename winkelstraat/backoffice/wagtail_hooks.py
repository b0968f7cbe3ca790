"""Hang the street's screens into Wagtail's admin."""

from wagtail import hooks

from winkelstraat.backoffice.viewsets import StreetViewSetGroup


@hooks.register("register_admin_viewset")
def register_street() -> StreetViewSetGroup:
    """Show the street's menu."""
    return StreetViewSetGroup()
