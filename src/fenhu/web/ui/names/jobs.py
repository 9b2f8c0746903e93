"""Long work, reminders and people who sign in."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.wording import Text, text

JOB_STATES: Mapping[str, Text] = {
    "waiting": text("waiting"),
    "running": text("running"),
    "done": text("done"),
    "failed": text("failed"),
    "cancelled": text("stopped"),
}
EVENTS: Mapping[str, Text] = {
    "api.delivery_replayed": text("Message to a webhook sent once more"),
    "api.webhook_ended": text("Webhook ended"),
    "api.webhook_made": text("Webhook registered"),
    "api.webhook_renewed": text("Secret of a webhook renewed"),
    "api.token_made": text("Token for another system made"),
    "api.token_revoked": text("Token for another system revoked"),
    "job.started": text("Work started"),
    "job.cancelled": text("Work cancelled"),
    "job.lost": text("Work cut off: its worker was lost"),
    "job.started_again": text("Work started again"),
    "person.erased": text("Personal values erased from the journal"),
    "person.erased_everywhere": text("Person erased"),
    "person.exported": text("Person's data handed out"),
    "person.forgotten": text("Forgotten by the retention rules"),
    "reminder.sent": text("Reminder sent"),
    "user.calendar_renewed": text("Calendar's address renewed"),
    "user.deactivated": text("Person shut out"),
    "user.enrolled": text("Person enrolled"),
    "user.granted": text("Role granted"),
    "user.paper_code_used": text("Paper code used"),
    "user.paper_codes_made": text("Paper codes made"),
    "user.password_changed": text("Password changed"),
    "user.password_reset": text("Password reset"),
    "user.provider_linked": text("Linked to the sign-in provider"),
    "user.reactivated": text("Person let in again"),
    "user.second_factor_removed": text("Second factor taken away"),
    "user.second_factor_reset": text("Second factor reset by somebody else"),
    "user.second_factor_set": text("Second factor set up"),
    "user.sessions_ended": text("Signed out in other browsers"),
    "user.signed_in": text("Person signed in"),
}
