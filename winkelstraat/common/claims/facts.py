"""What is known beside a text when its claims are checked; plain values, no Django."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Subject(StrEnum):
    """What a text stands on."""

    PRODUCT = "product"
    SELLER = "seller"
    PAGE = "page"


class Outcome(StrEnum):
    """What a finding does; everything but a review keeps the text from the street."""

    BLOCK = "block"
    HIDE = "hide"
    UNPUBLISH = "unpublish"
    REVIEW = "review"


class Scope(StrEnum):
    """What a claim or its evidence is about."""

    PRODUCT = "product"
    PART = "part"
    ACTIVITY = "activity"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One proof; ``kind`` is a word of the rule table, ``valid_until`` its last day."""

    kind: str
    scope: Scope
    valid_until: date | None = None
    has_offset: bool = False
    reference: str = ""

    def holds(self, today: date) -> bool:
        """Tell whether this proof is in date."""
        return self.valid_until is None or self.valid_until >= today


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the registry; shown only when everything about it is known."""

    name: str
    owner: str = ""
    is_public_authority: bool = False
    is_third_party_certified: bool = False
    criteria_url: str = ""
    monitoring_body: str = ""
    certificate: str = ""
    valid_until: date | None = None

    def holds(self, today: date) -> bool:
        """Tell whether the label may be shown (ECGT, Annex I 2a)."""
        is_founded = self.is_public_authority or self.is_third_party_certified
        is_told = bool(self.owner and self.criteria_url and self.monitoring_body)
        in_date = self.valid_until is not None and self.valid_until >= today
        return is_founded and is_told and bool(self.certificate) and in_date


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by what it is said to show; ``label`` when it is a label's mark."""

    alt: str
    name: str = ""
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A public plan behind a claim on the future."""

    url: str = ""
    interim_targets: tuple[date, ...] = ()
    resources: str = ""
    verifier: str = ""
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison rests on; ``probability_percent`` that the difference is real."""

    reference: str = ""
    is_same_unit: bool = False
    is_same_database: bool = False
    is_same_stage: bool = False
    is_same_period: bool = False
    probability_percent: int = 0
    method_url: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The calculation behind a number, as it stands today."""

    calculation_id: str
    factor_set_published_on: date
    valid_until: date | None = None
    is_superseded: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """How near and how much: the declared share of mass and the share that was traced."""

    ground: str
    declared_permille: int
    traced_permille: int


@dataclass(frozen=True, slots=True)
class Context:
    """Everything beside the text. The default is a bare product text without any proof."""

    today: date
    subject: Subject = Subject.PRODUCT
    is_food: bool = True
    scope: Scope | None = None
    evidence: tuple[Evidence, ...] = ()
    specifications: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    plan: Plan | None = None
    comparison: Comparison | None = None
    result: Result | None = None
    origin: Origin | None = None
    approved_digest: str | None = None
    accepted_rules: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a text runs into, with the words that did it."""

    rule: str
    outcome: Outcome
    words: str

    @property
    def is_blocking(self) -> bool:
        """Whether this keeps the text from being shown."""
        return self.outcome is not Outcome.REVIEW
