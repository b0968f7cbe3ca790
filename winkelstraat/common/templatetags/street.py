"""Template filters that every page may use without loading them."""

from django import template

from winkelstraat.common.money import format_cents

register = template.Library()


@register.filter
def euro(cents: int) -> str:
    """Show integer cents as ``€ 3,40``."""
    return format_cents(cents)


@register.filter
def percentage(basis_points: int) -> str:
    """Show a rate in basis points the Dutch way: ``9%`` or ``2,5%``."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") + "%" if rest else f"{whole}%"
