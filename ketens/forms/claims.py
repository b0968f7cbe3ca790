"""A claim with what it rests on, and the reviewer's word."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ketens.forms.fields import DayField
from ketens.models import Calculation
from ketens.operations.claims import Matter, Proof, Wording
from winkelstraat.common.claims import Scope, Subject, read_rules

SCOPES = [
    (Scope.PRODUCT.value, _("the whole product")),
    (Scope.PART.value, _("a part of it")),
    (Scope.ACTIVITY.value, _("one activity, like bringing it")),
    (Scope.ENTERPRISE.value, _("my whole enterprise")),
]
PROOFS = [
    ("", _("no proof")),
    ("organic", _("organic certificate")),
    ("excellent_performance", _("recognised ecolabel")),
    ("environmental", _("proof on nature or climate")),
    ("social", _("proof on people or work")),
    ("sdg_indicator", _("indicator of a world goal")),
    ("document", _("another document")),
]


class ClaimForm(forms.Form):
    """What you want to say, exactly, and what proves it."""

    about = forms.ChoiceField(label=_("What is it about"))
    text = forms.CharField(
        label=_("What do you want to say"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One fact. For example: all power of this bakery comes from its own roof."),
    )
    specification = forms.CharField(
        label=_("Which words in it say exactly what you mean"), max_length=200, required=False
    )
    scope = forms.ChoiceField(label=_("How far does it reach"), choices=SCOPES)
    proof_kind = forms.ChoiceField(label=_("Proof"), choices=PROOFS, required=False)
    proof_title = forms.CharField(label=_("Name of the proof"), max_length=160, required=False)
    proof_scope = forms.ChoiceField(label=_("What does the proof cover"), choices=SCOPES)
    proof_reference = forms.CharField(
        label=_("Number, for example of a certificate"), max_length=160, required=False
    )
    proof_address = forms.URLField(
        label=_("Web address"), required=False, assume_scheme="https", max_length=300
    )
    proof_until = DayField(label=_("Holds until"), required=False)
    calculation = forms.CharField(
        label=_("Address of the calculation behind a number"),
        max_length=200,
        required=False,
        help_text=_("Open “How do we know this?” at the figure and copy the address of that page."),
    )

    def __init__(self, *args: Any, products: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            *((f"product:{ref}", title) for ref, title in products),
            ("seller", _("my enterprise")),
        ]

    def clean_calculation(self) -> Calculation | None:
        """Return the calculation that an address names."""
        typed = self.cleaned_data["calculation"].strip().rstrip("/")
        if not typed:
            return None
        try:
            public_id = UUID(typed.rsplit("/", 1)[-1].removesuffix(".json"))
        except ValueError:
            raise forms.ValidationError(_("This is not the address of a calculation.")) from None
        found = Calculation.objects.filter(public_id=public_id).first()
        if found is None:
            raise forms.ValidationError(
                _("We find no calculation there. Open a single calculation, not a total.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for the name of a proof that is handed in."""
        cleaned = super().clean() or {}
        if cleaned.get("proof_kind") and not cleaned.get("proof_title"):
            self.add_error("proof_title", _("What is this proof called?"))
        specification = cleaned.get("specification", "")
        if specification and specification.lower() not in cleaned.get("text", "").lower():
            self.add_error("specification", _("These words are not in your text."))
        return cleaned

    def matter(self) -> Matter:
        """Return what the claim is about, after validation."""
        kind, _colon, ref = self.cleaned_data["about"].partition(":")
        return Matter(Subject(kind), product_ref=ref)

    def wording(self) -> Wording:
        """Return the words with their proof, after validation."""
        cleaned = self.cleaned_data
        proof = Proof(
            kind=cleaned["proof_kind"],
            title=cleaned["proof_title"],
            scope=Scope(cleaned["proof_scope"]),
            reference=cleaned["proof_reference"],
            address=cleaned["proof_address"],
            valid_until=cleaned["proof_until"],
        )
        return Wording(
            text=" ".join(cleaned["text"].split()),
            scope=Scope(cleaned["scope"]),
            specification=cleaned["specification"].strip(),
            proofs=(proof,) if proof.kind else (),
            calculation=cleaned["calculation"],
        )


class ReviewForm(forms.Form):
    """A reviewer's word, with rules that he accepts by name."""

    decision = forms.ChoiceField(choices=[("approve", "approve"), ("refuse", "refuse")])
    reason = forms.CharField(label=_("Why"), max_length=300)
    accepted = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rules = dict.fromkeys(rule.id for rule in read_rules().rules)
        self.fields["accepted"].choices = [(rule, rule) for rule in rules]  # type: ignore[attr-defined]
