"""The bench of a million transfers runs; here with few, so that it cannot rot."""

import pytest

from tests.bench import ledger as bench


def test_the_bench_posts_closes_reverses_and_verifies(
    capsys: pytest.CaptureFixture[str], django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():
        bench.main(400)
    told = capsys.readouterr().out
    assert "400 posted" in told
    assert "The ledger is right: 801 transfers checked." in told
