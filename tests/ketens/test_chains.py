"""Setting up a chain: no circles, no strangers, no factor that does not fit."""

from dataclasses import replace

import pytest

from ketens.domain.graph import ChainWouldRunInACircle
from ketens.domain.transport import Method, SpendBasedRefused
from ketens.domain.units import UnlikeUnits
from ketens.models import ChainLink, Leg
from ketens.operations import add_leg, add_member, add_product
from ketens.operations.chains import FactorUnknown, MemberOfAnotherChain, create_chain
from tests.ketens.street import DAY, VAN, build_bread_chain

pytestmark = pytest.mark.django_db


def test_a_leg_that_closes_a_circle_is_refused() -> None:
    bread = build_bread_chain()
    with pytest.raises(ChainWouldRunInACircle):
        add_leg(
            chain=bread.chain,
            from_member=bread.members["shop"],
            to_member=bread.members["field"],
            transport=VAN,
        )
    assert ChainLink.objects.count() == 3
    assert Leg.objects.count() == 3


def test_a_second_leg_on_a_link_comes_after_the_first() -> None:
    bread = build_bread_chain()
    leg = add_leg(
        chain=bread.chain,
        from_member=bread.members["field"],
        to_member=bread.members["mill"],
        transport=VAN,
    )
    assert (leg.link, leg.position) == (bread.legs["field-mill"].link, 2)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"method": Method.SPEND}, SpendBasedRefused),
        ({"factor_key": "bestelauto_lt2t.2026"}, FactorUnknown),
        ({"factor_key": "diesel_b7.wtw"}, UnlikeUnits),
        ({"factor_key": "minibus_diesel.wtw"}, UnlikeUnits),
    ],
)
def test_a_leg_with_a_factor_that_does_not_fit_is_refused(
    change: dict[str, object], error: type[Exception]
) -> None:
    bread = build_bread_chain()
    with pytest.raises(error):
        add_leg(
            chain=bread.chain,
            from_member=bread.members["field"],
            to_member=bread.members["shop"],
            transport=replace(VAN, **change),
        )
    assert Leg.objects.count() == 3


def test_a_member_of_another_chain_is_refused() -> None:
    bread = build_bread_chain()
    other = create_chain(slug="kaas", name="Kaas", summary="Kaas.", started_on=DAY)
    stranger = add_member(chain=other, enterprise=bread.shop, role="shop")
    with pytest.raises(MemberOfAnotherChain):
        add_leg(
            chain=bread.chain,
            from_member=bread.members["bakery"],
            to_member=stranger,
            transport=VAN,
        )
    with pytest.raises(MemberOfAnotherChain):
        add_product(chain=bread.chain, product_ref="999", maker=stranger)
    assert ChainLink.objects.count() == 3
