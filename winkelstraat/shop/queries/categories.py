"""Read the categories; there are a few dozen, so the tree is one cached value."""

from dataclasses import dataclass

from django.core.cache import cache
from oscar.apps.catalogue.models import Category

CACHE_KEY = "shop.categories"
CACHE_SECONDS = 3600
FOOD_ROOT = "eten-en-drinken"


@dataclass(frozen=True)
class CategoryRow:
    """One category; `child_ids` are those directly below it."""

    id: int
    name: str
    slug: str
    parent_id: int | None
    child_ids: tuple[int, ...]
    is_food: bool


def list_categories() -> list[CategoryRow]:
    """Return all categories in the order of the tree (1 query, then cached for an hour)."""
    found: list[CategoryRow] | None = cache.get(CACHE_KEY)
    if not found:
        found = _read_tree()
        cache.set(CACHE_KEY, found, CACHE_SECONDS)
    return found


def get_category(category_id: int) -> CategoryRow | None:
    """Return one category."""
    return next((row for row in list_categories() if row.id == category_id), None)


def get_category_by_slug(slug: str) -> CategoryRow | None:
    """Return one category by its slug."""
    return next((row for row in list_categories() if row.slug == slug), None)


def list_family(category_id: int) -> list[int]:
    """Return the ids of a category and of everything below it."""
    row = get_category(category_id)
    return [row.id, *row.child_ids] if row else []


def _read_tree() -> list[CategoryRow]:
    rows = list(Category.objects.order_by("path").values("id", "name", "slug", "path", "depth"))
    by_path = {row["path"]: row for row in rows}
    steplen = Category.steplen
    found = []
    for row in rows:
        parent = by_path.get(row["path"][:-steplen])
        root = by_path[row["path"][:steplen]]
        children = [
            other["id"]
            for other in rows
            if other["depth"] == row["depth"] + 1 and other["path"].startswith(row["path"])
        ]
        found.append(
            CategoryRow(
                id=row["id"],
                name=row["name"],
                slug=row["slug"],
                parent_id=parent["id"] if parent else None,
                child_ids=tuple(children),
                is_food=root["slug"] == FOOD_ROOT,
            )
        )
    return found
