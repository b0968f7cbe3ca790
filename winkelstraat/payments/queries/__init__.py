"""Everything that payments can tell; other domains import from here."""

from winkelstraat.payments.queries.vat_rates import UnknownVatClass, get_vat_rate, list_vat_rates

__all__ = ["UnknownVatClass", "get_vat_rate", "list_vat_rates"]
