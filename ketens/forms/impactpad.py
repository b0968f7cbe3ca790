"""The parts of a pad that are one form, and the proof of a level.

Every field may stay empty: a half-written pad is kept, and the levels say what misses.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorpen.register.models.enterprises import ImpactStance
from ketens.domain.impactpad.content import Comparison, Mission, Pad, Valuation
from ketens.domain.impactpad.files import LARGEST_BYTES, FileRefused, kind_of
from ketens.forms.fields import DayField, NumberField
from ketens.operations.levels import LevelProof
from ketens.queries.impactpad.words import COMPARISONS

HUNDRED = Decimal(100)
SHARES = ("deadweight", "displacement", "attribution_to_others", "drop_off", "discount_rate")
STANCES = (ImpactStance.IMPACT_FIRST, ImpactStance.IMPACT_SECOND)
LOW = "-1000000000000"
HIGH = "1000000000000"


def words(label: Any, *, rows: int = 0, most: int = 400, help_text: Any = "") -> forms.CharField:
    """Return a text field that may stay empty."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=most, required=False, widget=widget, help_text=help_text
    )


def number(label: Any, *, help_text: Any = "", least: str = LOW, most: str = HIGH) -> NumberField:
    """Return a number field that may stay empty."""
    return NumberField(least=least, most=most, label=label, required=False, help_text=help_text)


def share(label: Any, help_text: Any = "") -> NumberField:
    """Return a field for a percentage from 0 to 100."""
    return number(label, help_text=help_text, least="0", most="100")


class MissionForm(forms.Form):
    """Why, for whom, and what comes first."""

    mission = words(_("Your mission in one sentence"), rows=2, most=300)
    problem = words(_("Which problem do you want to solve"), rows=3, most=1000)
    target_group = words(
        _("For whom do you do it"),
        rows=2,
        help_text=_("Write no numbers of people and nothing about one person."),
    )
    stance = forms.ChoiceField(
        label=_("What comes first"),
        required=False,
        choices=[("", _("choose")), *((one.value, one.label) for one in STANCES)],
    )
    stance_reason = words(_("Why"), rows=2, help_text=_("For example what you do with profit."))
    uncertainty = words(
        _("What do you not know for sure, and what may go wrong"), rows=3, most=1000
    )
    report_url = forms.URLField(
        label=_("Web address of your report"), required=False, assume_scheme="https", max_length=300
    )

    @classmethod
    def initial_of(cls, pad: Pad) -> dict[str, Any]:
        """Return what the form starts with."""
        return {name: getattr(pad.mission, name) for name in cls.base_fields}

    def content(self, pad: Pad) -> Mission:
        """Return the mission, after validation."""
        return Mission(**{name: tidy(text) for name, text in self.cleaned_data.items()})


class ComparisonForm(forms.Form):
    """What would have happened without the enterprise."""

    kind = forms.ChoiceField(
        label=_("With what do you compare"),
        required=False,
        choices=[("", _("choose")), *COMPARISONS.items()],
    )
    indicator = forms.ChoiceField(label=_("Which indicator"), required=False)
    how = words(_("How did you compare"), rows=4, most=1000)
    source = words(_("Where does it come from"))
    without = number(_("What it would have been without you"))

    def __init__(self, *args: Any, pad: Pad, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["indicator"].choices = indicator_choices(pad)  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, pad: Pad) -> dict[str, Any]:
        """Return what the form starts with."""
        return {name: getattr(pad.comparison, name) for name in cls.base_fields}

    def content(self, pad: Pad) -> Comparison:
        """Return the comparison, after validation."""
        return Comparison(**{name: tidy(text) for name, text in self.cleaned_data.items()})


class ValuationForm(forms.Form):
    """One outcome in euros, with what must be taken off; shares in percent."""

    indicator = forms.ChoiceField(label=_("Which indicator"), required=False)
    what = words(_("What do you value"))
    count = number(_("How many"), least="0")
    proxy_euro = number(_("What one is worth, in euros"), least="0")
    proxy_source = words(_("Where that value comes from"))
    proxy_date = DayField(label=_("From which day that value is"), required=False)
    deadweight = share(_("What would have happened anyway (%)"))
    displacement = share(_("What was pushed aside elsewhere (%)"))
    attribution_to_others = share(_("What others did (%)"))
    drop_off = share(_("What wears off each year (%)"))
    years = forms.IntegerField(
        label=_("How many years it lasts"), min_value=1, max_value=100, required=False
    )
    discount_rate = share(
        _("Discount rate (%)"), _("The Dutch rate for social costs and benefits is 2,25%.")
    )
    input_euro = number(_("What was put in, in euros"), least="0")
    input_source = words(_("Where that amount comes from"))

    def __init__(self, *args: Any, pad: Pad, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["indicator"].choices = indicator_choices(pad)  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, pad: Pad) -> dict[str, Any]:
        """Return what the form starts with, shares in percent."""
        told = {name: getattr(pad.valuation, name) for name in cls.base_fields}
        return told | {
            name: (told[name] * HUNDRED).normalize() for name in SHARES if told[name] is not None
        }

    def content(self, pad: Pad) -> Valuation:
        """Return the valuation, after validation."""
        told = {name: tidy(value) for name, value in self.cleaned_data.items()}
        told |= {name: told[name] / HUNDRED for name in SHARES if told[name] is not None}
        return Valuation(**told)


class LevelProofForm(forms.Form):
    """What proves a level: words, with an address or a file."""

    text = forms.CharField(
        label=_("What proves it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read this. Write no names and no numbers of people."),
    )
    address = forms.URLField(
        label=_("Web address"), required=False, assume_scheme="https", max_length=300
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("A PDF or a picture of at most 5 MB. Only you and the reviewer can open it."),
    )
    valid_until = DayField(
        label=_("Holds until"),
        required=False,
        help_text=_("Leave it empty when the proof does not run out."),
    )

    def clean(self) -> dict[str, Any]:
        """Look at what kind of file it is."""
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload:
            try:
                if upload.size > LARGEST_BYTES:
                    raise FileRefused(upload.size)
                content = upload.read()
                cleaned["kind"], cleaned["bytes"] = kind_of(content), content
            except FileRefused:
                self.add_error("file", _("Choose a PDF or a picture of at most 5 MB."))
        return cleaned

    def proof(self) -> LevelProof:
        """Return the proof, after validation."""
        cleaned = self.cleaned_data
        upload = cleaned["file"]
        return LevelProof(
            text=tidy(cleaned["text"]),
            address=cleaned["address"],
            file=cleaned.get("bytes", b""),
            file_name=upload.name[-120:] if upload else "",
            file_type=cleaned.get("kind", ""),
            valid_until=cleaned["valid_until"],
        )


def indicator_choices(pad: Pad) -> list[tuple[str, Any]]:
    """Return the indicators of a pad to choose from."""
    return [("", _("choose")), *((one.key, one.name) for one in pad.indicators)]


def tidy(value: Any) -> Any:
    """Return a text without spaces around it; anything else as it is."""
    return value.strip() if isinstance(value, str) else value


def next_key(letter: str, taken: Mapping[str, Any] | set[str]) -> str:
    """Return the first key of this letter that is free."""
    place = 1
    while f"{letter}{place}" in taken:
        place += 1
    return f"{letter}{place}"
