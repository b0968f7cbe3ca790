"""A shop as buyers see it; the enterprise behind it stands in the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dorpen.register.models import Enterprise, Photo
from winkelstraat.shop.domain.rights import ALL_RIGHTS, Rights


class SellerProfile(models.Model):
    """One shop: Oscar's partner on one side, the register's enterprise on the other."""

    partner = models.OneToOneField(
        "partner.Partner", on_delete=models.PROTECT, related_name="seller"
    )
    enterprise = models.OneToOneField(Enterprise, on_delete=models.PROTECT, related_name="seller")
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    village = models.ForeignKey(
        "register.Village", on_delete=models.PROTECT, related_name="sellers"
    )
    tagline = models.CharField(max_length=160, blank=True)
    story = models.TextField(blank=True)
    photo = models.ForeignKey(
        Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    pickup_instructions = models.CharField(max_length=300, blank=True)
    pickup_point = models.ForeignKey(
        "delivery.PickupPoint", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    collect_at_shop = models.BooleanField(default=True)
    delivers = models.BooleanField(default=False)
    delivery_price_cents = models.PositiveIntegerField(default=0)
    # What bringing costs more for every kilo.
    delivery_cents_per_kg = models.PositiveIntegerField(default=0)
    minimum_order_cents = models.PositiveIntegerField(default=0)
    lead_time_hours = models.PositiveSmallIntegerField(default=18)
    commission_basis_points = models.PositiveSmallIntegerField(default=0)
    # The small business scheme (KOR, art. 25 Wet OB): no VAT is charged in these days.
    kor_from = models.DateField(null=True, blank=True)
    kor_until = models.DateField(null=True, blank=True)
    # The control body's code and the last day of the certificate (Regulation (EU) 2018/848).
    organic_code = models.CharField(max_length=20, blank=True)
    organic_until = models.DateField(null=True, blank=True)
    hours_checked_on = models.DateField(null=True, blank=True)
    holiday_from = models.DateField(null=True, blank=True)
    holiday_until = models.DateField(null=True, blank=True)
    holiday_message = models.CharField(max_length=160, blank=True)
    # A weekly rhythm: orders that come before the list go out on the day of handing over.
    rhythm_pickup_weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    rhythm_list_weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    rhythm_list_time = models.TimeField(null=True, blank=True)
    rhythm_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Or only in the stretches that the shop names (`OrderOpening`).
    names_windows = models.BooleanField(default=False)

    # What the person at the desk may do; the queries of the desk narrow it (domain.rights).
    rights: Rights = ALL_RIGHTS

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    rhythm_pickup_weekday__isnull=True,
                    rhythm_list_weekday__isnull=True,
                    rhythm_list_time__isnull=True,
                )
                | models.Q(
                    rhythm_pickup_weekday__range=(1, 7),
                    rhythm_list_weekday__range=(1, 7),
                    rhythm_list_time__isnull=False,
                    names_windows=False,
                ),
                name="a_rhythm_is_whole_or_absent",
            ),
            models.CheckConstraint(
                condition=models.Q(holiday_from__isnull=True)
                | models.Q(holiday_until__gte=models.F("holiday_from")),
                name="a_holiday_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(kor_until__isnull=True)
                | models.Q(kor_until__gte=models.F("kor_from")),
                name="the_small_business_scheme_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(commission_basis_points__lte=10_000),
                name="a_commission_is_at_most_everything",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Weekday(models.IntegerChoices):
    """Days as ISO 8601 counts them."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class OpeningHours(models.Model):
    """One stretch of a week in which a shop is open."""

    seller = models.ForeignKey(
        SellerProfile, on_delete=models.CASCADE, related_name="opening_hours"
    )
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    opens_at = models.TimeField()
    closes_at = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="a_shop_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at}-{self.closes_at}"


class OrderOpening(models.Model):
    """A stretch in which a shop takes orders; the minute of `closes_at` still counts."""

    seller = models.ForeignKey(
        SellerProfile, on_delete=models.CASCADE, related_name="order_openings"
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["opens_at"]
        indexes = [
            models.Index(
                fields=["closes_at"],
                name="openings_to_be_told",
                condition=models.Q(told_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="orders_are_closed_after_they_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller}: {self.opens_at:%d-%m-%Y %H:%M}"
