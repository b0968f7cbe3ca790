"""Periods in words, for templates."""

from django import template

from ketens.domain.periods import Period
from ketens.queries.monitor_pages.words import say_period

register = template.Library()


@register.filter
def period_words(period: Period) -> str:
    """Return a period in words, as at the start of a line."""
    words = say_period(period)
    return words[:1].upper() + words[1:]
