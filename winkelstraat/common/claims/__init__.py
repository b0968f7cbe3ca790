"""Rules on green and social claims, for every domain that lets people write.

Plain Python with one table (`rules.yaml`), so that the shop, the pages and the chains
can all ask the same question. What is proven comes in from outside as a `Context`.
"""

from winkelstraat.common.claims.checking import check_text, is_blocked, read_rules
from winkelstraat.common.claims.facts import (
    Comparison,
    Context,
    Evidence,
    Finding,
    Label,
    Origin,
    Outcome,
    Picture,
    Plan,
    Result,
    Scope,
    Subject,
)
from winkelstraat.common.claims.words import digest_of, normalise

__all__ = [
    "Comparison",
    "Context",
    "Evidence",
    "Finding",
    "Label",
    "Origin",
    "Outcome",
    "Picture",
    "Plan",
    "Result",
    "Scope",
    "Subject",
    "check_text",
    "digest_of",
    "is_blocked",
    "normalise",
    "read_rules",
]
