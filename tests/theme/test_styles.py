"""The theme's files keep to the rules: one joined file, nothing inline, nothing from elsewhere."""

import re

from tests.theme.files import SCRIPTS, STYLES, TEMPLATES, THEME
from winkelstraat.common.styles import join_layers, list_layers

HANDLERS = (
    "click|change|submit|input|load|error|focus|blur|toggle|key[a-z]+|mouse[a-z]+|pointer[a-z]+"
)
INLINE = re.compile(rf"""[\s"'](?:style|on(?:{HANDLERS}))\s*=\s*["'{{]""")
ELSEWHERE = re.compile(
    r"""(?:src|href|action|url)\s*[=(:]\s*["']?\s*(?:https?:)?//""", re.IGNORECASE
)


# The back office has styles of its own, which no page of the street loads.
APART = {STYLES / "backoffice.css"}


def name(path: object) -> str:
    return str(path).removeprefix(f"{THEME}/")


def test_the_joined_file_holds_every_component_once() -> None:
    joined = join_layers(STYLES)
    sources = sorted({*STYLES.rglob("*.css")} - APART)

    assert sorted(list_layers(STYLES)) == sources
    assert [name(path) for path in sources if joined.count(path.read_text()) != 1] == []


def test_the_order_of_the_layers_is_said_before_anything_else() -> None:
    first = re.search(r"@layer [^;{]+[;{]", join_layers(STYLES))

    assert first is not None
    assert first.group() == "@layer tokens, base, layout, components;"


def test_every_rule_stands_in_a_layer() -> None:
    outside = []
    for path in list_layers(STYLES):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL).strip()
        text = text.removeprefix("@layer tokens, base, layout, components;").strip()
        if not text.startswith("@layer ") or text.count("{") != text.count("}"):
            outside.append(name(path))

    assert outside == []


def test_no_template_has_inline_styling_or_scripts() -> None:
    assert TEMPLATES
    assert [name(path) for path in TEMPLATES if INLINE.search(path.read_text())] == []


def test_nothing_is_fetched_from_somewhere_else() -> None:
    files = [*TEMPLATES, *STYLES.rglob("*.css"), *SCRIPTS.glob("*.js")]
    fetched = [path for path in files if ELSEWHERE.search(path.read_text())]

    assert [name(path) for path in fetched] == []


def test_an_inline_style_would_be_found() -> None:
    assert INLINE.search('<p class="small" style="color: red">')
    assert INLINE.search('<button onclick="go()">')
    assert ELSEWHERE.search('<script src="https://elsewhere.test/a.js">')
    assert ELSEWHERE.search("background: url(//elsewhere.test/a.png)")
