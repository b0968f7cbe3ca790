"""The places of Drenthe are there, each once, with their source."""

import pytest
from django.core.management import call_command

from dorpen.register.domain.distance import great_circle_m
from dorpen.register.models import Municipality, PostalCode, Village, VillageAlias
from dorpen.register.queries import (
    find_village_by_postcode,
    find_villages_by_name,
    get_village,
    list_nearby_villages,
    list_villages,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def _places() -> None:
    call_command("load_register", verbosity=0)


@pytest.mark.usefixtures("_places")
def test_the_register_holds_every_place_once_however_often_it_is_loaded() -> None:
    call_command("load_register", verbosity=0)
    assert Municipality.objects.count() == 12
    assert Village.objects.count() == 219
    assert VillageAlias.objects.count() == 8
    assert PostalCode.objects.values("pc4").distinct().count() == 280


@pytest.mark.usefixtures("_places")
def test_every_village_tells_its_source_and_licence() -> None:
    assert not Village.objects.filter(source="").exists()
    assert set(Village.objects.values_list("licence", flat=True)) == {"CC BY 4.0"}


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize("text", ["9331", "9331 AB", "9331ab", " 9331  Ab "])
def test_a_postcode_leads_to_its_village(text: str) -> None:
    village = find_village_by_postcode(text)
    assert village is not None
    assert village.name == "Norg"


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize("text", ["1012 AB", "0331", "93311", "Norg", "", "9331 A"])
def test_an_unknown_postcode_leads_nowhere(text: str) -> None:
    assert find_village_by_postcode(text) is None


@pytest.mark.usefixtures("_places")
def test_the_slug_of_a_border_part_leads_to_its_village() -> None:
    village = get_village("ruinen-westerveld")
    assert village is not None
    assert (village.slug, village.municipality) == ("ruinen", "De Wolden")
    assert get_village("atlantis") is None


@pytest.mark.usefixtures("_places")
def test_the_nearest_villages_come_first() -> None:
    norg = get_village("norg")
    assert norg is not None
    near = list_nearby_villages(village_id=norg.id, limit=4)
    distances = [distance for _village, distance in near]
    assert distances == sorted(distances)
    assert distances[0] < 5_000
    assert norg not in [village for village, _distance in near]


@pytest.mark.usefixtures("_places")
def test_a_village_is_found_by_the_start_of_its_name() -> None:
    assert next(iter(find_villages_by_name("nor"))).name == "Norg"
    assert find_villages_by_name("  ") == []


@pytest.mark.usefixtures("_places")
def test_all_villages_are_listed_by_name() -> None:
    names = [village.name for village in list_villages()]
    assert len(names) == 219


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert great_circle_m(52, 6.5, 53, 6.5) == 111_195
    assert great_circle_m(53, 6.5, 53, 6.5) == 0
