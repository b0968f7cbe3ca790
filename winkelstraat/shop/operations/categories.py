"""Keep the categories as the reference table says."""

from pathlib import Path
from typing import Any

import yaml
from django.core.cache import cache
from django.db import transaction
from oscar.apps.catalogue.models import Category

from winkelstraat.shop.queries.categories import CACHE_KEY


@transaction.atomic
def load_categories(*, path: Path) -> int:
    """Make every category of the table that is not there yet; return how many there are."""
    count = 0
    for top in yaml.safe_load(path.read_text()):
        parent = _ensure(None, top)
        count += 1
        for child in top["children"]:
            _ensure(parent, child)
            count += 1
    cache.delete(CACHE_KEY)
    return count


def _ensure(parent: Any, row: dict[str, Any]) -> Any:
    found = Category.objects.filter(slug=row["slug"]).first()
    if found is None:
        fields = {"name": row["name"], "slug": row["slug"], "code": row["slug"]}
        found = parent.add_child(**fields) if parent else Category.add_root(**fields)
    return Category.objects.get(pk=found.pk)
