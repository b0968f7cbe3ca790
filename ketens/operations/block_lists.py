"""Load the regions and their blocks from the reference files; filled values are kept."""

import csv
from decimal import Decimal
from pathlib import Path

import yaml
from django.db import transaction

from ketens.models import Block, Region


@transaction.atomic
def load_blocks(*, folder: Path) -> int:
    """Load regions and blocks that are not there; return how many blocks are new.

    A block that a coordinator filled in is never overwritten.
    """
    regions = yaml.safe_load((folder / "regions.yaml").read_text())["regions"]
    for row in regions:
        Region.objects.update_or_create(
            key=row["key"],
            defaults={
                "title": row["title"],
                "is_example": row["is_example"],
                "full_time_hours": row["full_time_hours"],
                "note": " ".join((row["note"] or "").split()),
            },
        )
    since = {row["key"]: row["tenders_from"] for row in regions}
    with (folder / "blocks.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = set(Block.objects.values_list("region_id", "key"))
    new = [row for row in rows if (row["region"], row["key"]) not in known]
    Block.objects.bulk_create(
        Block(
            region_id=row["region"],
            key=row["key"],
            label_nl=row["label_nl"],
            label_en=row["label_en"],
            cents=int(Decimal(row["euro"]) * 100) if row["euro"] else None,
            unit=row["unit"],
            max_months=int(row["max_months"]) if row["max_months"] else None,
            tenders_from=since[row["region"]],
            source=row["source"],
            address=row["address"],
        )
        for row in new
    )
    return len(new)
