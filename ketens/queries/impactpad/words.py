"""Say in plain words what a pad misses, what may not be said, and why a number is not shown."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ketens.domain.disclosure import PUBLIC
from ketens.domain.impactpad.checks import Lack
from ketens.domain.impactpad.content import Kind, Section
from ketens.domain.impactpad.levels import LEAST_GOALS, LEAST_ROUNDS
from ketens.domain.impactpad.periods import Frequency
from ketens.domain.impactpad.speaking import COUNTS_PEOPLE, REALISES, Fault
from winkelstraat.common.claims.wording import explain_claim

KINDS: Mapping[Kind, Promise] = {
    Kind.INPUT: gettext_lazy("Put in"),
    Kind.ACTIVITY: gettext_lazy("What we do"),
    Kind.OUTPUT: gettext_lazy("What comes out"),
    Kind.OUTCOME: gettext_lazy("What changes"),
    Kind.IMPACT: gettext_lazy("Impact"),
}
GRADES: Mapping[int, Promise] = {
    1: gettext_lazy("opinion"),
    2: gettext_lazy("literature"),
    3: gettext_lazy("own measurement, before and after"),
    4: gettext_lazy("comparison with others"),
}
FREQUENCIES: Mapping[str, Promise] = {
    Frequency.MONTH: gettext_lazy("every month"),
    Frequency.QUARTER: gettext_lazy("every quarter"),
    Frequency.YEAR: gettext_lazy("every year"),
}
COMPARISONS: Mapping[str, Promise] = {
    "group": gettext_lazy("a group like ours that did not take part"),
    "before": gettext_lazy("the trend from before we began"),
    "elsewhere": gettext_lazy("another village or region"),
    "literature": gettext_lazy("a study of others"),
}
SECTIONS: Mapping[str, Promise] = {
    Section.MISSION: gettext_lazy("Mission"),
    Section.GOALS: gettext_lazy("Goals"),
    Section.STEPS: gettext_lazy("Steps of your change"),
    Section.LINKS: gettext_lazy("Links between steps"),
    Section.INDICATORS: gettext_lazy("Indicators"),
    Section.ROUNDS: gettext_lazy("Measurements"),
    Section.COMPARISON: gettext_lazy("Comparison"),
    Section.VALUATION: gettext_lazy("Value in euros"),
    "proof": gettext_lazy("Proof"),
    "": gettext_lazy("Everything"),
}
ROWS: Mapping[str, Promise] = {
    Section.GOALS: gettext_lazy("Goal"),
    Section.STEPS: gettext_lazy("Step"),
    Section.LINKS: gettext_lazy("Link"),
    Section.INDICATORS: gettext_lazy("Indicator"),
    Section.ROUNDS: gettext_lazy("Measurement"),
}
INPUTS: Mapping[str, Promise] = {
    "count": gettext_lazy("how many"),
    "proxy_euro": gettext_lazy("what one is worth in euros"),
    "deadweight": gettext_lazy("what would have happened anyway"),
    "displacement": gettext_lazy("what was pushed aside elsewhere"),
    "attribution_to_others": gettext_lazy("what others did"),
    "drop_off": gettext_lazy("what wears off each year"),
    "years": gettext_lazy("how many years it lasts"),
    "discount_rate": gettext_lazy("discount rate"),
    "input_euro": gettext_lazy("what was put in, in euros"),
}
LACKS: Mapping[str, Promise] = {
    "no_pad": gettext_lazy("Write your mission first."),
    "no_mission": gettext_lazy("Write your mission in one sentence."),
    "no_problem": gettext_lazy("Write which problem you want to solve."),
    "no_target_group": gettext_lazy("Write for whom you do it."),
    "no_stance": gettext_lazy("Choose whether impact comes first or second."),
    "no_stance_reason": gettext_lazy("Write why impact comes first or second."),
    "goal_without_target": gettext_lazy("Choose a world goal for “%(what)s”."),
    "no_input": gettext_lazy("Add a step of the kind “put in”."),
    "no_activity": gettext_lazy("Add a step of the kind “what we do”."),
    "no_output": gettext_lazy("Add a step of the kind “what comes out”."),
    "no_outcome": gettext_lazy("Add a step of the kind “what changes”."),
    "no_impact": gettext_lazy("Add a step of the kind “impact”."),
    "loose_step": gettext_lazy(
        "“%(what)s” stands loose. Draw links, so that it lies on a way from put in to impact."
    ),
    "link_without_assumption": gettext_lazy("Write why %(what)s would be true."),
    "link_without_grade": gettext_lazy("Choose how sure %(what)s is."),
    "goal_without_indicator": gettext_lazy("Choose how you measure “%(what)s”."),
    "indicator_without_unit": gettext_lazy("Write in which unit you measure “%(what)s”."),
    "indicator_without_source": gettext_lazy("Write where you read “%(what)s”."),
    "indicator_without_baseline": gettext_lazy("Write where “%(what)s” stood at the start."),
    "indicator_without_target": gettext_lazy("Write where you want “%(what)s” to be."),
    "comparison_without_kind": gettext_lazy("Choose with what you compare."),
    "comparison_without_indicator": gettext_lazy("Choose which indicator you compare."),
    "comparison_without_how": gettext_lazy("Write how you compared."),
    "comparison_without_source": gettext_lazy("Write where the comparison comes from."),
    "comparison_without_value": gettext_lazy("Write what it would have been without you."),
    "valuation_without_indicator": gettext_lazy("Choose which indicator you value."),
    "proxy_without_source": gettext_lazy(
        "Write where the value of one comes from, and from which day."
    ),
    "input_without_source": gettext_lazy("Write where the amount that was put in comes from."),
    "waits_already": gettext_lazy("This level already waits for a word of a reviewer."),
    "no_proof": gettext_lazy("Write what proves it."),
    "no_address_or_file": gettext_lazy("Add a web address or a file that shows it."),
    "proof_over": gettext_lazy("The last day of this proof has passed. Hand in a newer one."),
    "ratio_unsigned": gettext_lazy(
        "The value is more than ten times what was put in. Tick that you looked at every input."
    ),
    "step_in_use": gettext_lazy(
        "A link hangs on a step that you took away. Take that link away first."
    ),
    "link_goes_back": gettext_lazy("A link goes from put in to impact, never back: %(what)s."),
    "link_twice": gettext_lazy("This link stands there twice: %(what)s."),
    "link_circle": gettext_lazy("This link closes a circle: %(what)s."),
    "indicator_in_use": gettext_lazy(
        "A goal, measurement, comparison or value rests on an indicator that you took away."
        " Change that first."
    ),
    "feed_is_never_typed": gettext_lazy(
        "“%(what)s” is measured by the books. Nobody types its value."
    ),
    "round_twice": gettext_lazy("“%(what)s” has two measurements on one day."),
    "response_above_n": gettext_lazy("“%(what)s”: more answered than were asked."),
    "too_many_goals": gettext_lazy("At most %(count)s goals. Choose what matters most."),
    "too_many_steps": gettext_lazy("At most %(count)s steps."),
    "too_many_links": gettext_lazy("At most %(count)s links."),
    "too_many_indicators": gettext_lazy("At most %(count)s indicators."),
    "too_many_rounds": gettext_lazy("At most %(count)s measurements."),
    "level_in_between": gettext_lazy("Levels go in order. Level %(count)s comes first."),
}


def say_lack(lack: Lack) -> str:
    """Return what to do about something that is missing or wrong."""
    if lack.code == "few_goals":
        return _("Write at least %(least)s goals; there are %(count)s now.") % {
            "least": LEAST_GOALS,
            "count": lack.count,
        }
    if lack.code == "few_rounds":
        said = ngettext(
            "Measure “%(what)s” at least %(least)s times; it was measured %(count)s time.",
            "Measure “%(what)s” at least %(least)s times; it was measured %(count)s times.",
            lack.count,
        )
        return said % {"what": lack.what, "least": LEAST_ROUNDS, "count": lack.count}
    if lack.code in ("valuation_without", "valuation_refused"):
        said = _("Fill in at value in euros: %(what)s.")
        if lack.code == "valuation_refused":
            said = _("This cannot be at value in euros: %(what)s.")
        return said % {"what": INPUTS[lack.what]}
    return str(LACKS[lack.code]) % {"what": lack.what, "count": lack.count}


def say_fault(fault: Fault) -> str:
    """Return why some words may not stand on the street, and where they are."""
    if fault.rule == COUNTS_PEOPLE:
        why = _(
            "“%(words)s” may make somebody recognisable. Leave the number and the person out."
        ) % {"words": fault.words}
    elif fault.rule == REALISES:
        why = _("An enterprise contributes to a world goal; it does not realise it. Say so.")
    else:
        why = explain_claim(fault.rule, fault.words)
    return f"{SECTIONS[fault.section]}: {why}"


def say_withheld() -> str:
    """Return why a number about people at one enterprise is not shown."""
    return _(
        "This is about people. We show no number: with one employer somebody could be"
        " recognised. A number is public from %(least)s employers together."
    ) % {"least": PUBLIC.least_employers}
