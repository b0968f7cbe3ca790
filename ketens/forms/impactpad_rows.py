"""The parts of a pad that are lists: goals, steps, links, indicators, measurements.

Emptying the main field of a row takes the row away. Two rows are free at the end; who
needs more keeps these first. All of it works without a script.
"""

from dataclasses import asdict, fields
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ketens.domain.impactpad.checks import MOST
from ketens.domain.impactpad.content import Feed, Goal, Indicator, Kind, Link, Pad, Round, Step
from ketens.forms.fields import DayField
from ketens.forms.impactpad import indicator_choices, next_key, number, tidy, words
from ketens.queries.batches import say_rung
from ketens.queries.impactpad.feeds import WORDS
from ketens.queries.impactpad.reference import get_reference
from ketens.queries.impactpad.words import FREQUENCIES, GRADES, KINDS

FREE_ROWS = 2
OLD = "old"
CHOOSE = ("", _("choose"))


class RowForm(forms.Form):
    """One row; `main` is the field that makes it a row, `letter` begins its key."""

    main: ClassVar[str]
    letter: ClassVar[str] = ""

    key = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, *args: Any, pad: Pad, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fill(pad)

    def fill(self, pad: Pad) -> None:
        """Give the lists of choices what the pad holds."""

    def clean(self) -> dict[str, Any]:
        """Ask for the field that makes this a row when anything else was typed."""
        cleaned = super().clean() or {}
        typed = [name for name in self.changed_data if name not in ("key", self.main)]
        if typed and not cleaned.get(self.main) and not cleaned.get("key"):
            self.add_error(self.main, _("Fill this in, or empty the whole row."))
        return cleaned


class GoalForm(RowForm):
    """One impact goal."""

    main, letter = "text", "g"

    text = words(_("What do you want to reach"), rows=2, most=200)
    target = forms.ChoiceField(label=_("Which world goal does it contribute to"), required=False)
    indicator = forms.ChoiceField(label=_("How do you measure it"), required=False)

    def fill(self, pad: Pad) -> None:
        """Offer the targets of the table and the indicators of the pad."""
        targets = [(one.official, one.label) for one in get_reference().targets]
        self.fields["target"].choices = [CHOOSE, *targets]  # type: ignore[attr-defined]
        self.fields["indicator"].choices = indicator_choices(pad)  # type: ignore[attr-defined]


class StepForm(RowForm):
    """One step of the theory of change."""

    main, letter = "text", "s"

    text = words(_("Step"), most=90)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()), initial=Kind.INPUT)


class LinkForm(RowForm):
    """One step leads to another, by an assumption."""

    main = "tail"

    tail = forms.ChoiceField(label=_("From"), required=False)
    head = forms.ChoiceField(label=_("To"), required=False)
    assumption = words(_("Why would that be so"), rows=2, most=300)
    grade = forms.TypedChoiceField(
        label=_("How sure is it"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[CHOOSE, *GRADES.items()],
    )

    def fill(self, pad: Pad) -> None:
        """Offer the steps of the pad in the order of their kinds."""
        steps = [
            (step.key, f"{KINDS[kind]}: {step.text}")
            for kind in Kind
            for step in pad.steps
            if step.kind is kind
        ]
        for name in ("tail", "head"):
            self.fields[name].choices = [CHOOSE, *steps]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask where a link goes."""
        cleaned = super().clean()
        if cleaned.get("tail") and not cleaned.get("head"):
            self.add_error("head", _("Choose where this link goes to."))
        return cleaned


class IndicatorForm(RowForm):
    """One indicator; who chooses a feed types no value."""

    main, letter = "name", "i"

    name = words(_("What do you measure"), most=120)
    feed = forms.ChoiceField(
        label=_("Who measures it"),
        required=False,
        help_text=_("What the books measure is filled in by itself."),
    )
    unit = words(_("Unit"), most=30)
    source = words(_("Where do you read it"), most=200)
    frequency = forms.ChoiceField(label=_("How often"), choices=list(FREQUENCIES.items()))
    baseline = number(_("At the start"))
    target = number(_("Where you want to be"))
    is_about_people = forms.BooleanField(
        label=_("This counts people or their hours"),
        required=False,
        help_text=_("Then no number of it becomes public."),
    )

    def fill(self, pad: Pad) -> None:
        """Offer what the books can measure."""
        self.fields["feed"].choices = [  # type: ignore[attr-defined]
            ("", _("we do, ourselves")),
            *((one.value, say_feed(one)) for one in Feed),
        ]
        self.fields["frequency"].initial = "quarter"

    def clean(self) -> dict[str, Any]:
        """Refuse a start that is typed where the books know it."""
        cleaned = super().clean()
        if cleaned.get("feed") and cleaned.get("baseline") is not None:
            self.add_error("baseline", _("The books know the start. Leave this empty."))
        return cleaned


class RoundForm(RowForm):
    """One measurement that people did."""

    main = "day"

    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    day = DayField(label=_("Day"), required=False)
    value = number(_("Value"))
    n = forms.IntegerField(
        label=_("How many were asked or looked at"), required=False, min_value=1, max_value=10**6
    )
    response = forms.IntegerField(
        label=_("How many of them answered"), required=False, min_value=0, max_value=10**6
    )

    def fill(self, pad: Pad) -> None:
        """Offer the indicators that people measure."""
        typed = [(one.key, one.name) for one in pad.indicators if not one.feed]
        self.fields["indicator"].choices = [CHOOSE, *typed]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for indicator and value of a measurement."""
        cleaned = super().clean()
        if cleaned.get("day"):
            if not cleaned.get("indicator"):
                self.add_error("indicator", _("Choose what you measured."))
            if cleaned.get("value") is None and "value" not in self.errors:
                self.add_error("value", _("Write what you measured."))
        return cleaned


class BaseRows(forms.BaseFormSet[RowForm]):
    """A list of rows that becomes a part of the pad."""

    kind: ClassVar[type[Any]]
    section: ClassVar[str]

    def content(self, pad: Pad) -> tuple[Any, ...]:
        """Return the rows that hold something, each with its own key, after validation."""
        known = {getattr(one, "key", "") for one in getattr(pad, self.section)}
        names = [one.name for one in fields(self.kind)]
        taken: set[str] = set()
        rows = []
        for form in self.forms:
            told = {name: tidy(value) for name, value in form.cleaned_data.items()}
            if not told.get(form.main):
                continue
            if form.letter:
                told["key"] = self.key_of(told["key"], known, taken, form.letter)
                taken.add(told["key"])
            rows.append(self.kind(**{name: told[name] for name in names}))
        return tuple(rows)

    @staticmethod
    def key_of(sent: str, known: set[str], taken: set[str], letter: str) -> str:
        """Return the key of a row: its own when the pad knows it, else a new one."""
        return sent if sent in known - taken else next_key(letter, known | taken)


def start_rows(pad: Pad, section: str) -> list[dict[str, Any]]:
    """Return what the rows start with; a hidden key tells a row that stands from a new one."""
    return [{"key": OLD, **asdict(one)} for one in getattr(pad, section)]


def rows_of(form: type[RowForm], kind: type[Any], section: str) -> type[BaseRows]:
    """Return the list of one kind of row."""
    base = type(f"{kind.__name__}Rows", (BaseRows,), {"kind": kind, "section": section})
    most = MOST[section]
    made: type[BaseRows] = forms.formset_factory(  # type: ignore[assignment]
        form, formset=base, extra=FREE_ROWS, max_num=most, absolute_max=most + FREE_ROWS
    )
    return made


def say_feed(feed: Feed) -> str:
    """Return what the books can measure, a rung by its name."""
    if feed.rung:
        return str(say_rung(feed.rung))
    return str(WORDS[feed].label)


GoalRows = rows_of(GoalForm, Goal, "goals")
StepRows = rows_of(StepForm, Step, "steps")
LinkRows = rows_of(LinkForm, Link, "links")
IndicatorRows = rows_of(IndicatorForm, Indicator, "indicators")
RoundRows = rows_of(RoundForm, Round, "rounds")
