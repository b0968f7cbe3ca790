"""The whole content of a yearly report, and the digest of everything that it rests on."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ketens.domain.factors import digest_of
from ketens.domain.monitor import MEASURES
from ketens.domain.targets import Standing
from ketens.domain.yearly import Known, list_quarters
from ketens.models import (
    ActionState,
    AgendaAction,
    Baseline,
    FigureRelease,
    HandCount,
    Signal,
    SignalStep,
    Target,
    WorkRelease,
)
from ketens.queries.baselines import find_breaks
from ketens.queries.monitor_pages.words import say_label
from ketens.queries.steering.agenda import get_agenda, say_quarter
from ketens.queries.steering.report.method import build_method
from ketens.queries.steering.report.profile import build_profile, list_profile_digests
from ketens.queries.steering.report.reading import Told, read_told, say_figure, say_share
from ketens.queries.steering.report.results import build_lines, build_map, build_results
from ketens.queries.steering.report.steering import (
    build_actions,
    build_signals,
    build_targets,
    build_work,
)
from ketens.queries.targets import list_all_targets
from ketens.queries.wording import say_number

# A report that says something else than before is another report, though nothing else changed.
REPORT_VERSION = 4
HEADLINES = ("goods_g", "emission_mg_co2e_per_kg", "food_waste_g", "villages_with_active_chain")


def digest_state(year: int) -> str:
    """Return the digest of all that a report of a year is built from."""
    quarters = list_quarters(year)
    releases = FigureRelease.objects.filter(quarter__in=quarters).order_by("quarter")
    work = WorkRelease.objects.filter(quarter__in=quarters).order_by("quarter")
    newest = {
        model.__name__: model.objects.aggregate(newest=Max("pk"))["newest"]
        for model in (ActionState, Target, HandCount, Signal, SignalStep, Baseline)
    }
    return digest_of(
        {
            "version": REPORT_VERSION,
            "year": year,
            "releases": list(releases.values_list("digest", flat=True)),
            "work": list(work.values_list("digest", flat=True)),
            "profile": list_profile_digests(year),
            "actions": list(AgendaAction.objects.values_list("key", "title", "what")),
            "newest": newest,
        }
    )


def build_content(year: int, *, made_on: date) -> dict[str, Any]:
    """Return everything that the report says, in the language that is active."""
    told = read_told(year)
    baseline = Baseline.objects.order_by("-frozen_at").first()
    targets = list_all_targets()
    agenda = get_agenda()
    content: dict[str, Any] = {
        "year": year,
        "made_on": date_format(made_on, "j F Y"),
        "quarters": [say_quarter(first) for first in told.quarters],
        "standing": say_standing(told),
        "results": build_results(told, baseline),
        "map": build_map(told),
        "lines": build_lines(told, targets),
        "targets": build_targets(told, targets),
        "actions": build_actions(agenda),
        "agenda_sentence": agenda.sentence,
        "signals": build_signals(told),
        "profile": build_profile(year),
        "work": build_work(told),
        "breaks": list_breaks(told, baseline),
        "method": build_method(told, baseline),
    }
    content["summary"] = list_summary(told, content)
    return content


def say_standing(told: Told) -> str:
    """Return which quarters the report tells of, and what is still to come."""
    count = len(told.releases)
    if not count:
        return _(
            "Of %(year)s no quarter has been released yet. A quarter is released thirty days"
            " after its end; until then its figures are for staff."
        ) % {"year": told.year}
    if count == len(list_quarters(told.year)):
        return _("All four quarters of %(year)s were released.") % {"year": told.year}
    return ngettext(
        "Of %(year)s %(count)s quarter was released (%(names)s). What is not released is not in"
        " this report.",
        "Of %(year)s %(count)s quarters were released (%(names)s). What is not released is not in"
        " this report.",
        count,
    ) % {
        "year": told.year,
        "count": count,
        "names": ", ".join(say_quarter(first) for first in told.quarters),
    }


def list_summary(told: Told, content: dict[str, Any]) -> list[str]:
    """Return what matters most, one sentence each, and what is unknown."""
    sentences = [content["standing"]]
    sentences += [say_headline(told, code) for code in HEADLINES]
    sentences.append(say_targets(content["targets"]))
    sentences.append(content["agenda_sentence"])
    sentences.append(say_signals(content["signals"]))
    sentences.append(content["profile"]["sentence"])
    return sentences


def say_headline(told: Told, code: str) -> str:
    """Return one figure of the province in a sentence, with how much of it is known."""
    measure = MEASURES[code]
    year = told.province.get(code)
    words = {"what": say_label(measure)}
    if year is None or year.whole.known in (Known.UNKNOWN, Known.NOT_RELEASED):
        untold = _("%(what)s: unknown, because nothing was counted or released of it.")
        return untold % words
    if year.whole.known is Known.WITHHELD:
        return _("%(what)s: not shown, because few take part in it.") % words
    words |= {
        "value": say_figure(measure, year.whole),
        "known": say_share(year.whole.coverage_permille),
    }
    if words["known"]:
        return _("%(what)s: %(value)s; %(known)s is known.") % words
    return _("%(what)s: %(value)s.") % words


def say_targets(targets: list[dict[str, Any]]) -> str:
    """Return how many targets are reached, on course and behind."""
    if not targets:
        return _("No targets were set yet.")
    count = dict.fromkeys(Standing, 0)
    for target in targets:
        count[Standing(target["standing"])] += 1
    return _(
        "Of %(all)s targets %(reached)s are reached, %(course)s are on course and %(behind)s are"
        " behind; of %(unknown)s it cannot be said yet."
    ) % {
        "all": len(targets),
        "reached": say_number(count[Standing.REACHED]),
        "course": say_number(count[Standing.ON_COURSE]),
        "behind": say_number(count[Standing.BEHIND]),
        "unknown": say_number(count[Standing.UNKNOWN]),
    }


def say_signals(signals: list[dict[str, Any]]) -> str:
    """Return how many signals the released months gave, and how many are closed."""
    if not signals:
        return _("Nothing stood out in the released months.")
    closed = sum(1 for one in signals if one["is_closed"])
    return ngettext(
        "%(count)s signal came of the released months; %(closed)s of them is closed.",
        "%(count)s signals came of the released months; %(closed)s of them are closed.",
        len(signals),
    ) % {"count": len(signals), "closed": closed}


def list_breaks(told: Told, baseline: Baseline | None) -> list[str]:
    """Return what changed in the method since the baseline, in words."""
    if baseline is None or not told.quarters:
        return []
    last = date(told.year, 12, 31)
    found = []
    for change in find_breaks(baseline, told.quarters[0], last):
        kind, *rest = change.split(":")
        if kind == "method":
            words = {"before": rest[0], "after": rest[1]}
            found.append(_("The method changed from %(before)s to %(after)s.") % words)
        else:
            found.append(_("The list of factors “%(name)s” came or went.") % {"name": rest[0]})
    return found
