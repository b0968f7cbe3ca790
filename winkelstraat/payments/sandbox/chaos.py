"""Faults: planned one by one, or drawn with a seed and a rate for a long run.

A draw depends on the seed, on what is asked and on how often it was asked before, not on
the moment; so the same run meets the same faults, however its threads take turns.
"""

import hashlib
import json
from typing import Any

from winkelstraat.payments.sandbox.errors import ApiError
from winkelstraat.payments.sandbox.store import Store

FAULTS = ("500", "500_done", "503", "429", "409", "slow", "lose_answer", "lose_answer_before")
POST = ("drop", "duplicate", "delay", "reorder", "bad_signature", "damaged_body")


def plan_chaos(store: Store, wish: dict[str, Any]) -> dict[str, Any]:
    """Set a seed, rates of faults (`api`) and of spoiled reports (`webhooks`), and seconds.

    Rates are chances between 0 and 1. No rates at all ends the chaos.

    :raises ApiError: 400 for an unknown name or rates above 1.
    """
    chaos = {
        "seed": str(wish.get("seed", "0")),
        "api": wish.get("api", {}),
        "webhooks": wish.get("webhooks", {}),
        "slow_s": float(wish.get("slow_s", 0.2)),
        "late_s": float(wish.get("late_s", 5)),
        "paths": wish.get("paths", ["/v1/", "/v2/"]),
    }
    for rates, names in ((chaos["api"], FAULTS), (chaos["webhooks"], POST)):
        if unknown := set(rates) - set(names):
            raise ApiError(400, f"Unknown: {', '.join(sorted(unknown))}. Choose from {names}.")
        if sum(rates.values()) > 1 or min(rates.values(), default=0) < 0:
            raise ApiError(400, "Rates are chances: together between 0 and 1.")
    store.set_fact("chaos", json.dumps(chaos))
    return chaos


def read(store: Store) -> dict[str, Any]:
    """Return the chaos that is on; empty when there is none."""
    chaos: dict[str, Any] = json.loads(store.fact("chaos") or "{}")
    return chaos


def _draw(store: Store, rates: dict[str, float], *about: str) -> str:
    """Return the name whose turn it is, or nothing."""
    seed = read(store)["seed"]
    what = "|".join(about)
    number = _count(store, what)
    digest = hashlib.sha256(f"{seed}|{what}|{number}".encode()).digest()
    chance = int.from_bytes(digest[:8]) / 2**64
    for name in sorted(rates):
        chance -= rates[name]
        if chance < 0:
            return name
    return ""


def _count(store: Store, what: str) -> int:
    """Return how often something was asked before, and count it."""
    store.rows(
        "INSERT INTO draws VALUES (?, 1) ON CONFLICT (what) DO UPDATE SET number = number + 1", what
    )
    return int(store.rows("SELECT number FROM draws WHERE what = ?", what)[0][0])


def draw_fault(store: Store, method: str, path: str, key: str) -> tuple[str, float]:
    """Return the fault for a request and the seconds for a slow one."""
    chaos = read(store)
    if not chaos or not chaos["api"] or not path.startswith(tuple(chaos["paths"])):
        return "", 0.0
    return _draw(store, chaos["api"], "api", method, path, key), chaos["slow_s"]


def draw_post(store: Store) -> tuple[str, float]:
    """Return what happens to a report and the seconds for a late one."""
    chaos = read(store)
    if not chaos or not chaos["webhooks"]:
        return "", 0.0
    return _draw(store, chaos["webhooks"], "webhook"), chaos["late_s"]


def take_fault(store: Store, method: str, path: str, key: str) -> tuple[str, float]:
    """Return the planned or drawn fault for this request, and its seconds."""
    with store.transaction():
        plan = json.loads(store.fact("faults") or "[]")
        for step in plan:
            if step["method"] in ("", method) and path.startswith(step["path"]):
                step["count"] -= 1
                store.set_fact("faults", json.dumps([s for s in plan if s["count"] > 0]))
                return step["fault"], step["seconds"]
        return draw_fault(store, method, path, key)
