"""The words, agreements and members of a chain."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ketens.forms.fields import DayField
from ketens.models import Role
from ketens.operations.chain_edits import Agreement, Description

AREA = {"rows": 6}


class DescribeForm(forms.Form):
    """Name, one sentence, and the story."""

    name = forms.CharField(label=_("Name"), max_length=120)
    summary = forms.CharField(label=_("In one sentence"), max_length=200)
    story = forms.CharField(
        label=_("The story"), max_length=5000, required=False, widget=forms.Textarea(attrs=AREA)
    )

    def told(self) -> Description:
        """Return the description, after validation."""
        return Description(**self.cleaned_data)


class AgreementForm(forms.Form):
    """What members agreed, with its days."""

    title = forms.CharField(label=_("What did you agree"), max_length=120)
    text = forms.CharField(
        label=_("More about it"), max_length=2000, required=False, widget=forms.Textarea(AREA)
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False)

    def agreement(self) -> Agreement:
        """Return the agreement, after validation."""
        return Agreement(**self.cleaned_data)


class LetInForm(forms.Form):
    """An enterprise that takes part from now on."""

    enterprise = forms.ChoiceField(label=_("Enterprise"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    contribution = forms.CharField(label=_("What does it do"), max_length=160, required=False)

    def __init__(self, *args: Any, enterprises: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["enterprise"].choices = enterprises  # type: ignore[attr-defined]
