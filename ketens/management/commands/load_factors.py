"""``manage.py load_factors``: load factor sets, after a look at what they change."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ketens.domain.factor_changes import FactorDifference
from ketens.domain.factors import FactorListRefused
from ketens.operations.factors import (
    DoubtfulFactors,
    FactorSetChanged,
    FactorSetContent,
    load_factor_set,
    read_factor_set,
)
from ketens.queries.factors import compare_with_loaded
from ketens.queries.refusals import explain_factor_refusal


class Command(BaseCommand):
    """Load new factor sets; a set that is already there is left alone."""

    help = "Load emission factor sets (idempotent); --dry-run tells what they would change."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="The set.yaml of one set.")
        parser.add_argument("--folder", type=Path, help="A folder with one folder per set.")
        parser.add_argument("--dry-run", action="store_true", help="Load nothing.")
        parser.add_argument("--accept", default="", help="Why doubtful values are right.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"] or settings.PROJECT_DIR / "fixtures" / "reference" / "factors"
        one = options["file"]
        for path in [one] if one else sorted(folder.glob("*/set.yaml")):
            try:
                content = read_factor_set(path)
                if options["dry_run"]:
                    self.report(path, content)
                    continue
                loaded = load_factor_set(
                    content=content, now=timezone.now(), accepted_doubts=options["accept"]
                )
            except FactorListRefused as error:
                raise CommandError(
                    f"{path.parent.name}: {explain_factor_refusal(error)}"
                ) from error
            except FactorSetChanged as error:
                raise CommandError(f"{path.parent.name}: {error}") from error
            except DoubtfulFactors as error:
                self.write_difference(error.difference)
                raise CommandError(
                    _("Some values are unlikely. Say with --accept why they are right.")
                ) from error
            word = "loaded" if loaded else "already there"
            self.stdout.write(f"{path.parent.name}: {word}")

    def report(self, path: Path, content: FactorSetContent) -> None:
        """Print what a set would change."""
        self.stdout.write(f"{path.parent.name}:")
        self.write_difference(compare_with_loaded(content.key, content.factors))

    def write_difference(self, difference: FactorDifference) -> None:
        """Print new, changed, gone and doubtful factors, one a line."""
        for factor in difference.new:
            self.stdout.write(f"  + {factor.key} {factor.value} {factor.unit}")
        for change in difference.changed:
            values = f"{change.before.normalize():f} > {change.after.normalize():f}"
            self.stdout.write(f"  ~ {change.key} {values} {change.unit}")
        for key in difference.gone:
            self.stdout.write(f"  - {key}")
        for change in difference.out_of_range:
            self.stdout.write(f"  ? {change.key} {change.after.normalize():f} {change.unit}")
        if difference.is_empty:
            self.stdout.write("  =")
