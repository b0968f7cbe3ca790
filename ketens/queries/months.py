"""What a member did in a month, as it is asked to confirm; and what changed since."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from ketens.domain import codes
from ketens.domain.batches import Entry
from ketens.domain.work import months_later
from ketens.models import BatchEntry, ChainMember, Leg, MonthConfirmation, Round
from ketens.queries.wording import say_emission, say_grams, say_number
from winkelstraat.ledger.domain import Unit
from winkelstraat.ledger.models import Transfer


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Whole units of one member in one month, by the day that things happened."""

    sent_g: int
    left_over_g: int
    transport_mg: int
    rounds: int


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One figure of a month, with what it was when the member confirmed it."""

    label: str
    text: str
    confirmed_text: str

    @property
    def has_changed(self) -> bool:
        """Whether something came in after the month was confirmed."""
        return bool(self.confirmed_text) and self.confirmed_text != self.text


@dataclass(frozen=True, slots=True)
class MemberMonth:
    """A month of one member, confirmed or waiting for it."""

    member_id: int
    chain: str
    role_text: str
    month: date
    lines: tuple[MonthLine, ...]
    is_confirmed: bool

    @property
    def has_changed(self) -> bool:
        """Whether a figure moved since the member said that it was right."""
        return any(line.has_changed for line in self.lines)


def get_member_month(member: ChainMember, month: date) -> MemberMonth:
    """Return a member's month; six queries."""
    figures = sum_month(member, month)
    confirmed = MonthConfirmation.objects.filter(member=member, month=month).first()
    before = MonthFigures(**confirmed.figures) if confirmed else None
    return MemberMonth(
        member_id=member.pk,
        chain=member.chain.name,
        role_text=member.get_role_display(),
        month=month,
        lines=tuple(
            MonthLine(label, text, then)
            for (label, text), then in zip(
                say_figures(figures),
                [text for _label, text in say_figures(before)] if before else [""] * 4,
                strict=True,
            )
        ),
        is_confirmed=confirmed is not None,
    )


def sum_month(member: ChainMember, month: date) -> MonthFigures:
    """Return what a member did in a month, by activity date; late entries are in it."""
    after = months_later(month, 1)
    days = {"activity_date__gte": month, "activity_date__lt": after}
    account = codes.member_account(member.chain_id, member.role, member.pk)
    legs = Leg.objects.filter(link__from_member=member).values_list("pk", flat=True)
    leg_codes = [codes.leg_account(member.chain_id, leg) for leg in legs]
    sent = Transfer.objects.filter(
        ledger__unit=Unit.GRAMS, credit__code=account, reverses__isnull=True, **days
    )
    emitted = Transfer.objects.filter(
        ledger__unit=Unit.MG_CO2E, credit__code__in=leg_codes, reverses__isnull=True, **days
    )
    entries = BatchEntry.objects.filter(
        batch__member=member,
        kind=Entry.RESIDUAL.value,
        takes_back__isnull=True,
        taken_back_by__isnull=True,
        **days,
    )
    rounds = Round.objects.filter(carrier=member, driven_on__gte=month, driven_on__lt=after)
    return MonthFigures(
        sent_g=sent.aggregate(whole=Sum("amount"))["whole"] or 0,
        left_over_g=entries.aggregate(whole=Sum("mass_g"))["whole"] or 0,
        transport_mg=emitted.aggregate(whole=Sum("amount"))["whole"] or 0,
        rounds=rounds.count(),
    )


def say_figures(figures: MonthFigures) -> tuple[tuple[str, str], ...]:
    """Return the figures of a month in words."""
    return (
        (_("goods that left you"), say_grams(figures.sent_g)),
        (_("left over"), say_grams(figures.left_over_g)),
        (_("transport that left you"), say_emission(figures.transport_mg)),
        (_("rounds written down"), say_number(figures.rounds)),
    )


def as_json(figures: MonthFigures) -> dict[str, int]:
    """Return the figures as they are kept with a confirmation."""
    return asdict(figures)
