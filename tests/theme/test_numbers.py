"""A number in an address or a name stays whole, however large; what people read is grouped."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from ketens.forms.fields import NumberField
from ketens.queries.wording import say_number


def test_a_number_is_written_whole_by_templates_and_grouped_by_words() -> None:
    with translation.override("nl"):
        assert Template("{{ number }}").render(Context({"number": 12345})) == "12345"
        assert say_number(12345) == "12.345"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1.250", "1250"),
        ("1.250,5", "1250.5"),
        ("1,25", "1.25"),
        ("1.25", "1.25"),
        ("12", "12"),
        ("1.000.000", "1000000"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, read: str) -> None:
    with translation.override("nl"):
        assert NumberField().clean(typed) == Decimal(read)
