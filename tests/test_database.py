"""The embedded PostgreSQL is there and speaks Dutch."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_dutch_search_finds_bread_by_its_plural() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('dutch', 'Volkorenbrood') @@ to_tsquery('dutch', 'volkorenbroden')"
        )
        assert cursor.fetchone() == (True,)
