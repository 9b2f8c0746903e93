"""A project's building from the front: who has the notice, who agrees, who signed, how far the works are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.http import urlencode

from fenhu.drawing import CONSENT, CONTRACT, NOTICE, STAGE, ElevationCell, StateLayer
from fenhu.web.ui.pictures import Elevation, drawn
from fenhu.web.works.queries import FlatRow, ProjectView
from fenhu.wording import Text, text

State = Callable[[FlatRow], str]


def _notice(flat: FlatRow) -> str:
    return "delivered" if flat.notice_on else "open"


def _consent(flat: FlatRow) -> str:
    return {True: "agreed", False: "refused", None: "unknown"}[flat.consent]


def _contract(flat: FlatRow) -> str:
    if flat.contract_on:
        return "signed"
    return "refused" if flat.consent is False else "open"


def _stage(flat: FlatRow) -> str:
    return flat.stage if flat.contract_on else "without"


LAYERS: Mapping[str, tuple[Text, StateLayer, State]] = {
    "notice": (text("Notices"), NOTICE, _notice),
    "consent": (text("Consent"), CONSENT, _consent),
    "contract": (text("Contracts"), CONTRACT, _contract),
    "stage": (text("Works"), STAGE, _stage),
}
# Which layer tells most in which state; the others show the contracts.
BY_STATE: Mapping[str, str] = {
    "listed": "notice", "informed": "consent", "under_construction": "stage", "rectifying": "stage",
    "finished": "stage", "accepted": "stage", "in_use": "stage", "rewarded": "stage",
}  # fmt: skip


def project_elevation(view: ProjectView, layer: str, path: str) -> Elevation | None:
    """Return the building's elevation in one layer, each flat a link to its row; None without a flat."""
    if not view.flats:
        return None
    title, states, state = LAYERS[layer]
    cells = tuple(
        ElevationCell(
            unit=flat.unit, storey=flat.storey, position=flat.position, label=flat.flat_id, state=state(flat),
            href=f"{path}?{urlencode({'layer': layer})}#flat-{flat.flat_id}",
        )
        for flat in view.flats
    )  # fmt: skip
    first = states.states[0]
    done = sum(cell.state == first.code for cell in cells)
    finding = text(
        "{layer}: {done} of {flats} flats {state}", layer=title, done=done, flats=len(cells),
        state=first.label,
    )  # fmt: skip
    desc = text("The building {name} from the front, one cell per flat", name=view.row.name)
    return drawn([(cells, finding, desc)], states)
