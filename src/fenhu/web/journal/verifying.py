"""Checks that the journal says today what it said when it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fenhu.web.journal.chain import entry_digest, head_digest, sha256
from fenhu.web.journal.models import DayHead, Entry, PersonalValue
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What a check of the journal found; no fault means that nothing was changed."""

    entries: int
    subjects: int
    days: int
    faults: tuple[Text, ...]

    @property
    def valid(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def verify() -> VerifyReport:
    """Return whether every entry, every chain, every day's head and every kept personal value still agree."""
    faults = [*_chain_faults(), *_head_faults(), *_personal_faults()]
    return VerifyReport(
        entries=Entry.objects.count(),
        subjects=Entry.objects.values("subject").distinct().count(),
        days=DayHead.objects.count(),
        faults=tuple(faults),
    )


def _chain_faults() -> Iterator[Text]:
    subject, sequence, previous = "", 0, ""
    for entry in Entry.objects.order_by("subject", "sequence").iterator(chunk_size=2000):
        if entry.subject != subject:
            subject, sequence, previous = entry.subject, 0, ""
        sequence += 1
        if entry.sequence != sequence:
            yield text("Of {subject} entry {sequence} is missing", subject=subject, sequence=sequence)
            sequence = entry.sequence
        elif entry.previous != previous:
            yield text("Entry {sequence} of {subject} does not follow the one before it",
                       subject=subject, sequence=sequence)  # fmt: skip
        if entry.digest != entry_digest(entry):
            yield text("Entry {sequence} of {subject} was changed after it was written",
                       subject=subject, sequence=sequence)  # fmt: skip
        previous = entry.digest


def _head_faults() -> Iterator[Text]:
    covered, previous = 0, ""
    for head in DayHead.objects.order_by("pk"):
        digests = list(
            Entry.objects.filter(pk__gt=covered, pk__lte=head.last_entry)
            .order_by("pk")
            .values_list("digest", flat=True)
        )
        if head.entries != len(digests) or head.digest != head_digest(previous, digests):
            yield text(
                "The entries up to {day} are not those the day was closed with", day=head.day.isoformat()
            )
        covered, previous = head.last_entry, head.digest


def _personal_faults() -> Iterator[Text]:
    for kept in PersonalValue.objects.filter(erased=False).iterator(chunk_size=2000):
        if kept.digest != sha256(kept.salt + kept.value):
            yield text("Personal value {digest} was changed after it was written", digest=kept.digest[:12])
