"""Template filters that every page may use without loading them."""

from django import template

from winkelstraat.common.money import format_cents

register = template.Library()


@register.filter
def euro(cents: int) -> str:
    """Show integer cents as ``€ 3,40``."""
    return format_cents(cents)
