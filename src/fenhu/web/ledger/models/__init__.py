"""The tables of the books, by what they are about."""

from fenhu.web.ledger.models.bills import BranchMains, ContractBill
from fenhu.web.ledger.models.books import Account, PeriodLock, Posting, Purse, Transfer
from fenhu.web.ledger.models.funds import FundApplication, FundVote
from fenhu.web.ledger.models.payments import WAYS, BankFile, BankLine, NumberSeries, Receipt
from fenhu.web.ledger.models.rewards import RewardItem, RewardProposal

__all__ = [
    "WAYS",
    "Account",
    "BankFile",
    "BankLine",
    "BranchMains",
    "ContractBill",
    "FundApplication",
    "FundVote",
    "NumberSeries",
    "PeriodLock",
    "Posting",
    "Purse",
    "Receipt",
    "RewardItem",
    "RewardProposal",
    "Transfer",
]
