"""One figure, one line over time and one list of bars, each with its words and its sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ketens.domain.monitor import MonitorMeasure
from ketens.domain.monitor.changes import Change, Reading, change_between
from ketens.domain.monitor.measures import Better
from ketens.domain.periods import Period
from ketens.domain.pictures import (
    BarRow,
    DrawnBar,
    Level,
    TimeLine,
    TimePoint,
    draw_bars,
    draw_timeline,
)
from ketens.queries.monitor_pages.told import Told
from ketens.queries.monitor_pages.words import (
    base_of,
    say_amount,
    say_count_of,
    say_label,
    say_margin,
    say_period,
    say_permille,
    say_short,
    say_sure,
    say_told,
)
from ketens.queries.wording import say_number

WIDE, NARROW = 720, 340
MOST_UNKNOWN = 12


@dataclass(frozen=True, slots=True)
class MonitorCard:
    """A figure that is never alone: what it is, how sure, and which way it moved."""

    code: str
    label: str
    value_text: str
    margin_text: str
    sure_text: str
    change_text: str
    url: str
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class BarLine:
    """A row of bars: a name, its amount in words and as a bar."""

    rank: int
    name: str
    url: str
    text: str
    margin: str
    coverage: str
    bar: DrawnBar
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class BarPicture:
    """Rows from most to least; what is not known stands last."""

    title: str
    column: str
    sentence: str
    rows: tuple[BarLine, ...]

    @property
    def shown(self) -> tuple[BarLine, ...]:
        """The rows of the table: all, or the known ones when many others are not."""
        known = tuple(row for row in self.rows if not row.is_unknown)
        return self.rows if len(self.rows) - len(known) <= MOST_UNKNOWN else known

    @property
    def folded(self) -> tuple[BarLine, ...]:
        """The rows that are only named, because nothing of them is told."""
        return self.rows[len(self.shown) :]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One stretch of a time line as its table has it."""

    period: str
    text: str
    margin: str
    sure: str


@dataclass(frozen=True, slots=True)
class LinePicture:
    """A time line for a wide page and for a phone, with the table of the same."""

    code: str
    title: str
    sentence: str
    wide: TimeLine
    narrow: TimeLine
    rows: tuple[LineRow, ...]
    levels: tuple[Level, ...]

    @property
    def has_line(self) -> bool:
        """Whether there is more to see than one dot."""
        return len(self.wide.dots) > 1 or bool(self.wide.dots and self.levels)


def build_card(
    measure: MonitorMeasure, told: Told, before: Told | None, periods: Sequence[Period], url: str
) -> MonitorCard:
    """Return a figure of a period, with how it moved since the period before.

    `periods` are the period before and the period itself.
    """
    return MonitorCard(
        code=measure.code,
        label=say_label(measure),
        value_text=say_told(measure, told),
        margin_text=say_margin(measure, told),
        sure_text=say_sure(told),
        change_text=say_change_since(measure, before, told, periods) if before else "",
        url=url,
        is_unknown=told.value is None,
    )


def build_line(
    measure: MonitorMeasure,
    told: Sequence[tuple[Period, Told]],
    *,
    levels: Sequence[Level] = (),
    title: str = "",
    today: date | None = None,
) -> LinePicture:
    """Return a time line with its sentence and table.

    A stretch that still runs `today` is drawn, and left out of the sentence.
    """
    over = [(period, one) for period, one in told if today is None or period.last_day < today]
    points = [TimePoint(say_short(period), one.value, one.low, one.high) for period, one in told]
    wide, narrow = (
        draw_timeline(
            points,
            say=lambda value: say_amount(measure.unit, value),
            levels=levels,
            width=width,
            base=base_of(measure.unit),
        )
        for width in (WIDE, NARROW)
    )
    return LinePicture(
        code=measure.code,
        title=title or say_label(measure),
        sentence=say_line(measure, over or told),
        wide=wide,
        narrow=narrow,
        rows=tuple(
            LineRow(
                say_period(period).capitalize(),
                say_told(measure, one),
                say_margin(measure, one),
                say_sure(one),
            )
            for period, one in told
        ),
        levels=tuple(levels),
    )


def build_bars(
    measure: MonitorMeasure,
    entries: Iterable[tuple[str, str, Told]],
    *,
    title: str,
    column: str,
    what: str,
) -> BarPicture:
    """Return bars of (name, address, figure) from most to least, with a sentence."""
    rows = sorted(entries, key=lambda row: (row[2].value is None, -(row[2].value or 0), row[0]))
    bars = draw_bars([BarRow(one.value, one.low, one.high) for _name, _url, one in rows])
    values = [one.value for _name, _url, one in rows]
    return BarPicture(
        title=title,
        column=column,
        sentence=say_bars(measure, rows, what),
        rows=tuple(
            BarLine(
                rank=values.index(one.value) + 1 if one.value is not None else 0,
                name=name,
                url=url,
                text=say_told(measure, one),
                margin=say_margin(measure, one),
                coverage=say_sure(one),
                bar=bar,
                is_unknown=one.value is None,
            )
            for (name, url, one), bar in zip(rows, bars, strict=True)
        ),
    )


def say_bars(measure: MonitorMeasure, rows: Sequence[tuple[str, str, Told]], what: str) -> str:
    """Return which row has most and how much of the whole that is, and what is missing."""
    known = [(name, one) for name, _url, one in rows if one.value]
    missing = [name for name, _url, one in rows if one.value is None]
    sentences = []
    if known:
        name, first = known[0]
        words = {"name": name, "amount": say_told(measure, first), "label": say_label(measure)}
        whole = sum(one.value or 0 for _name, one in known)
        if measure.adds_up and len(known) > 1:
            words["share"] = say_permille((first.value or 0) * 1000 // whole)
            sentence = _("%(label)s is highest in %(name)s: %(amount)s, %(share)s of all rows.")
        else:
            sentence = _("%(label)s is highest in %(name)s: %(amount)s.")
        sentences.append(sentence % words)
    if missing:
        words = {"count": say_count_of(len(missing), what)}
        sentences.append(_("Of %(count)s it is not known or not published.") % words)
    return " ".join(sentences) or _("Nothing is known of this yet.")


def say_line(measure: MonitorMeasure, told: Sequence[tuple[Period, Told]]) -> str:
    """Return from what to what a figure went, and whether that is sure."""
    known = [(period, one) for period, one in told if one.value is not None]
    if not known:
        return _("Nothing is known of this yet.")
    last_period, last = known[-1]
    words = {"period": say_period(last_period), "amount": say_told(measure, last)}
    if len(known) == 1:
        return _("In %(period)s it was %(amount)s. A line follows with the next one.") % words
    first_period, first = known[0]
    words |= {"first": say_period(first_period), "first_amount": say_told(measure, first)}
    sentence = _("It went from %(first_amount)s in %(first)s to %(amount)s in %(period)s.") % words
    change = change_told(measure, (first_period, first), (last_period, last))
    return f"{sentence} {say_change(measure, change)}".strip() if change else sentence


def change_told(
    measure: MonitorMeasure, before: tuple[Period, Told], after: tuple[Period, Told]
) -> Change | None:
    """Return how a figure moved; None when one of both is not told."""
    (before_period, one), (after_period, two) = before, after
    if one.value is None or two.value is None:
        return None
    return change_between(
        Reading(one.value, before_period.days, one.low, one.high),
        Reading(two.value, after_period.days, two.low, two.high),
        adds_up=measure.adds_up,
    )


def say_change(measure: MonitorMeasure, change: Change) -> str:
    """Return a change in words: how many percent, whether that is good, whether it is sure."""
    if not change.is_sure:
        return _("That is within the margin, so we do not know whether it really changed.")
    if not change.difference:
        return _("That is the same.")
    is_less = change.difference < 0
    if change.percent is None:
        return _("Before, there was nothing.")
    words = {"percent": say_number(abs(change.percent))}
    texts = {
        (True, True): _("Per day that is %(percent)s%% less"),
        (True, False): _("Per day that is %(percent)s%% more"),
        (False, True): _("That is %(percent)s%% less"),
        (False, False): _("That is %(percent)s%% more"),
    }
    text = texts[measure.adds_up, is_less] % words
    return f"{text}{say_whether_good(measure, is_less=is_less)}."


def say_whether_good(measure: MonitorMeasure, *, is_less: bool) -> str:
    """Return whether a direction is the wanted one, in words and never by colour alone."""
    if measure.better is Better.NEUTRAL:
        return ""
    is_good = is_less is (measure.better is Better.LOWER)
    return _(", which is the wanted way") if is_good else _(", which is not the wanted way")


def say_change_since(
    measure: MonitorMeasure, before: Told, after: Told, periods: Sequence[Period]
) -> str:
    """Return in a few words how a figure moved since the period before."""
    change = change_told(measure, (periods[0], before), (periods[1], after))
    if change is None or change.percent is None:
        return ""
    if not change.is_sure:
        return _("about as much as in %(period)s") % {"period": say_period(periods[0])}
    words = {"percent": say_number(abs(change.percent)), "period": say_period(periods[0])}
    if change.difference < 0:
        return _("%(percent)s%% less per day than in %(period)s") % words
    return _("%(percent)s%% more per day than in %(period)s") % words
