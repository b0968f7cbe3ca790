"""Form fields that several forms share: numbers as people type them, months, yes once more."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

KILO_G = 1000


class NumberField(forms.DecimalField):
    """A decimal number with a comma or a point, at least `least`."""

    def __init__(self, *, least: str = "0", most: str = "1000000", **options: object) -> None:
        options.setdefault("decimal_places", 3)
        super().__init__(
            min_value=Decimal(least),
            max_value=Decimal(most),
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **options,  # type: ignore[arg-type]
        )


class MonthField(forms.DateField):
    """A month; the browser gives ``2026-10``, and so may who types it."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            input_formats=["%Y-%m", "%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
            error_messages={"invalid": _("Write the month like 2026-10.")},
            **options,  # type: ignore[arg-type]
        )


class DayField(forms.DateField):
    """A day from the browser's calendar."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **options,  # type: ignore[arg-type]
        )


class SureField(forms.BooleanField):
    """A box that appears when a value is unlikely: yes, it is right."""

    def __init__(self) -> None:
        super().__init__(label=_("I looked again. It is right."), required=False)


def grams(kilos: Decimal | None) -> int | None:
    """Return whole grams, None where nothing was told."""
    return None if kilos is None else round(kilos * KILO_G)
