"""The columns of a bank's or a counter's statement; reader, template and manual follow them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fenhu.wording import Text, text
from fenhu.worksheets import Column, Sheet


class Way(StrEnum):
    """How a payment came."""

    BANK = "bank"
    COUNTER = "counter"
    CASH = "cash"
    ONLINE = "online"
    TRANSFER = "transfer"


WAY_NAMES: Mapping[Way, Text] = {
    Way.BANK: text("bank"),
    Way.COUNTER: text("counter"),
    Way.CASH: text("cash"),
    Way.ONLINE: text("online payment"),
    Way.TRANSFER: text("bank transfer"),
}
WAY_SPELLINGS: Mapping[str, Way] = {
    "银行": Way.BANK, "代收": Way.BANK, "银行代收": Way.BANK,
    "柜台": Way.COUNTER, "窗口": Way.COUNTER, "收费窗口": Way.COUNTER,
    "现金": Way.CASH,
    "网上": Way.ONLINE, "网上缴费": Way.ONLINE, "微信": Way.ONLINE, "支付宝": Way.ONLINE,
    "转账": Way.TRANSFER, "银行转账": Way.TRANSFER, "汇款": Way.TRANSFER,
    **{way.value: way for way in Way},
}  # fmt: skip
LONGEST_REFERENCE, LONGEST_NAME, LONGEST_REMARK = 80, 120, 300

STATEMENT = Sheet(
    "payments",
    "到账明细",
    (
        Column("date", "日期", required=True, note=text("the day the money came, such as 2010-05-03")),
        Column("amount_yuan", "金额", required=True, note=text("yuan; a returned payment is negative")),
        Column("payer_name", "付款人", note=text("as the bank writes it")),
        Column("remark", "摘要", note=text("contract number, or building and flat, such as A2 1单元101")),
        Column("reference", "流水号", required=True, note=text("the bank's own number, each once")),
        Column("way", "方式", note=text("bank, counter, cash, online or transfer; blank means bank")),
    ),
)
