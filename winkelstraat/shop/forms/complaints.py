"""Say something about an order."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """Words, and nothing else."""

    text = forms.CharField(
        label=_("What do you want to say?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
