"""Flows to start with those answers that they ask for."""

from __future__ import annotations

from collections.abc import Mapping

from bot.understanding.numbers import Number
from flows.engine.data import Started, Value
from flows.engine.language import Ask, Choose, Flow

NAMED_BY_SYSTEM = frozenset(("rma", "claim", "parcel", "system"))
"""Questions that the name of a system answers."""


class Starts:
    """Makes them; what is no flow here is left out."""

    def __init__(self, flows: Mapping[str, Flow]) -> None:
        self._flows = flows

    def filled(self, flow: str, found: tuple[Number, ...]) -> Started:
        """The flow with the numbers it can use."""
        return Started(flow, self.slots(flow, found))

    def slots(self, flow: str, found: tuple[Number, ...]) -> dict[str, Value]:
        """What the numbers answer there."""
        steps = self._steps(flow)
        slots: dict[str, Value] = {}
        for number in found:
            if number.kind in ("rma", "case", "unknown") and "rma" in steps:
                slots.setdefault("rma", number.digits)
            elif number.kind in ("rma", "case", "unknown") and "claim" in steps:
                slots.setdefault("claim", number.digits)
            elif number.kind in ("rma", "case", "unknown") and "parcel" in steps:
                slots.setdefault("parcel", number.digits)
            elif number.kind == "unknown" and "found" in steps:
                slots.setdefault("found", number.digits)
            elif number.kind not in ("rma", "case") and "system" in steps:
                slots.setdefault("system", number.digits)
        serials = tuple(n.digits for n in found if n.kind in ("serial", "sma_serial"))
        return slots | ({"devices": serials} if serials and "devices" in steps else {})

    def about(self, flow: str, name: str) -> Started | None:
        """The flow with the system whose RMA, return or claim it is about, if it first asks for one."""
        if flow not in self._flows:
            return None
        first = next((step for step in self._flows[flow].steps if isinstance(step, Ask | Choose)), None)
        if first is None or first.name not in NAMED_BY_SYSTEM:
            return None
        return Started(flow, {first.name: name})

    def start(self, flow: str, **answers: Value) -> Started:
        """The flow with those answers that it asks for."""
        steps = self._steps(flow)
        return Started(flow, {name: value for name, value in answers.items() if name in steps})

    def _steps(self, flow: str) -> set[str]:
        return {step.name for step in self._flows[flow].steps} if flow in self._flows else set()

    def known(self, *starts: Started) -> tuple[Started, ...]:
        """Those whose flow is one of ours."""
        return tuple(start for start in starts if start.flow in self._flows)
