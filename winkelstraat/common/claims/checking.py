"""Check a text against every rule of the table. One road for form, sheet, page and API."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from winkelstraat.common.claims.conditions import CONDITIONS, Condition
from winkelstraat.common.claims.facts import Context, Finding, Outcome, Subject
from winkelstraat.common.claims.words import normalise

TABLE = Path(__file__).with_name("rules.yaml")
PICTURE_WORDS = re.compile(r"[_./\\-]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    id: str
    outcome: Outcome
    basis: str
    subjects: frozenset[Subject]
    patterns: tuple[re.Pattern[str], ...]
    doubtful: tuple[re.Pattern[str], ...]
    pictures: tuple[re.Pattern[str], ...]
    condition: Condition | None
    is_hard: bool

    @property
    def looks_at_every_text(self) -> bool:
        """Whether no word has to set this rule off."""
        return not (self.patterns or self.pictures)


@dataclass(frozen=True, slots=True)
class RuleTable:
    """All rules in one version."""

    version: int
    rules: tuple[Rule, ...]


@lru_cache(maxsize=1)
def read_rules() -> RuleTable:
    """Read the table once."""
    content: dict[str, Any] = yaml.safe_load(TABLE.read_text())
    return RuleTable(content["version"], tuple(_read_rule(row) for row in content["rules"]))


@lru_cache(maxsize=1024)
def check_text(text: str, context: Context) -> tuple[Finding, ...]:
    """Return what a text and the pictures beside it run into, in order of the rules.

    Kept for texts that come again: a spreadsheet says the same of hundreds of things.
    """
    said = normalise(text)
    findings: list[Finding] = []
    for rule in read_rules().rules:
        if context.subject not in rule.subjects:
            continue
        if rule.id in context.accepted_rules and not rule.is_hard:
            continue
        findings += _apply(rule, said, context)
    return tuple(dict.fromkeys(findings))


def is_blocked(text: str, context: Context) -> bool:
    """Tell whether a text may not be shown."""
    return any(finding.is_blocking for finding in check_text(text, context))


def _apply(rule: Rule, said: str, context: Context) -> list[Finding]:
    if rule.looks_at_every_text:
        is_broken = rule.condition is not None and rule.condition(said, None, context)
        return [Finding(rule.id, rule.outcome, "")] if is_broken else []
    found = [
        Finding(rule.id, rule.outcome, hit.group())
        for pattern in rule.patterns
        for hit in pattern.finditer(said)
        if rule.condition is None or rule.condition(said, hit, context)
    ]
    found += [
        Finding(rule.id, Outcome.REVIEW, hit.group())
        for pattern in rule.doubtful
        for hit in pattern.finditer(said)
    ]
    return found + _apply_to_pictures(rule, said, context)


def _apply_to_pictures(rule: Rule, said: str, context: Context) -> list[Finding]:
    shown = [
        (picture, PICTURE_WORDS.sub(" ", normalise(f"{picture.alt} {picture.name}")))
        for picture in context.pictures
    ]
    found = []
    for picture, words in shown:
        hit = next((hit for one in rule.pictures if (hit := one.search(words))), None)
        is_mark = rule.id == "C05" and picture.label is not None
        if (hit or is_mark) and (rule.condition is None or rule.condition(said, None, context)):
            found.append(Finding(rule.id, rule.outcome, hit.group() if hit else words))
    return found


def _read_rule(row: dict[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        outcome=Outcome(row["outcome"]),
        basis=row["basis"],
        subjects=frozenset(Subject(one) for one in row.get("subjects", list(Subject))),
        patterns=_compile(row.get("patterns", [])),
        doubtful=_compile(row.get("doubtful", [])),
        pictures=_compile(row.get("pictures", [])),
        condition=CONDITIONS[row["check"]] if "check" in row else None,
        is_hard=row.get("hard", False),
    )


def _compile(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
