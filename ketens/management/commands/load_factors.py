"""``manage.py load_factors``: load every factor set of the reference fixtures."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ketens.domain.factors import FactorListRefused
from ketens.operations.factors import FactorSetChanged, load_factor_set, read_factor_folder


class Command(BaseCommand):
    """Load new factor sets; a set that is already there is left alone."""

    help = "Load the emission factor sets from fixtures/reference/factors (idempotent)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, help="A folder with one folder per set.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or settings.PROJECT_DIR / "fixtures" / "reference" / "factors"
        for path in sorted(folder.glob("*/set.yaml")):
            try:
                loaded = load_factor_set(
                    content=read_factor_folder(path.parent), now=timezone.now()
                )
            except (FactorListRefused, FactorSetChanged) as error:
                raise CommandError(f"{path.parent.name}: {error}") from error
            word = "loaded" if loaded else "already there"
            self.stdout.write(f"{path.parent.name}: {word}")
