"""The officials' own sums in a policy file, recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fenhu.money.facts import SharingFacts
from fenhu.money.sharing import share_bill
from fenhu.policy import Case, Policy
from fenhu.records import BillLine, Payer
from fenhu.units import fen_from_yuan
from fenhu.wording import Text, bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """A hand sum beside what the rules give, in fen."""

    name: Text
    expected_fen: Mapping[Payer, int]
    found_fen: Mapping[Payer, int]

    @property
    def agrees(self) -> bool:
        """Return whether the rules give the official's sum to the fen."""
        return self.expected_fen == self.found_fen


def run_cases(policy: Policy) -> tuple[CaseResult, ...]:
    """Return every case of a policy with its hand sum and what the rules give."""
    return tuple(_run(case, policy) for case in policy.cases)


def _run(case: Case, policy: Policy) -> CaseResult:
    facts = SharingFacts(
        owner_kind=case.owner_kind,
        level=policy.responsible_authority(case.owner_kind),
        flats={str(index): area_m2 for index, area_m2 in enumerate(case.flats, start=1)},
        repair_fund_fen=_fen(case.repair_fund_yuan),
        grant_fen=_fen(case.grant_yuan),
        district=case.district,
        owner_exists=case.owner_exists,
        day=case.day,
    )
    lines = tuple(
        BillLine(
            line=str(index),
            item=line.item,
            flat=line.flat,
            quantity=Decimal(1),
            unit="项",
            unit_price_yuan=line.cost_yuan,
            cost_fen=fen_from_yuan(line.cost_yuan),
        )
        for index, line in enumerate(case.line, start=1)
    )
    shared = share_bill(lines, policy, facts)
    expected = {payer: fen_from_yuan(case.expect_yuan.get(payer, Decimal(0))) for payer in Payer}
    return CaseResult(name=bilingual(case.name, case.name_en), expected_fen=expected, found_fen=shared.total)


def _fen(yuan: Decimal | None) -> int | None:
    return None if yuan is None else fen_from_yuan(yuan)
