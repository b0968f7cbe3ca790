"""Ask for a mail when something must go."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WatchForm(forms.Form):
    """One address, and a trap that only a machine fills in."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We first mail you a link. Only when you confirm it do we mail you more."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
