"""A wrong version or key stops the start; only one module speaks to Stripe."""

import re
from pathlib import Path

import pytest
import stripe
from django.conf import settings as project_settings

from winkelstraat.payments import checks

PAYMENTS = Path(checks.__file__).parent


def test_the_sdk_speaks_the_version_of_the_settings():
    assert stripe.api_version == project_settings.STRIPE_API_VERSION == "2026-10-28.endive"
    assert checks.check_api_version() == []


def test_another_version_is_an_error(settings):
    settings.STRIPE_API_VERSION = "2025-01-01.old"
    assert [error.id for error in checks.check_api_version()] == ["payments.E001"]


@pytest.mark.parametrize(
    ("key", "livemode", "found"),
    [
        ("sk_test_x", False, []),
        ("rk_live_x", True, []),
        ("sk_live_x", True, ["payments.E002"]),
        ("rk_live_x", False, ["payments.E003"]),
        ("sk_test_x", True, ["payments.E003"]),
    ],
)
def test_the_key_fits_the_mode(settings, key, livemode, found):
    settings.STRIPE_SECRET_KEY = key
    settings.STRIPE_LIVE_MODE = livemode
    assert [error.id for error in checks.check_key()] == found


def test_one_package_imports_stripe():
    importing = {
        path.relative_to(PAYMENTS).parts[0]
        for path in PAYMENTS.rglob("*.py")
        if "sandbox" not in path.parts
        and re.search(r"^\s*(import|from) stripe\b", path.read_text(), re.MULTILINE)
    }
    assert importing == {"gateway"}


def test_nothing_asks_for_another_kind_of_charge():
    ours = [path for path in PAYMENTS.rglob("*.py") if "sandbox" not in path.parts]
    code = "\n".join(path.read_text() for path in ours)
    for name in ("application_fee_amount", "reverse_transfer", 'capture_method": "manual'):
        assert name not in code
