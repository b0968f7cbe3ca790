"""One answer, a round of questions, and a baseline."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ketens.domain.questionnaire import AnswerRefused, Question, Refusal, check_answer
from ketens.forms.fields import DayField

REFUSALS = {
    Refusal.EMPTY: _("Choose an answer. Does nothing fit? Then choose the last one."),
    Refusal.UNKNOWN: _("We do not know this answer. Choose one from the list."),
    Refusal.TOO_MANY: _("You chose too many. Take some off."),
    Refusal.NOT_ALONE: _("This answer does not go with another one. Choose one of the two."),
}


class AnswerForm(forms.Form):
    """The chosen options of one question; the domain says whether they fit."""

    def __init__(self, data: Any = None, *, question: Question) -> None:
        super().__init__(data)
        self.question = question

    def chosen(self) -> list[str]:
        """Return what was sent, right or wrong, so that it can be shown again."""
        return self.data.getlist("answer") if isinstance(self.data, QueryDict) else []

    def clean(self) -> dict[str, Any]:
        """Let the question judge, and say in plain words what is wrong."""
        try:
            return {"answer": check_answer(self.question, self.chosen())}
        except AnswerRefused as refused:
            raise forms.ValidationError(REFUSALS[refused.refusal]) from None


class RoundForm(forms.Form):
    """A round: its name, its days and the version of the questions."""

    title = forms.CharField(label=_("Name of the round"), max_length=120)
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))
    version = forms.TypedChoiceField(label=_("Version of the questions"), coerce=int)

    def __init__(self, *args: Any, versions: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["version"].choices = [(one, str(one)) for one in reversed(versions)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Let the last day come after the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return cleaned

    def days(self) -> tuple[date, date]:
        """Return first and last day, after validation."""
        return self.cleaned_data["first_day"], self.cleaned_data["last_day"]


class LastDayForm(forms.Form):
    """Another last day for a round."""

    last_day = DayField(label=_("Last day"))


class BaselineForm(forms.Form):
    """What to freeze; a reason where it takes the place of another."""

    title = forms.CharField(label=_("Name of the baseline"), max_length=120)
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))
    round = forms.ChoiceField(label=_("Round of questions"), required=False)
    reason = forms.CharField(
        label=_("Why is a new baseline needed?"),
        max_length=300,
        required=False,
        help_text=_("Only when there is one already. The old one stays, with its figures."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rounds: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["round"].choices = [("", _("without the profile")), *rounds]  # type: ignore[attr-defined]
