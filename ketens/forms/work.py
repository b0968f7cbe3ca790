"""Hours of a month, a block on an obligation, and the coordinator's word."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketens.domain.social_return import COUNTED_BY_TIME, BlockStatus, BlockUnit
from ketens.domain.work import TargetGroup
from ketens.forms.fields import DayField, MonthField, NumberField, SureField
from ketens.models import Block, EvidenceKind
from ketens.models.work import GROUPS
from ketens.operations.blocks import Contract, Plan, Verdict
from ketens.operations.hours import Declaration
from ketens.queries.obligations import name_block
from winkelstraat.common.money import NoAmount, parse_cents


class HoursForm(forms.Form):
    """Paid hours of one group; people are counted, never named."""

    month = MonthField(label=_("Month"))
    group = forms.ChoiceField(label=_("Group"), choices=GROUPS)
    hours = NumberField(
        label=_("Paid hours of this group together"), decimal_places=2, help_text=_("Like 112,5")
    )
    people = forms.IntegerField(
        label=_("How many people"),
        min_value=1,
        max_value=1000,
        help_text=_("Only the number. Never a name or a citizen number."),
    )
    sure = SureField()

    def declaration(self) -> Declaration:
        """Return what is declared, after validation."""
        cleaned = self.cleaned_data
        return Declaration(
            group=TargetGroup(cleaned["group"]),
            month=cleaned["month"],
            hours=cleaned["hours"],
            people=cleaned["people"],
            is_confirmed=cleaned["sure"],
        )


class StackForm(forms.Form):
    """A block on an obligation: time for people, or a quantity for the rest."""

    block = forms.ChoiceField(label=_("What do you do?"))
    first_month = MonthField(label=_("From which month"), required=False)
    months = forms.IntegerField(
        label=_("How many months"), min_value=1, max_value=120, required=False
    )
    hours_per_week = NumberField(
        label=_("Hours a week"), most="60", decimal_places=2, required=False
    )
    group = forms.ChoiceField(
        label=_("Group"),
        choices=[("", _("not needed")), *GROUPS],
        required=False,
        help_text=_("Kept locked, and deleted two years after the contract is closed."),
    )
    placement = forms.ChoiceField(label=_("Same placement as before"), required=False)
    quantity = NumberField(
        label=_("Hours, days or euros"),
        decimal_places=2,
        required=False,
        help_text=_("For help, an activity or an invoice (without VAT)."),
    )

    def __init__(
        self, *args: Any, blocks: Sequence[Block], placements: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.blocks = {str(block.pk): block for block in blocks}
        self.fields["block"].choices = [  # type: ignore[attr-defined]
            (key, name_block(block)) for key, block in self.blocks.items()
        ]
        self.fields["placement"].choices = [  # type: ignore[attr-defined]
            ("", _("a new one")),
            *((one, one[:8]) for one in placements),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for time where a block counts time, and for a quantity where it does not."""
        cleaned = super().clean() or {}
        block = self.blocks.get(cleaned.get("block", ""))
        if block is None:
            return cleaned
        by_time = BlockUnit(block.unit) in COUNTED_BY_TIME
        wanted = ("first_month", "months", "hours_per_week") if by_time else ("quantity",)
        for name in wanted:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in for what you chose above."))
        is_capped = by_time and block.max_months is not None
        if is_capped and not cleaned.get("group") and not cleaned.get("placement"):
            self.add_error("group", _("This block has a longest duration. Choose the group."))
        return cleaned

    def plan(self) -> Plan:
        """Return the effort, after validation."""
        cleaned = self.cleaned_data
        return Plan(
            first_month=cleaned["first_month"],
            months=cleaned["months"],
            hours_per_week=cleaned["hours_per_week"],
            quantity=cleaned["quantity"],
            group=TargetGroup(cleaned["group"]) if cleaned["group"] else None,
        )


class ObligationForm(forms.Form):
    """What a contract asks of a contractor."""

    contractor = forms.ChoiceField(label=_("Enterprise"))
    title = forms.CharField(label=_("Contract"), max_length=120)
    buyer = forms.CharField(label=_("Who gives the contract"), max_length=120)
    region = forms.ChoiceField(label=_("Region"))
    tender_date = DayField(label=_("Day of the tender"))
    value = forms.CharField(
        label=_("Value without VAT, in euros"),
        max_length=14,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    percentage = NumberField(
        label=_("Percentage of social return"), least="0.01", most="100", decimal_places=2
    )

    def __init__(
        self,
        *args: Any,
        contractors: Sequence[tuple[int, str]],
        regions: Sequence[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["contractor"].choices = contractors  # type: ignore[attr-defined]
        self.fields["region"].choices = regions  # type: ignore[attr-defined]

    def clean_value(self) -> int:
        """Return the cents."""
        try:
            cents = parse_cents(self.cleaned_data["value"].strip())
        except NoAmount:
            raise forms.ValidationError(_("Write the amount in euros, like 250.000,00.")) from None
        if cents <= 0:
            raise forms.ValidationError(_("Write an amount above zero."))
        return cents

    def contract(self) -> Contract:
        """Return the contract, after validation."""
        cleaned = self.cleaned_data
        return Contract(
            title=cleaned["title"],
            buyer=cleaned["buyer"],
            tender_date=cleaned["tender_date"],
            contract_cents=cleaned["value"],
            percentage=cleaned["percentage"],
        )


class VerdictForm(forms.Form):
    """The next step of a block, with what was seen and why."""

    status = forms.ChoiceField(choices=[(one.value, one.value) for one in BlockStatus])
    evidence = forms.ChoiceField(choices=[("", "-"), *EvidenceKind.choices], required=False)
    reason = forms.CharField(max_length=300, required=False)

    def verdict(self) -> Verdict:
        """Return the verdict, after validation."""
        cleaned = self.cleaned_data
        return Verdict(BlockStatus(cleaned["status"]), cleaned["evidence"], cleaned["reason"])


class FillForm(forms.Form):
    """What a block counts for, and where that is written."""

    block = forms.IntegerField(widget=forms.HiddenInput)
    euros = NumberField(label=_("Euros"), least="0.01", decimal_places=2)
    source = forms.CharField(label=_("Where is that written?"), max_length=200)


class RegionForm(forms.Form):
    """Of how many hours a week a full-time job is in a region."""

    region = forms.SlugField(widget=forms.HiddenInput)
    full_time_hours = NumberField(label=_("Hours a week"), least="20", most="48", decimal_places=1)
