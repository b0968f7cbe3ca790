from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command

from dorpen.pages.models import VillagePage
from dorpen.pages.operations import make_village_pages
from tests.builders import build_village


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def drenthe(db: None) -> None:
    """All villages with their pages; making them takes seconds."""
    call_command("load_register", verbosity=0)
    call_command("make_village_pages", verbosity=0)


@pytest.fixture
def norg(db: None) -> VillagePage:
    """Norg and Veenhuizen, with their pages."""
    village = build_village("Norg")
    build_village("Veenhuizen", latitude=53.04, longitude=6.39)
    cache.clear()
    make_village_pages()
    return VillagePage.objects.get(village=village)
