"""What staff take down about actions, hand counts, targets, signals and figures."""

from decimal import Decimal
from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ketens.domain.targets import YEARS, Basis, Better
from ketens.forms.fields import NumberField, TypedDecimalField
from ketens.models import ActionStatus, Baseline, SignalStatus
from ketens.models.targets import BASIS_LABELS, BETTER_LABELS
from ketens.operations.agenda import CountDraft, StateDraft
from ketens.operations.targets import TargetDraft

UNDER_WAY = [
    (status.value, status.label) for status in ActionStatus if status is not ActionStatus.UNKNOWN
]


class VersionedForm(forms.Form):
    """A form that remembers which version its writer saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    @property
    def seen_version(self) -> int:
        """The version that was on the page when it was filled in."""
        return int(self.cleaned_data["seen"])

    def show_version(self, version: int) -> None:
        """Remember that the writer sees another version now; what was typed stays."""
        typed = cast(QueryDict, self.data).copy()
        typed["seen"] = str(version)
        self.data = typed


class StateForm(VersionedForm):
    """How an action stands."""

    status = forms.ChoiceField(label=_("How does it stand?"), choices=UNDER_WAY)
    owner = forms.CharField(
        label=_("Who answers for it"),
        max_length=120,
        help_text=_("A team or organisation, never the name of a person."),
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("An action that is done needs evidence."),
    )
    evidence_address = forms.URLField(
        label=_("Web address of the evidence"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )

    def draft(self) -> StateDraft:
        """Return what is told, after validation."""
        cleaned = self.cleaned_data
        return StateDraft(
            status=ActionStatus(cleaned["status"]),
            owner=cleaned["owner"],
            evidence=cleaned["evidence"],
            evidence_address=cleaned["evidence_address"],
        )


class CountForm(VersionedForm):
    """A number that was counted by hand."""

    indicator = forms.SlugField(widget=forms.HiddenInput)
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2050)
    value = NumberField(label=_("How many"), decimal_places=2)
    source = forms.CharField(label=_("Where is that written?"), max_length=300)

    def draft(self) -> CountDraft:
        """Return what was counted, after validation."""
        cleaned = self.cleaned_data
        return CountDraft(
            cleaned["indicator"], cleaned["year"], cleaned["value"], cleaned["source"]
        )


class TargetForm(VersionedForm):
    """What should be reached by when; an empty value withdraws it."""

    measure = forms.ChoiceField(label=_("Measure"))
    place = forms.ChoiceField(label=_("Place"))
    year = forms.TypedChoiceField(
        label=_("Year"), choices=[(year, str(year)) for year in YEARS], coerce=int
    )
    basis = forms.ChoiceField(
        label=_("Counted as"), choices=[(one.value, text) for one, text in BASIS_LABELS.items()]
    )
    value = TypedDecimalField(
        label=_("Value"),
        required=False,
        max_digits=16,
        decimal_places=4,
        help_text=_("In percent, like -20, or in the unit of the measure. Empty withdraws it."),
    )
    better = forms.ChoiceField(
        label=_("Which way is better"),
        choices=[(one.value, text) for one, text in BETTER_LABELS.items()],
    )
    baseline = forms.ModelChoiceField(
        label=_("Measured from"), queryset=Baseline.objects.all(), required=False
    )
    source = forms.CharField(label=_("Where is that written?"), max_length=300)
    decision = forms.CharField(
        label=_("Decided by"),
        max_length=200,
        required=False,
        help_text=_("Like “Provinciale Staten, 9 December 2026”. Empty is a proposal."),
    )
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=300,
        required=False,
        help_text=_("Only when there is a target already."),
    )

    def __init__(
        self,
        *args: object,
        measures: list[tuple[str, str]],
        places: list[tuple[str, str]],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["measure"].choices = measures  # type: ignore[attr-defined]
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    def draft(self, baseline_amount: Decimal | None) -> TargetDraft:
        """Return the target, after validation, with what its baseline was."""
        cleaned = self.cleaned_data
        return TargetDraft(
            measure=cleaned["measure"],
            place=cleaned["place"],
            year=cleaned["year"],
            value=cleaned["value"],
            better=Better(cleaned["better"]),
            basis=Basis(cleaned["basis"]),
            baseline=cleaned["baseline"],
            baseline_amount=baseline_amount,
            source=cleaned["source"],
            decision=cleaned["decision"],
            reason=cleaned["reason"],
        )


class NoteForm(forms.Form):
    """A note of staff."""

    text = forms.CharField(
        label=_("Your note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Staff read this. It stays as you write it, with your name."),
    )


class StepForm(forms.Form):
    """What is done with a signal."""

    status = forms.ChoiceField(
        label=_("What do you do with it?"),
        choices=[
            (status.value, status.label)
            for status in (SignalStatus.SEEN, SignalStatus.NOTED, SignalStatus.CLOSED)
        ],
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        help_text=_("Needed when you close it."),
    )
