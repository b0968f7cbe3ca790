"""The drawing: nothing overlaps, every arrow goes forward, and all of it is in the frame."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from ketens.domain.impactpad.checks import ORDER, PadRefused, check_pad
from ketens.domain.impactpad.content import Kind, Link, Pad, Step
from ketens.domain.impactpad.drawing import AIR, Box, Drawing, draw
from tests.ketens.impactpad.pads import LINKS, STEPS

TEXTS = st.text(alphabet="abcdefgh ijklmnopqrstuvwxyz", min_size=1, max_size=90)


@st.composite
def pads(pick: st.DrawFn) -> Pad:
    kinds = pick(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=14))
    steps = tuple(Step(f"s{n}", kind, pick(TEXTS)) for n, kind in enumerate(kinds))
    ends = st.tuples(st.sampled_from(steps), st.sampled_from(steps))
    links: list[Link] = []
    for tail, head in pick(st.lists(ends, max_size=24)):
        if tail == head or ORDER[head.kind] < ORDER[tail.kind]:
            continue
        wanted = [*links, Link(tail.key, head.key)]
        try:
            check_pad(Pad(steps=steps, links=tuple(wanted)))
        except PadRefused:
            continue
        links = wanted
    return Pad(steps=steps, links=tuple(links))


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)


def check_frame(drawing: Drawing) -> None:
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawing.width
        assert box.y + box.height <= drawing.height


@given(pads())
def test_no_two_boxes_overlap_and_all_are_in_the_frame(pad: Pad):
    drawing = draw(pad.steps, pad.links)
    assert [box.key for box in drawing.boxes] == [step.key for step in pad.steps]
    assert not [pair for pair in combinations(drawing.boxes, 2) if overlap(*pair)]
    check_frame(drawing)


@given(pads())
def test_every_arrow_goes_forward_from_its_box_to_its_box(pad: Pad):
    drawing = draw(pad.steps, pad.links)
    boxes = {box.key: box for box in drawing.boxes}
    assert [arrow.number for arrow in drawing.arrows] == list(range(1, len(pad.links) + 1))
    for link, arrow in zip(pad.links, drawing.arrows, strict=True):
        assert all(here[0] < there[0] for here, there in pairwise(arrow.bends))
        tail, head = boxes[link.tail], boxes[link.head]
        assert arrow.bends[0][0] == tail.x + tail.width
        assert tail.y < arrow.bends[0][1] < tail.y + tail.height
        assert head.x - 10 < arrow.bends[-1][0] < head.x
        assert head.y < arrow.bends[-1][1] < head.y + head.height


@given(pads())
def test_an_arrow_that_passes_a_column_runs_through_no_box(pad: Pad):
    drawing = draw(pad.steps, pad.links)
    for arrow in drawing.arrows:
        for x, y in arrow.bends[1:-1]:
            for box in drawing.boxes:
                is_beside = box.x <= x <= box.x + box.width
                assert not (is_beside and box.y - AIR / 4 < y < box.y + box.height + AIR / 4)


@given(pads())
def test_a_drawing_is_the_same_every_time(pad: Pad):
    assert draw(pad.steps, pad.links) == draw(pad.steps, pad.links)


def test_kinds_stand_in_columns_from_input_to_impact():
    drawing = draw(STEPS, LINKS)
    assert [head.kind for head in drawing.heads] == list(Kind)
    assert [box.x for box in drawing.boxes] == sorted(box.x for box in drawing.boxes)
    assert len({box.y + box.height / 2 for box in drawing.boxes}) == 1


def test_an_empty_pad_is_an_empty_drawing():
    assert draw((), ()).boxes == ()
    assert draw((), ()).width == 0


def test_arrows_that_leave_one_box_leave_beside_each_other():
    steps = (STEPS[0], Step("a", Kind.ACTIVITY, "een"), Step("b", Kind.ACTIVITY, "twee"))
    first, second = draw(steps, (Link("s1", "a"), Link("s1", "b"))).arrows
    assert first.bends[0][1] < second.bends[0][1]
