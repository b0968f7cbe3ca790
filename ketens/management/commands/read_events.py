"""``manage.py read_events FILE.jsonld``: tell what batches an EPCIS document adds up to."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ketens.domain.batches import balance_of
from ketens.domain.exchange.epcis_reading import ReadBatch, UnreadableEvent, read_document


class Command(BaseCommand):
    """Read events of any sender and print the balance of every batch as JSON; writes nothing."""

    help = "Print the mass balance of every batch in a GS1 EPCIS 2.0 document, in grams."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            batches = read_document(json.loads(options["file"].read_text()))
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}") from error
        except (json.JSONDecodeError, AttributeError) as error:
            raise CommandError(f"{options['file']} is no JSON document") from error
        except UnreadableEvent as error:
            raise CommandError(str(error)) from error
        told = [tell_batch(batch) for batch in batches]
        self.stdout.write(json.dumps(told, indent=2))


def tell_batch(batch: ReadBatch) -> dict[str, Any]:
    """Return a batch's balance and loads as plain values; unknown is null."""
    balance = balance_of(batch.counts)
    return {
        "batch": str(batch.batch_id),
        "in_g": balance.in_g,
        "sold_g": balance.sold_g,
        "residual_g": {str(rung): grams for rung, grams in balance.residual_g},
        "stock_g": balance.stock_g,
        "shrink_g": balance.shrink_g,
        "difference_g": balance.difference_g,
        "holds": balance.holds,
        "loads": [
            {"load": str(one.load_id), "sent_g": one.sent_g, "received_g": one.received_g}
            for one in batch.loads
        ],
    }
