"""What no pad may be: too large, in a circle, or pointing at what is not there.

A half-filled pad is fine; what is still missing for a level is asked in `levels`.
"""

from collections import Counter
from dataclasses import dataclass

from ketens.domain.graph import ChainWouldRunInACircle, check_new_edge
from ketens.domain.impactpad.content import Kind, Pad

MOST = {"goals": 5, "steps": 30, "links": 60, "indicators": 12, "rounds": 200}
ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is wrong or missing; ``what`` names it in the enterprise's words."""

    code: str
    what: str = ""
    count: int = 0


class PadRefused(ValueError):
    """A pad that cannot be; ``lack`` says why."""

    def __init__(self, code: str, what: str = "", count: int = 0) -> None:
        super().__init__(f"{code}: {what}")
        self.lack = Lack(code, what, count)


def check_pad(pad: Pad) -> None:
    """Refuse a pad that contradicts itself.

    :raises PadRefused: with what is wrong.
    """
    for name, most in MOST.items():
        if len(getattr(pad, name)) > most:
            raise PadRefused(f"too_many_{name}", count=most)
    _check_links(pad)
    _check_indicators(pad)


def _check_links(pad: Pad) -> None:
    steps = {step.key: step for step in pad.steps}
    places = {step.key: place for place, step in enumerate(pad.steps)}
    edges: list[tuple[int, int]] = []
    for link in pad.links:
        missing = {link.tail, link.head} - steps.keys()
        if missing:
            raise PadRefused("step_in_use")
        tail, head = steps[link.tail], steps[link.head]
        said = f"{tail.text} → {head.text}"
        edge = places[tail.key], places[head.key]
        if ORDER[head.kind] < ORDER[tail.kind]:
            raise PadRefused("link_goes_back", said)
        if edge in edges:
            raise PadRefused("link_twice", said)
        try:
            check_new_edge(edges, edge)
        except ChainWouldRunInACircle:
            raise PadRefused("link_circle", said) from None
        edges.append(edge)


def _check_indicators(pad: Pad) -> None:
    known = {one.key: one for one in pad.indicators}
    used = [goal.indicator for goal in pad.goals] + [round_.indicator for round_ in pad.rounds]
    used += [pad.comparison.indicator, pad.valuation.indicator]
    if any(key and key not in known for key in used):
        raise PadRefused("indicator_in_use")
    days = Counter((one.indicator, one.day) for one in pad.rounds)
    for one in pad.rounds:
        name = known[one.indicator].name if one.indicator in known else ""
        if known[one.indicator].feed:
            raise PadRefused("feed_is_never_typed", name)
        if days[one.indicator, one.day] > 1:
            raise PadRefused("round_twice", name)
        if one.n is not None and one.response is not None and one.response > one.n:
            raise PadRefused("response_above_n", name)
