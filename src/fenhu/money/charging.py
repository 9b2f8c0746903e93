"""What a contract bill charges to whom: the households that signed, and everybody else once all is signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from fenhu.records import BillLine, Payer

PUBLIC = ""


def charges(
    lines: Sequence[BillLine],
    line_shares: Mapping[str, Mapping[Payer, int]],
    user_by_flat: Mapping[str, int],
    *,
    signed: Collection[str],
    contracted: bool,
) -> dict[tuple[Payer, str], int]:
    """Return what each payer is charged, households by flat, in fen.

    Before the building's contracts are complete only the households that signed owe their parts. From then on
    the other payers owe theirs of the public lines and of the flats that signed; a flat that did not sign is
    not converted, and its lines are nobody's. What households pay of the public part and nobody signed for
    stands as the households' together, under ``PUBLIC``.

    Parameters
    ----------
    lines, line_shares
        The bill and who pays each line.
    user_by_flat
        What each flat's household pays of all of it, its part of the public lines included.
    signed
        The flats with a contract.
    contracted
        Whether the building's contracts are complete.
    """
    due: Counter[tuple[Payer, str]] = Counter()
    for flat in signed:
        due[Payer.USER, flat] += user_by_flat.get(flat, 0)
    if contracted:
        built = [line for line in lines if not line.flat or line.flat in signed]
        for line in built:
            for payer, fen in line_shares[line.line].items():
                due[payer, PUBLIC] += fen
        due[Payer.USER, PUBLIC] -= sum(user_by_flat.get(flat, 0) for flat in signed)
    return {key: fen for key, fen in due.items() if fen}
