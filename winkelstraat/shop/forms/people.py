"""Ask somebody to work in the shop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dorpen.register.operations.people import Allowed


class RightsForm(forms.Form):
    """What a helper may do beside packing and handing over."""

    sees_buyers = forms.BooleanField(label=_("May see the names of buyers"), required=False)
    handles_money = forms.BooleanField(label=_("May see money and give it back"), required=False)
    changes_offer = forms.BooleanField(
        label=_("May change what we offer, prices and times"), required=False
    )

    def allowed(self) -> Allowed:
        """Return what was ticked."""
        return Allowed(**{name: self.cleaned_data[name] for name in RIGHTS})


RIGHTS = ("sees_buyers", "handles_money", "changes_offer")


class InviteForm(RightsForm):
    """A mail address and what who has it may do."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )
