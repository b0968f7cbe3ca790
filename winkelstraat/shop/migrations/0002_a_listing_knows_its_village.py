"""Write the shop's village and the large picture's address on the listing itself."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
UPDATE shop_listing SET village_id = seller.village_id
FROM shop_sellerprofile AS seller WHERE seller.id = shop_listing.seller_id
"""


def village(**options):
    return models.ForeignKey(
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="listings",
        to="register.village",
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0002_a_bag_code_may_be_unknown"),
        ("shop", "0001_initial"),
    ]

    operations = [
        migrations.AddField("listing", "village", village(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("listing", "village", village()),
        migrations.AddField(
            "listing",
            "picture_large_path",
            models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AddIndex(
            "listing",
            models.Index(
                fields=["village", "-published_at", "-id"],
                name="newest_in_a_village",
                condition=models.Q(("status", "published")),
            ),
        ),
    ]
