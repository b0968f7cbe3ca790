"""Each check of `make lint` fails on a fault planted for it.

The project is copied to a temporary folder, one fault of a kind is planted there and
the same command that `make lint` runs must fail and name it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
COPIED = ("winkelstraat", "dorpen", "ketens", "themes", "tests", "manage.py", "pyproject.toml")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that faults may be planted in."""
    folder = tmp_path_factory.mktemp("planted") / "project"
    folder.mkdir()
    ignored = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in COPIED:
        source = PROJECT_DIR / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    return folder


def run(copy: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one lint command inside the copy."""
    program = str(BIN / command[0])
    variables = {**os.environ, "PYTHONPATH": str(copy), "PYTHONWARNINGS": "ignore", **environment}
    return subprocess.run(
        [program, *command[1:]],
        cwd=copy,
        env=variables,
        capture_output=True,
        text=True,
        timeout=300,
    )


def plant(copy: Path, name: str, text: str) -> Path:
    """Write a faulty file, or add a fault to the end of one that is there."""
    path = copy / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text() if path.exists() else "") + text)
    return path


PLANTED_IMPORTS = {
    "Domains know only what lies below them": ("winkelstraat/ledger/fault.py", "winkelstraat.shop"),
    "The chains know no shop, no pages and no payment provider": (
        "ketens/fault.py",
        "winkelstraat.payments",
    ),
    "Only the shop imports Oscar": ("dorpen/register/fault.py", "oscar.defaults"),
    "Only payments imports Stripe": ("winkelstraat/shop/fault.py", "stripe"),
    "Only pages and the back office import Wagtail's pages and admin": (
        "winkelstraat/delivery/fault.py",
        "wagtail.models",
    ),
    "Domain modules are plain Python": ("ketens/domain/fault.py", "django.db"),
    "Pages read other domains through their queries": (
        "dorpen/pages/fault.py",
        "winkelstraat.shop.operations",
    ),
    "The Stripe sandbox imports nothing of the project": (
        "winkelstraat/payments/sandbox/fault.py",
        "winkelstraat.common.money",
    ),
    "Inside a domain, views call operations and operations call queries": (
        "winkelstraat/shop/queries/fault.py",
        "winkelstraat.shop.operations",
    ),
}


def test_every_import_contract_breaks_on_an_import_that_it_forbids(copy: Path) -> None:
    planted = [plant(copy, name, f"import {module}\n") for name, module in PLANTED_IMPORTS.values()]
    try:
        result = run(copy, "lint-imports", "--no-cache")
    finally:
        for path in planted:
            path.unlink()
    assert result.returncode == 1
    for contract in PLANTED_IMPORTS:
        assert f"{contract} BROKEN" in result.stdout


def test_every_import_contract_holds_without_the_planted_imports(copy: Path) -> None:
    result = run(copy, "lint-imports", "--no-cache")
    assert "BROKEN" not in result.stdout
    assert result.returncode == 0, result.stdout


LONG_FUNCTION = "def long() -> None:\n" + "    print(1)\n" * 51
PARAMETERS = "def wide(a: int, b: int, c: int, d: int, e: int, f: int, g: int) -> None: ...\n"


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("winkelstraat/common/fault.py", "A = 1\n" * 351, "351 lines, at most 350"),
        ("winkelstraat/common/fault.py", LONG_FUNCTION, "long: 52 lines, at most 50"),
        ("winkelstraat/common/fault.py", PARAMETERS, "wide: 7 parameters, at most 6"),
        ("tests/common/test_fault.py", "A = 1\n" * 401, "401 lines, at most 400"),
        ("themes/dorp/templates/fault.html", "<p>\n" * 121, "a template has at most 120"),
    ],
)
def test_the_caps_catch_what_is_too_long(copy: Path, name: str, text: str, complaint: str) -> None:
    path = plant(copy, name, text)
    result = run(copy, "python", "tests/architecture/caps.py")
    path.unlink()
    assert result.returncode == 1
    assert complaint in result.stdout


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('"""A fault."""\n\nfrom oscar.core.loading import get_model\n', "TID251"),
        ('"""A fault."""\n\nimport os\n', "F401"),
        ("def undocumented() -> None:\n    return None\n", "D103"),
    ],
)
def test_ruff_refuses_a_banned_name_an_unused_import_and_a_missing_docstring(
    copy: Path, text: str, rule: str
) -> None:
    path = plant(copy, "winkelstraat/common/fault.py", text)
    result = run(copy, "ruff", "check", "--no-cache", "winkelstraat/common/fault.py")
    path.unlink()
    assert result.returncode == 1
    assert rule in result.stdout


def test_mypy_refuses_an_untyped_function_in_a_strict_package(copy: Path) -> None:
    path = plant(copy, "winkelstraat/common/fault.py", "def untyped(a):\n    return a\n")
    result = run(copy, "mypy", "--cache-dir", str(PROJECT_DIR / ".mypy_cache"), str(path))
    path.unlink()
    assert result.returncode == 1
    assert "Function is missing a type annotation" in result.stdout


def test_the_template_formatter_refuses_loose_spacing(copy: Path) -> None:
    path = plant(copy, "themes/dorp/templates/fault.html", "{%load i18n%}\n")
    result = run(copy, "djade", "--check", "--target-version", "5.2", str(path))
    path.unlink()
    assert result.returncode == 1


def test_a_string_without_dutch_fails(copy: Path) -> None:
    fault = '{% load i18n %}\n{% translate "Nobody translated this" %}\n'
    path = plant(copy, "themes/dorp/templates/fault.html", fault)
    result = run(copy, "python", "manage.py", "messages", "check", **settings("test"))
    path.unlink()
    assert result.returncode == 1
    assert "nl: 'Nobody translated this'" in result.stderr


def test_a_model_change_without_a_migration_fails(copy: Path) -> None:
    path = copy / "winkelstraat/accounts/models/people.py"
    before = path.read_text()
    path.write_text(before.replace("max_length=120, blank=True", "max_length=121, blank=True"))
    result = run(copy, "python", "manage.py", "makemigrations", "--check", **settings("test"))
    path.write_text(before)
    assert result.returncode == 1
    assert "Alter field name on user" in result.stdout


PRODUCTION = {
    "SECRET_KEY": "a-long-and-random-looking-text-that-is-only-used-by-this-test-0123456789",
    "DATABASE_URL": "postgres://localhost/winkelstraat",
    "REDIS_URL": "redis://localhost/0",
    "ALLOWED_HOSTS": "straat.example",
    "EMAIL_URL": "smtp://localhost:25",
    "PLACEMENT_KEYS": "b25seS1mb3ItdGhlLWNoZWNrLW9ubHktZm9yLWNoZWM=",
    "STRIPE_SECRET_KEY": "sk_test_x",
    "STRIPE_WEBHOOK_SECRETS": "whsec_x",
    "TRUSTED_PROXIES": "1",
}


def settings(name: str) -> dict[str, str]:
    """Return the environment that selects a settings module."""
    return {"DJANGO_SETTINGS_MODULE": f"winkelstraat.settings.{name}"}


@pytest.mark.parametrize("missing", sorted(PRODUCTION.keys() - {"TRUSTED_PROXIES"}))
def test_production_does_not_start_without_a_secret(copy: Path, missing: str) -> None:
    given = {**PRODUCTION, missing: ""}
    result = run(
        copy, "python", "-c", "import django; django.setup()", **given, **settings("production")
    )
    assert result.returncode == 1
    assert missing in result.stderr


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        ({"DEBUG": "1"}, "DEBUG cannot be switched on"),
        ({"ALLOW_SKIPPING_SECOND_FACTOR": "1"}, "second factor cannot be skipped"),
        ({"TRUSTED_PROXIES": "0"}, "Set TRUSTED_PROXIES"),
    ],
)
def test_production_refuses_debug_and_a_skipped_second_factor(
    copy: Path, fault: dict[str, str], complaint: str
) -> None:
    command = ("python", "-c", "import django; django.setup()")
    result = run(copy, *command, **{**PRODUCTION, **fault}, **settings("production"))
    assert result.returncode == 1
    assert complaint in result.stderr


def test_the_deploy_check_complains_about_a_weak_production(copy: Path) -> None:
    path = copy / "winkelstraat/settings/production.py"
    before = path.read_text()
    path.write_text(before.replace("SECURE_SSL_REDIRECT = True", "SECURE_SSL_REDIRECT = False"))
    command = ("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    result = run(copy, *command, **PRODUCTION, **settings("production"))
    path.write_text(before)
    assert result.returncode == 1
    assert "security.W008" in result.stderr
