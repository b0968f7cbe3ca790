"""What may not be sold on the street, in compounds too; and what only sounds like it (PRD-04)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winkelstraat.shop.domain.duties import is_forbidden

FORBIDDEN = [
    "Sigaretten",
    "mentholsigaretten",
    "E-sigaret",
    "sigaren uit Cuba",
    "Pijptabak",
    "Zware shag",
    "Vape",
    "Vape pen",
    "Nicotinezakjes",
    "e-liquid aardbei",
    "Paracetamol 500 mg",
    "Ibuprofen",
    "Slaappillen",
    "Antibiotica",
    "Vuurwerk",
    "Siervuurwerkpakket",
    "Vuurpijlen",
    "Rotjes",
    "Jachtgeweer",
    "Luchtbuks",
    "Gaspistool",
    "Vuurwapen",
    "Munitie 9 mm",
    "Boksbeugel",
    "Vlindermes",
    "Pepperspray",
    "Puppy",
    "Kittens, acht weken",
    "Levende kippen",
    "levend konijn",
]
FINE = [
    "Tegel met het wapen van Norg",
    "Waterpistool",
    "Speelgoedgeweer",
    "Lijmpistool",
    "Pistachenoten",
    "Konijn, panklaar",
    "Kippensoep",
    "Medaille",
    "Rotsblok",
    "Drents roggebrood",
    "Hondenmand",
]


@pytest.mark.parametrize("title", FORBIDDEN)
def test_what_may_not_be_sold_is_known(title: str) -> None:
    assert is_forbidden(title)


@pytest.mark.parametrize("title", FINE)
def test_what_only_sounds_like_it_may_be_sold(title: str) -> None:
    assert not is_forbidden(title)


@given(
    title=st.sampled_from(FORBIDDEN),
    before=st.sampled_from(["", "Mooie ", "2 x ", "(nieuw) "]),
    after=st.sampled_from(["", ", nu goedkoop", "!", " van Jan"]),
    shout=st.booleans(),
)
def test_other_words_around_it_hide_nothing(
    title: str, before: str, after: str, shout: bool
) -> None:
    said = f"{before}{title}{after}"
    assert is_forbidden(said.upper() if shout else said)
