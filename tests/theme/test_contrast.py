"""Every pair of colours that carries words can be read, by day and in the dark."""

import re

import pytest

from tests.theme.files import STYLES

# WCAG 2.2, success criteria 1.4.3 (words) and 1.4.11 (edges of controls, focus).
WORDS, EDGES = 4.5, 3.0
MIST, HERO_INK = "#e3ecec", "#22302a"

PAIRS = (
    ("ink", "paper", WORDS),
    ("ink", "surface", WORDS),
    ("ink", "sand", WORDS),
    ("ink", "moss-soft", WORDS),
    ("ink", "heather-soft", WORDS),
    ("ink-soft", "paper", WORDS),
    ("ink-soft", "surface", WORDS),
    ("ink-soft", "heather-soft", WORDS),
    ("ink-soft", "moss-soft", WORDS),
    ("ink-soft", "sand", WORDS),
    ("moss", "paper", WORDS),
    ("moss", "surface", WORDS),
    ("moss", "heather-soft", WORDS),
    ("moss-deep", "moss-soft", WORDS),
    ("on-moss", "moss", WORDS),
    ("on-moss", "moss-deep", WORDS),
    ("heather", "paper", WORDS),
    ("heather", "surface", WORDS),
    ("heather", "heather-soft", WORDS),
    ("brick", "paper", WORDS),
    ("brick", "surface", WORDS),
    ("brick", "brick-soft", WORDS),
    ("line-strong", "paper", EDGES),
    ("line-strong", "surface", EDGES),
    ("focus", "paper", EDGES),
    ("focus", "surface", EDGES),
)


def read_tokens(*, dark: bool) -> dict[str, str]:
    text = (STYLES / "tokens.css").read_text()
    light_part, dark_part = text.split("@media (prefers-color-scheme: dark)")
    found = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
    tokens = dict(found.findall(light_part))
    if dark:
        tokens |= dict(found.findall(dark_part.split("@media print")[0]))
    return tokens


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_highest_contrast_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("dark", [False, True], ids=["by_day", "in_the_dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_a_pair_of_colours_can_be_read(front: str, ground: str, least: float, dark: bool) -> None:
    tokens = read_tokens(dark=dark)

    assert contrast(tokens[front], tokens[ground]) >= least


def test_words_over_a_drawing_stand_on_mist_in_which_they_can_be_read() -> None:
    card = (STYLES / "components" / "card.css").read_text()

    assert f"background: {MIST}" in card
    assert f"color: {HERO_INK}" in card
    assert contrast(HERO_INK, MIST) >= WORDS
