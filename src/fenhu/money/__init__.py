"""Who pays what: a bill of quantities and a policy's rules in, every fen with its payer out.

In: bill lines, the policy, and what is known of the building (owner, flats, repair fund). Out: shares that
sum to each line exactly, the same for every order of the lines. Amounts are integer fen; fractions live only
between two roundings, and the one rounding is ``split_fen``.
"""

from fenhu.money.advances import advances
from fenhu.money.answer import shares_json
from fenhu.money.bill import BillReading, read_bill
from fenhu.money.by_flat import user_shares_by_flat
from fenhu.money.cases import CaseResult, run_cases
from fenhu.money.facts import SharingFacts, facts_of_bill, flats_or_average, sharing_facts
from fenhu.money.fen import split_fen
from fenhu.money.kept import bill_from, line_json
from fenhu.money.measured import measured_bill
from fenhu.money.reward import Reward, reward
from fenhu.money.sharing import share_bill

__all__ = [
    "BillReading", "CaseResult", "Reward", "SharingFacts", "advances", "bill_from", "facts_of_bill",
    "flats_or_average", "line_json", "measured_bill", "read_bill", "reward", "run_cases", "share_bill",
    "shares_json", "sharing_facts", "split_fen", "user_shares_by_flat",
]  # fmt: skip
