"""Read the rules of the shelves; a small file that changes with the program."""

from functools import lru_cache

import yaml
from django.conf import settings

from winkelstraat.shop.domain.shelf_rules import ShelfRule, propose_shelf

FILE = settings.PROJECT_DIR / "fixtures" / "reference" / "shelf_rules.yaml"


@lru_cache(maxsize=1)
def list_shelf_rules() -> tuple[ShelfRule, ...]:
    """Return every rule, in the order of the file."""
    rows = yaml.safe_load(FILE.read_text())
    return tuple(ShelfRule(**{**row, "words": tuple(row["words"])}) for row in rows)


def get_shelf_rule(slug: str) -> ShelfRule | None:
    """Return the first rule of a category."""
    return next((rule for rule in list_shelf_rules() if rule.slug == slug), None)


def propose_for(title: str) -> ShelfRule | None:
    """Return the rule that a name points to."""
    return propose_shelf(title, list_shelf_rules())
