"""Pick-up points open, and their hosts come and go."""

from datetime import time

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.builders import build_village
from winkelstraat.accounts.operations import register_person
from winkelstraat.delivery.domain.windows import WeeklyWindow
from winkelstraat.delivery.models import PickupPoint
from winkelstraat.delivery.operations import (
    PickupPointDraft,
    appoint_host,
    dismiss_host,
    open_pickup_point,
)
from winkelstraat.delivery.queries import (
    get_pickup_point,
    is_host,
    list_hosted_points,
    list_pickup_points,
)

pytestmark = pytest.mark.django_db

WINDOW = WeeklyWindow(2, time(16), time(18))


@pytest.fixture
def point() -> PickupPoint:
    draft = PickupPointDraft(
        name="Dorpshuis De Brinkhof",
        slug="brinkhof",
        village_id=build_village().pk,
        street_address="Brink 2",
        postcode="9331 AB",
        latitude=53.07,
        longitude=6.46,
    )
    return open_pickup_point(draft=draft, windows=[WINDOW])


def test_a_point_is_found_with_its_windows(point: PickupPoint) -> None:
    found = get_pickup_point("brinkhof")
    assert found is not None
    assert found.windows == (WINDOW,)
    assert list_pickup_points(village_ids=[point.village_id]) == [found]
    assert list_pickup_points(village_ids=[]) == []


def test_a_closed_point_is_not_found(point: PickupPoint) -> None:
    PickupPoint.objects.update(is_active=False)
    assert get_pickup_point("brinkhof") is None
    assert list_pickup_points() == []


def test_a_host_is_host_until_dismissed(point: PickupPoint) -> None:
    host = register_person(email="gastheer@example.nl")
    appoint_host(point=point, user=host)
    assert is_host(host, point.pk)
    assert [row.slug for row in list_hosted_points(host)] == ["brinkhof"]
    dismiss_host(point=point, user=host)
    assert not is_host(host, point.pk)


def test_a_guest_is_no_host(point: PickupPoint) -> None:
    assert not is_host(AnonymousUser(), point.pk)
    assert list_hosted_points(AnonymousUser()) == []
