"""Reading the books: every page's content as frozen values."""

from fenhu.web.ledger.queries.arrears import Arrears, ArrearsPage, arrears_page, districts_of_money
from fenhu.web.ledger.queries.banking import BankDesk, BankFileRow, WaitingPayment, bank_desk, bank_line_for
from fenhu.web.ledger.queries.buildings import (
    BuildingMoney,
    FlatMoney,
    bill_for,
    bill_of,
    building_money,
    contract_bill,
    contracted_lines,
    contracted_quantities,
    flat_of,
    project_for_money,
)
from fenhu.web.ledger.queries.bulletins import money_news
from fenhu.web.ledger.queries.collected import Collected, CollectedRow, collected
from fenhu.web.ledger.queries.desk import MoneyDesk, PayerRow, money_desk
from fenhu.web.ledger.queries.finding import find_receipts
from fenhu.web.ledger.queries.funds import FundFlat, FundView, fund_for, fund_view
from fenhu.web.ledger.queries.homes import HomeMoney, HomePayment, home_money
from fenhu.web.ledger.queries.purses import (
    PurseMove,
    PurseRow,
    PurseView,
    purse_for_office,
    purse_view,
    visible_purses,
)
from fenhu.web.ledger.queries.rewards import (
    PublishedPayment,
    RewardItemRow,
    RewardRow,
    RewardView,
    levels_of,
    published_payments,
    published_reward,
    published_rewards,
    reward_for,
    reward_rows,
    reward_view,
    unpaid_rewards,
)
from fenhu.web.ledger.queries.statements import (
    ReceiptView,
    Statement,
    StatementRow,
    account_for,
    home_receipt,
    receipt_for,
    receipt_view,
    statement,
    statement_rows,
)

__all__ = [
    "Arrears", "ArrearsPage", "BankDesk", "BankFileRow", "BuildingMoney", "Collected", "CollectedRow",
    "FlatMoney", "FundFlat", "FundView", "HomeMoney", "HomePayment", "MoneyDesk", "PayerRow",
    "PublishedPayment", "PurseMove", "PurseRow", "PurseView", "ReceiptView", "RewardItemRow",
    "RewardRow", "RewardView", "Statement", "StatementRow", "WaitingPayment", "account_for",
    "arrears_page", "bank_desk", "bank_line_for", "bill_for", "bill_of", "building_money", "collected",
    "contract_bill", "contracted_lines", "contracted_quantities", "districts_of_money", "find_receipts",
    "flat_of", "fund_for", "fund_view", "home_money", "home_receipt", "levels_of", "money_desk", "money_news",
    "project_for_money", "published_payments", "published_reward", "published_rewards",
    "purse_for_office", "purse_view", "receipt_for", "receipt_view", "reward_for", "reward_rows",
    "reward_view", "statement", "statement_rows", "unpaid_rewards", "visible_purses",
]  # fmt: skip
