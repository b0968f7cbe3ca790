"""Small builders that every test may use: one call, one valid row, all else by keyword."""

from itertools import count

from dorpen.register.models import Enterprise, Municipality, Village
from dorpen.register.models.enterprises import EnterpriseStatus

_numbers = count(1)


def build_village(
    name: str = "Norg", *, latitude: float = 53.07, longitude: float = 6.46
) -> Village:
    """Write a village in Noordenveld."""
    number = next(_numbers)
    municipality, _ = Municipality.objects.get_or_create(
        code="GM1699", defaults={"name": "Noordenveld", "slug": "noordenveld"}
    )
    return Village.objects.create(
        code=f"{number:04d}",
        name=name,
        slug=f"{name.lower().replace(' ', '-')}-{number}",
        municipality=municipality,
        latitude=latitude,
        longitude=longitude,
        population=3500,
        source="test",
        licence="CC0",
    )


def build_enterprise(name: str = "Bakkerij Oost", *, village: Village | None = None) -> Enterprise:
    """Write a verified enterprise."""
    number = next(_numbers)
    return Enterprise.objects.create(
        legal_name=name,
        trade_name=name,
        slug=f"onderneming-{number}",
        kvk_number=f"{number:08d}",
        legal_form="eenmanszaak",
        street_address="Brink 1",
        postcode="9331 AA",
        village=village or build_village(),
        email=f"winkel{number}@example.nl",
        status=EnterpriseStatus.VERIFIED,
    )
