"""What was left over in a week, and a round that was driven."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketens.forms.fields import DayField, NumberField, SureField, grams
from ketens.models import ChainMember, Factor, Weighing
from ketens.operations.leftovers import Leftover
from ketens.operations.rounds import DrivenRound, DrivenStop

STOPS = 5
# Rung 1 is what was prevented: it never lies in a bin.
WENT_TO = [
    (2, _("to people: food bank, neighbours")),
    (3, _("made into other food")),
    (4, _("feed for animals")),
    (5, _("raw material for industry")),
    (6, _("digested: gas and fertiliser")),
    (7, _("composted")),
    (8, _("burned for energy")),
    (9, _("burned, rest waste")),
    (10, _("dumped")),
]


class MemberForm(forms.Form):
    """A form of an enterprise that may take part in more than one chain or role."""

    member = forms.ChoiceField(label=_("For which chain"))

    def __init__(self, *args: Any, members: Sequence[ChainMember], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(member.pk): member for member in members}
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            (key, f"{member.chain.name}: {member.get_role_display()}")
            for key, member in self.members.items()
        ]
        if len(self.members) == 1:
            self.fields["member"].widget = forms.HiddenInput()
            self.fields["member"].initial = next(iter(self.members))

    def chosen(self) -> ChainMember:
        """Return the member, after validation."""
        return self.members[self.cleaned_data["member"]]


class LeftoverForm(MemberForm):
    """What was left over: three fields, and two for who knows more."""

    what = forms.CharField(label=_("What"), max_length=80, help_text=_("For example: bread"))
    kilos = NumberField(label=_("How many kilos"), least="0.001", most="50000")
    rung = forms.TypedChoiceField(label=_("Where did it go"), choices=WENT_TO, coerce=int)
    day = DayField(label=_("Day"), initial=date.today)
    weighing = forms.ChoiceField(
        label=_("How do you know"), choices=Weighing.choices, initial=Weighing.WEIGHED
    )
    made = NumberField(
        label=_("Kilos made or bought that week"),
        most="50000",
        required=False,
        help_text=_("If you know it. Then we can tell which part was left over."),
    )
    sold = NumberField(label=_("Kilos sold that week"), most="50000", required=False)
    sure = SureField()

    def leftover(self) -> Leftover:
        """Return what was left over, after validation."""
        cleaned = self.cleaned_data
        return Leftover(
            what=cleaned["what"].strip(),
            rung=cleaned["rung"],
            mass_g=grams(cleaned["kilos"]) or 0,
            day=cleaned["day"],
            weighing=cleaned["weighing"],
            made_g=grams(cleaned["made"]),
            sold_g=grams(cleaned["sold"]),
            is_confirmed=cleaned["sure"],
        )


class RoundForm(MemberForm):
    """A round: its day, kilometres, fuel or power, and up to five stops."""

    driven_on = DayField(label=_("Day"), initial=date.today)
    kilometres = NumberField(label=_("Kilometres driven"), least="0.1", most="1500")
    factor = forms.ChoiceField(label=_("On what"))
    energy = NumberField(
        label=_("How much"), least="0.001", most="2000", help_text=_("Litres, kilos or kWh")
    )
    sure = SureField()

    def __init__(
        self, *args: Any, factors: Sequence[Factor], stops: Sequence[ChainMember], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.factors = {str(factor.pk): factor for factor in factors}
        self.stops = {str(member.pk): member for member in stops}
        self.fields["factor"].choices = [  # type: ignore[attr-defined]
            (key, f"{factor.label_nl} ({factor.unit.split('/')[-1]})")
            for key, factor in self.factors.items()
        ]
        places = [("", "–"), *((key, str(one.enterprise)) for key, one in self.stops.items())]
        for number in range(1, STOPS + 1):
            is_first = number == 1
            self.fields[f"stop_{number}"] = forms.ChoiceField(
                label=_("Stop"), choices=places, required=is_first
            )
            self.fields[f"mass_{number}"] = NumberField(
                label=_("Kilos for this stop"), least="0.001", most="50000", required=is_first
            )
            self.fields[f"direct_{number}"] = NumberField(
                label=_("Kilometres straight there from the start"),
                least="0.1",
                most="1500",
                required=is_first,
            )

    @property
    def stop_rows(self) -> list[list[forms.BoundField]]:
        """The fields of every stop, for the template."""
        names = ("stop", "mass", "direct")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, STOPS + 1)]

    def clean(self) -> dict[str, Any]:
        """Ask for weight and distance of a stop that is named, and for each place once."""
        cleaned = super().clean() or {}
        named = [number for number in range(1, STOPS + 1) if cleaned.get(f"stop_{number}")]
        for number in named:
            for name in (f"mass_{number}", f"direct_{number}"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in for the stop that you named."))
        chosen = [cleaned[f"stop_{number}"] for number in named]
        for number in named:
            if chosen.count(cleaned[f"stop_{number}"]) > 1:
                self.add_error(f"stop_{number}", _("Name each stop once, with all its kilos."))
        return cleaned

    def driven(self) -> DrivenRound:
        """Return the round, after validation."""
        cleaned = self.cleaned_data
        return DrivenRound(
            driven_on=cleaned["driven_on"],
            distance_m=round(cleaned["kilometres"] * 1000),
            energy=cleaned["energy"],
            factor=self.factors[cleaned["factor"]],
            stops=tuple(
                DrivenStop(
                    member=self.stops[cleaned[f"stop_{number}"]],
                    mass_g=grams(cleaned[f"mass_{number}"]) or 0,
                    direct_m=round(cleaned[f"direct_{number}"] * 1000),
                )
                for number in range(1, STOPS + 1)
                if cleaned.get(f"stop_{number}")
            ),
            is_confirmed=cleaned["sure"],
        )
