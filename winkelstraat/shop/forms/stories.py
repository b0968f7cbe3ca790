"""The shop's own page: one line, a story, and a photo."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StoryForm(forms.Form):
    """Plain text within limits; `sure` comes after the preview."""

    tagline = forms.CharField(
        label=_("Your shop in one line"),
        max_length=160,
        required=False,
        help_text=_("For example: bread from our own oven since 1924."),
    )
    story = forms.CharField(
        label=_("Your story"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Who are you, what do you make, and how? An empty line begins a paragraph."),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Straight from your camera. We turn it upright and remove the place."),
    )
