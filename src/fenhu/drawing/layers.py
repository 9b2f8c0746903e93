"""What an elevation can show in a cell: the temperature, or one of a few states (consent, contract, …)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from fenhu.errors import UnknownItem
from fenhu.wording import Text, text


class Tone(Enum):
    """What a state means to its reader; each tone has one colour, readable without red against green."""

    DONE = "#7cc4a4"
    UNDER_WAY = "#9cc3e6"
    WAITING = "#f4f1e6"
    ATTENTION = "#fbcf8a"
    REFUSED = "#b5442d"
    OFF = "#d5d9de"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state a flat can be in: ``mark`` stands in the cell, so that colour never speaks alone."""

    code: str
    label: Text
    mark: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLayer:
    """A way to colour the elevation by state; ``name`` heads the legend."""

    name: Text
    states: tuple[State, ...]

    def state(self, code: str) -> State:
        """Return the state ``code``.

        Raises
        ------
        UnknownItem
            If the layer has no such state.
        """
        for state in self.states:
            if state.code == code:
                return state
        known = ", ".join(state.code for state in self.states)
        raise UnknownItem(
            text(
                "Layer {layer} has no state {code}; it knows {known}", layer=self.name, code=code, known=known
            )
        )

    def present(self, codes: Sequence[str | None]) -> tuple[State, ...]:
        """Return the states that occur among ``codes``, in the layer's order."""
        return tuple(state for state in self.states if state.code in set(codes))


CONSENT = StateLayer(
    name=text("Consent to the conversion"),
    states=(
        State(code="agreed", label=text("agreed"), mark="✓", tone=Tone.DONE),
        State(code="refused", label=text("refused"), mark="✕", tone=Tone.REFUSED),
        State(code="unknown", label=text("not yet asked"), mark="?", tone=Tone.WAITING),
    ),
)
"""Whether the household agrees (clause 二(四))."""

CONTRACT = StateLayer(
    name=text("Contract with the supplier"),
    states=(
        State(code="signed", label=text("signed"), mark="✓", tone=Tone.DONE),
        State(code="open", label=text("to be signed"), mark="…", tone=Tone.WAITING),
        State(code="refused", label=text("refused"), mark="✕", tone=Tone.REFUSED),
    ),
)
"""Whether the contract with the heat user is signed (clause 三(三))."""

FEE = StateLayer(
    name=text("Heating fee of the season"),
    states=(
        State(code="paid", label=text("paid"), mark="✓", tone=Tone.DONE),
        State(code="unpaid", label=text("in arrears"), mark="!", tone=Tone.ATTENTION),
    ),
)
"""Whether the household paid for heat (clause 三(二))."""

NOTICE = StateLayer(
    name=text("Notice of the conversion"),
    states=(
        State(code="delivered", label=text("delivered"), mark="✓", tone=Tone.DONE),
        State(code="open", label=text("to be delivered"), mark="…", tone=Tone.WAITING),
    ),
)
"""Whether the household has the notice (clause 三(一))."""

STAGE = StateLayer(
    name=text("Works in the flat"),
    states=(
        State(code="done", label=text("done and tidied up"), mark="✓", tone=Tone.DONE),
        State(code="tested", label=text("tested"), mark="4", tone=Tone.UNDER_WAY),
        State(code="connected", label=text("connected to the risers"), mark="3", tone=Tone.UNDER_WAY),
        State(code="piped", label=text("loop laid"), mark="2", tone=Tone.UNDER_WAY),
        State(code="removed", label=text("old pipes removed"), mark="1", tone=Tone.ATTENTION),
        State(code="none", label=text("not begun"), mark="0", tone=Tone.WAITING),
        State(code="without", label=text("no contract"), mark="–", tone=Tone.OFF),
    ),
)
"""How far the works in the flat are (clause 三(二))."""
