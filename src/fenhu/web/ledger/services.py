"""What people do with money: budgets, bills, payments, refunds, settlements, closing the books."""

from fenhu.web.ledger.banking import Taken, assign, give_back, take_in
from fenhu.web.ledger.billing import bill_now, settle, settle_by_file
from fenhu.web.ledger.funding import grant_fund, open_fund, record_votes
from fenhu.web.ledger.models import WAYS
from fenhu.web.ledger.opening import bring_in
from fenhu.web.ledger.paying import COLLECTED, receive, refund, release_grant, void
from fenhu.web.ledger.posting import lock_books, reverse
from fenhu.web.ledger.purses import let_lapse, set_budget
from fenhu.web.ledger.rewarding import draft_reward, rework_reward
from fenhu.web.ledger.verifying import BooksReport, verify

__all__ = [
    "COLLECTED", "WAYS", "BooksReport", "Taken", "assign", "bill_now", "bring_in", "draft_reward",
    "give_back", "grant_fund", "let_lapse", "lock_books", "open_fund", "receive", "record_votes",
    "refund", "release_grant", "reverse", "rework_reward", "set_budget", "settle", "settle_by_file",
    "take_in", "verify", "void",
]  # fmt: skip
