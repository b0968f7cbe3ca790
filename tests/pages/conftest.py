from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def drenthe(db: None) -> None:
    """All villages with their pages."""
    call_command("load_register", verbosity=0)
    call_command("make_village_pages", verbosity=0)
