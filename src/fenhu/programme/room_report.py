"""A household's report that its room is cold: the supplier looks and answers (clause 二（三）)."""

from __future__ import annotations

from fenhu.programme.roles import Role
from fenhu.programme.workflow import Step, Workflow
from fenhu.wording import text

ROOM_REPORT: Workflow[None] = Workflow(
    name="room_report",
    states={
        "waiting": text("Cold; waits for the heat supplier's answer"),
        "answered": text("Answered"),
        "noted": text("Noted"),
    },
    initial="waiting",
    final=("answered", "noted"),
    steps=(
        Step(
            name="answer",
            label=text("Write what was found and done"),
            sources=("waiting",),
            target="answered",
            roles=(Role.HEAT_SUPPLIER,),
            needs_note=True,
        ),
        Step(
            name="note",
            label=text("Answered together with a later report"),
            sources=("waiting",),
            target="noted",
            roles=(Role.HEAT_SUPPLIER,),
            aside=True,
        ),
    ),
)
