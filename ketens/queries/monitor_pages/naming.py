"""What chains and product groups are called, by the numbers and codes that cells have."""

from dataclasses import dataclass

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from ketens.domain.monitor import UNKNOWN_GROUP
from ketens.models import Chain, ProductGroup


@dataclass(frozen=True, slots=True)
class ChainName:
    """A chain as a row names it."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Chains by their number and product groups by their code."""

    chains: dict[int, ChainName]
    groups: dict[str, str]

    def chain(self, number: int | None) -> str:
        """Return the name of a chain; empty when there is none."""
        found = self.chains.get(number or 0)
        return found.name if found else ""

    def group(self, code: str) -> str:
        """Return the name of a product group."""
        return self.groups.get(code) or _("group not known")


def read_naming() -> Naming:
    """Return every chain and product group; one query."""
    text = CharField()
    chains = Chain.objects.order_by().values_list(
        Value("chain", text), Cast("pk", text), "slug", "name"
    )
    groups = ProductGroup.objects.order_by().values_list(
        Value("group", text), Cast("code", text), "code", "name"
    )
    rows = list(chains.union(groups, all=True))
    return Naming(
        chains={
            int(key): ChainName(int(key), slug, name)
            for kind, key, slug, name in rows
            if kind == "chain"
        },
        groups={key: name for kind, key, _slug, name in rows if kind == "group"}
        | {UNKNOWN_GROUP: _("group not known")},
    )
