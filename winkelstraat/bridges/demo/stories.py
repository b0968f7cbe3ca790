"""Read what `fixtures/demo` tells; every listing comes out complete."""

from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from winkelstraat.shop.domain.allergens import complete_declaration

Story = dict[str, Any]

# The grounds of the theme on which pictures stand.
GROUNDS = {
    "sand": "#f3e3c3",
    "rose": "#fbe9df",
    "sage": "#e3eee6",
    "sky": "#d9e8ee",
    "heather": "#f3e6f0",
}


def folder() -> Path:
    """Return where the demo is written down."""
    return Path(settings.PROJECT_DIR) / "fixtures" / "demo"


def read_file(path: Path) -> Any:
    """Return what one YAML file holds."""
    with path.open(encoding="utf-8") as text:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def read_table(name: str) -> list[Story]:
    """Return the rows of `<name>.yaml`."""
    rows: list[Story] = read_file(folder() / f"{name}.yaml")
    return rows


def read_people() -> Story:
    """Return residents, guests, hosts, editors, roles and the password of the demo."""
    people: Story = read_file(folder() / "people.yaml")
    return people


def read_counts() -> Story:
    """Return what members of chains took down: leftovers, rounds, hours, claims."""
    counts: Story = read_file(folder() / "counts.yaml")
    return counts


def read_steering() -> Story:
    """Return what staff of the province set, told and noted."""
    told: Story = read_file(folder() / "steering.yaml")
    return told


def read_villages() -> list[Story]:
    """Return the twelve villages with a story, by name of their file."""
    return [read_file(path) for path in sorted((folder() / "villages").glob("*.yaml"))]


@cache
def read_shops() -> tuple[Story, ...]:
    """Return the shops by slug, each with complete listings."""
    shops = [read_file(path) for path in sorted((folder() / "shops").glob("*.yaml"))]
    for shop in shops:
        defaults = shop["listing_defaults"]
        shop["listings"] = [complete_listing(defaults, listing) for listing in shop["listings"]]
    return tuple(shops)


def complete_listing(defaults: Story, listing: Story) -> Story:
    """Return a listing with what its shop says for all, and its short forms written out."""
    whole: Story = {"unit": "piece", "alcohol": "none", **defaults, **listing}
    amount, net_unit = whole["net"].split()
    code, ground = whole["picture"].split()
    whole |= {
        "net_quantity": amount,
        "net_unit": net_unit,
        "picture": code,
        "ground": GROUNDS[ground],
        "season": whole.get("season", []),
        "mass_g": whole.get("mass_g"),
        "allergens": spell_allergens(whole.get("allergens")),
    }
    return whole


def spell_allergens(told: Story | None) -> dict[str, str]:
    """Return the answer for each of the fourteen; nothing where it is no food."""
    if told is None:
        return {}
    return complete_declaration(contains=told.get("contains"), traces=told.get("traces"))


def read_clock(text: str) -> time:
    """Return ``17:30`` as a time."""
    return datetime.strptime(text, "%H:%M").time()
