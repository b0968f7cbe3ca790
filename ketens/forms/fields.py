"""Form fields that several forms share: numbers as people type them, months, yes once more."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

KILO_G = 1000
GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]*)?")


class TypedDecimalField(forms.DecimalField):
    """A decimal as people type it: 1.250 is over a thousand, 1,25 and 1.25 are over one."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **options,  # type: ignore[arg-type]
        )

    def to_python(self, value: object) -> Any:
        """Read a number; a point with three digits behind it divides thousands."""
        if isinstance(value, str) and GROUPED.fullmatch(value.strip()):
            value = value.replace(".", "")
        return super().to_python(value)


class NumberField(TypedDecimalField):
    """A decimal number of at least `least`."""

    def __init__(self, *, least: str = "0", most: str = "1000000", **options: object) -> None:
        options.setdefault("decimal_places", 3)
        super().__init__(min_value=Decimal(least), max_value=Decimal(most), **options)


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
