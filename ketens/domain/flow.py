"""The flow picture of a chain: nodes in layers and bands as wide as what goes over them.

Plain numbers and SVG path text, no colours. The same flow is laid out across for a
wide page and downwards for a phone; a band without a known amount is a thin dashed
line. The table beside the picture holds the same rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ketens.domain.graph import layers

BAR = 14
GAP = 56
THIN = 3.0
LINE = 15
LETTER = 10
PHONE_WIDTH = 340


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A place where goods arrive or leave."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class FlowEdge:
    """An amount from one node to another; None is not known."""

    tail: int
    head: int
    amount: int | None
    amount_text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A node as drawn, with its name in lines of text."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Band:
    """A flow as drawn."""

    path: str
    is_known: bool
    text: str
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """A whole picture in its own coordinates."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]


@dataclass(slots=True)
class _Placed:
    """A node on the two axes: `along` the flow and `across` it."""

    along: float
    across: float
    size: float
    layer: int
    filled_in: float = 0.0
    filled_out: float = 0.0


@dataclass(slots=True)
class _Layout:
    """All nodes in place; `scale` is units of the picture per gram."""

    placed: dict[int, _Placed]
    scale: float
    length: int
    breadth: int
    last_layer: int


def draw_across(nodes: list[FlowNode], edges: list[FlowEdge]) -> FlowPicture:
    """Lay a flow out from left to right, for a wide page."""
    layout = _place(nodes, edges, length=720, thickness=90)
    _centre(layout)
    room = layout.length / max(layout.last_layer, 1)
    bars = []
    for node in nodes:
        spot = layout.placed[node.key]
        is_last = spot.layer == layout.last_layer
        anchor = "start" if spot.layer == 0 else "end" if is_last else "middle"
        shift = {"start": 0, "middle": BAR / 2, "end": BAR}[anchor]
        lines = wrap(node.name, room * (0.85 if anchor == "middle" else 0.55))
        top = round(spot.across - 8 - LINE * (len(lines) - 1), 1)
        bars.append(
            Bar(spot.along, spot.across, BAR, spot.size, lines, spot.along + shift, top, anchor)
        )
    bands = [_band(edge, layout, is_across=True) for edge in edges]
    return FlowPicture(layout.length, layout.breadth, tuple(bars), tuple(bands))


def draw_down(nodes: list[FlowNode], edges: list[FlowEdge]) -> FlowPicture:
    """Lay a flow out from top to bottom, for a phone."""
    depth = layers([(edge.tail, edge.head) for edge in edges], [node.key for node in nodes])
    length = 130 * max(depth.values(), default=0) + 60
    layout = _place(nodes, edges, length=length - 46, thickness=110)
    _spread(layout, PHONE_WIDTH)
    rows = Counter(spot.layer for spot in layout.placed.values())
    bars = []
    for node in nodes:
        spot = layout.placed[node.key]
        lines = wrap(node.name, PHONE_WIDTH / rows[spot.layer])
        middle = min(max(spot.across + spot.size / 2, 75), PHONE_WIDTH - 75)
        below = spot.along + BAR + LINE + 2
        bars.append(Bar(spot.across, spot.along, spot.size, BAR, lines, middle, below, "middle"))
    bands = [_band(edge, layout, is_across=False) for edge in edges]
    return FlowPicture(PHONE_WIDTH, length, tuple(bars), tuple(bands))


def wrap(name: str, room: float) -> tuple[str, ...]:
    """Break a name into at most two lines for this room; the rest becomes three dots."""
    longest = max(12, int(room / LETTER))
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= longest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]} …"]
    return tuple(lines)


def _place(nodes: list[FlowNode], edges: list[FlowEdge], *, length: int, thickness: int) -> _Layout:
    """Put every node on its layer, as thick as the most that goes in or out."""
    depth = layers([(edge.tail, edge.head) for edge in edges], [node.key for node in nodes])
    last = max(depth.values(), default=0)
    largest = max((_through(node.key, edges) for node in nodes), default=0)
    scale = thickness / largest if largest else 0.0
    columns: dict[int, list[FlowNode]] = defaultdict(list)
    for node in nodes:
        columns[depth[node.key]].append(node)
    placed: dict[int, _Placed] = {}
    breadth = 0.0
    for layer, column in sorted(columns.items()):
        across = 48.0
        for node in column:
            size = max(THIN * 2, scale * _through(node.key, edges))
            along = layer * (length - BAR) / (last or 1)
            placed[node.key] = _Placed(round(along, 1), round(across, 1), round(size, 1), layer)
            across += size + GAP
        breadth = max(breadth, across - GAP + 20)
    return _Layout(placed, scale, length, round(breadth), last)


def _centre(layout: _Layout) -> None:
    """Shift every layer so that its middle lies on the middle of the picture."""
    by_layer: dict[int, list[_Placed]] = defaultdict(list)
    for spot in layout.placed.values():
        by_layer[spot.layer].append(spot)
    for spots in by_layer.values():
        lowest = max(spot.across + spot.size for spot in spots)
        shift = (layout.breadth - 20 - lowest) / 2
        for spot in spots:
            spot.across = round(spot.across + shift, 1)


def _spread(layout: _Layout, width: int) -> None:
    """Divide the nodes of each layer evenly over the width."""
    by_layer: dict[int, list[_Placed]] = defaultdict(list)
    for spot in layout.placed.values():
        by_layer[spot.layer].append(spot)
    for spots in by_layer.values():
        for index, spot in enumerate(spots):
            middle = width * (index + 0.5) / len(spots)
            spot.across = round(middle - spot.size / 2, 1)


def _through(key: int, edges: Iterable[FlowEdge]) -> int:
    edges = list(edges)
    incoming = sum(edge.amount or 0 for edge in edges if edge.head == key)
    outgoing = sum(edge.amount or 0 for edge in edges if edge.tail == key)
    return max(incoming, outgoing)


def _band(edge: FlowEdge, layout: _Layout, *, is_across: bool) -> Band:
    """Return a curved band that leaves and arrives beside the bands drawn before it."""
    tail, head = layout.placed[edge.tail], layout.placed[edge.head]
    width = max(THIN, layout.scale * (edge.amount or 0))
    start = tail.across + min(tail.filled_out, max(0.0, tail.size - width))
    end = head.across + min(head.filled_in, max(0.0, head.size - width))
    tail.filled_out += width
    head.filled_in += width
    near, far = tail.along + BAR, head.along
    middle = (near + far) / 2
    points = [
        (near, start),
        (middle, start),
        (middle, end),
        (far, end),
        (far, end + width),
        (middle, end + width),
        (middle, start + width),
        (near, start + width),
    ]
    at = [_text_of(point, is_across) for point in points]
    path = f"M{at[0]}C{at[1]} {at[2]} {at[3]}L{at[4]}C{at[5]} {at[6]} {at[7]}Z"
    # What passes a layer by says its amount beyond it, where no name stands.
    span = max(1, head.layer - tail.layer)
    along = _curve(near, middle, middle, far, 1 - 0.5 / span)
    across = _curve(start, start, end, end, 1 - 0.5 / span) + width / 2
    x, y = (along, across) if is_across else (across, along)
    return Band(path, edge.amount is not None, edge.amount_text, round(x, 1), round(y + 4, 1))


def _curve(first: float, second: float, third: float, last: float, at: float) -> float:
    """Return one coordinate of a cubic Bezier curve, from 0 where it begins to 1."""
    back = 1 - at
    return back**3 * first + 3 * back**2 * at * second + 3 * back * at**2 * third + at**3 * last


def _text_of(point: tuple[float, float], is_across: bool) -> str:
    along, across = point
    x, y = (along, across) if is_across else (across, along)
    return f"{x:.1f} {y:.1f}"
