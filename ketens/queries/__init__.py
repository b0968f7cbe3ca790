"""What pages and other domains read of the chains."""

from ketens.queries.chains import ChainCard, ChainDetail, get_chain, list_chains
from ketens.queries.figures import Figure, get_street_figures, get_village_figures
from ketens.queries.panels import (
    ProductPanel,
    PurchasePanel,
    get_product_panel,
    get_purchase_panel,
)
from ketens.queries.provenance import Provenance, get_provenance

__all__ = [
    "ChainCard",
    "ChainDetail",
    "Figure",
    "ProductPanel",
    "Provenance",
    "PurchasePanel",
    "get_chain",
    "get_product_panel",
    "get_provenance",
    "get_purchase_panel",
    "get_street_figures",
    "get_village_figures",
    "list_chains",
]
