"""Two versions of one thing side by side, in the words of the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

NOT_SHOWN = ("version", "seen_stock", "variant_of", "photo", "focus", "price_is_right")


@dataclass(frozen=True)
class Difference:
    """One field that a colleague and this person want otherwise."""

    label: str
    theirs: str
    mine: str


def list_differences(form: forms.Form, theirs: Mapping[str, Any]) -> list[Difference]:
    """Return the fields of a form that hold something else than what a colleague saved."""
    found = []
    for bound in form:
        if bound.name in NOT_SHOWN:
            continue
        there, here = _say(bound, theirs.get(bound.name)), _say(bound, bound.value())
        if there != here:
            found.append(Difference(str(bound.label), there, here))
    return found


def _say(bound: Any, value: Any) -> str:
    """Return what is chosen in the words of its choice, and a tick as yes or no."""
    if isinstance(bound.field, forms.BooleanField):
        return _("yes") if value not in (None, "", False, "False") else _("no")
    text = "" if value is None else str(value).strip()
    if isinstance(bound.field, forms.ChoiceField):
        return dict(_flatten(bound.field.choices)).get(text, text)
    return text


def _flatten(choices: Any) -> list[tuple[str, str]]:
    found = []
    for value, label in choices:
        inside = _flatten(label) if isinstance(label, list | tuple) else [(str(value), str(label))]
        found += inside
    return found
