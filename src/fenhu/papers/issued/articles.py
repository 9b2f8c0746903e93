"""The words of the contract, article by article: what a flat reads and signs is what the paper prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from fenhu.drawing import yuan
from fenhu.papers.capitals import capital_yuan
from fenhu.papers.issued.parts import Basis, CostLine, CostRule
from fenhu.papers.issued.plain import quantity_said, said

if TYPE_CHECKING:
    from fenhu.papers.issued.contracts import Contract

STAR = "＊"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_GAP = "　"


class _Assumable(Protocol):
    """A row whose figure may be assumed, and why."""

    @property
    def assumed(self) -> bool: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table as words; ``numeric`` are the columns of figures, ``total`` whether the last row sums up."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or a table of an article; a ``note`` is printed smaller."""

    words: str = ""
    rows: Rows | None = None
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article; the one before the first bears no title."""

    title: str
    blocks: tuple[Block, ...]


def letter_by_letter(title: str, articles: Sequence[Article]) -> str:
    """Return a text as one string, a line a paragraph or a table's row."""
    lines = [title]
    for article in articles:
        lines += [article.title] if article.title else []
        for block in article.blocks:
            lines += [block.words] if block.rows is None else _lines(block.rows)
    return "\n".join(lines)


def digest_of(words: str) -> str:
    """Return what binds a signature to a text: its SHA-256."""
    return sha256(words.encode()).hexdigest()


def articles_from(kept: Sequence[Mapping[str, Any]]) -> tuple[Article, ...]:
    """Return articles from what ``dataclasses.asdict`` made of them."""
    return tuple(
        Article(title=one["title"], blocks=tuple(_block(block) for block in one["blocks"])) for one in kept
    )


def articles_of(contract: Contract) -> tuple[Article, ...]:
    """Return the articles of a contract by its values; nothing is left to be filled in afterwards."""
    return (
        Article(title="", blocks=(Block(words=_parties(contract)),)),
        Article(title="第一条　改造内容", blocks=_scope(contract)),
        Article(title="第二条　价款", blocks=_price(contract)),
        Article(title="第三条　付款和结算", blocks=_payment(contract)),
        Article(title="第四条　工期", blocks=(Block(words=_days(contract)),)),
        _plain("第五条　双方配合", _HELP),
        Article(title="第六条　材料", blocks=_materials(contract)),
        _plain("第七条　试压和验收", _ACCEPTANCE),
        Article(title="第八条　保修和产权分界", blocks=_warranty(contract)),
        Article(title="第九条　违约责任", blocks=_breach(contract)),
        _plain("第十条　个人信息", _PRIVACY),
        _plain("第十一条　争议解决", _dispute(contract)),
        *_notes(contract),
        _plain("第十二条　其他", _ENDING),
    )


_HELP = (
    "（一）甲方提前告知进户时间，进户人员佩戴证件。（二）乙方按约定时间留人、移开施工部位的家具物品。"
    "（三）甲方对家具、地面和装修采取遮盖保护；因施工损坏的，由甲方修复或者赔偿；穿墙穿楼板的孔洞由甲方封堵抹平。"
    "（四）改造前后，乙方不得自行改动管道、放水或者加装阀门。"
)
_ACCEPTANCE = (
    "户内试压时通知乙方到场见证。工程由有关部门组织验收，验收合格后交付使用；"
    "验收不合格的，甲方负责整改，费用由甲方承担。"
)
_PRIVACY = (
    "甲方只为改造、收费、供热服务和验收使用乙方的姓名、电话和房屋资料，不得向他人提供；法律另有规定的除外。"
)
_ENDING = (
    "本合同自双方签字或者盖章之日起生效；乙方在本户专页上签字的，自甲方编号之日起生效，乙方可在专页查阅和下载。"
    "书面签订的一式两份，双方各执一份。未尽事宜双方另行书面约定。"
)


def _plain(title: str, words: str) -> Article:
    return Article(title=title, blocks=(Block(words=words),))


def _parties(contract: Contract) -> str:
    home = f"{contract.building}{contract.flat}室"
    return (
        f"甲方（供热单位）：{contract.supplier}。乙方（用热户）：{contract.owner_name or '本户户主'}。"
        f"根据{_basis(contract.basis)}和有关法律规定，甲乙双方就乙方房屋（{home}）的分户供暖改造自愿订立本合同。"
    )


def _basis(rows: Sequence[Basis]) -> str:
    named = (f"{one.name}{f'（{one.number}）' if one.number else ''}{one.clause}" for one in rows)
    return "、".join(named) or "有关规定"


def _scope(contract: Contract) -> tuple[Block, ...]:
    form = f"为{contract.form_after}，" if contract.form_after else ""
    listed = "暂列如下，" if contract.works else ""
    words = (
        f"乙方房屋供热面积{said(contract.area_m2)}平方米。改造后{form}乙方单独成环，可以单独关断、单独调节，"
        f"并预留热计量表位置。户内工程量{listed}以实际完成并经双方签认的数量为准。"
    )
    rows = tuple((one.what, _quantity(one.quantity), one.unit, one.note) for one in contract.works)
    return (Block(words=words), *_table(("内容", "数量", "单位", "说明"), rows, numeric=(1,)))


def _price(contract: Contract) -> tuple[Block, ...]:
    total, capital = yuan(contract.total_fen), capital_yuan(contract.total_fen)
    rows = tuple(
        (one.item, _quantity(one.quantity), one.unit, yuan(one.amount_fen) + _star(one, contract.costs),
         one.clause)
        for one in contract.costs
    )  # fmt: skip
    summed = (*rows, (f"合计（大写：{capital}）", "", "", total, "")) if rows else ()
    heads = ("项目", "数量", "单位", "金额（元）", "依据条款")
    return (
        Block(words=f"乙方承担的价款共{total}元（大写：{capital}）；表外费用乙方不承担。"),
        *_table(heads, summed, numeric=(1, 3), total=True),
        *_reasons(contract.costs),
        *_who_pays(contract.cost_rules),
    )


def _who_pays(rules: Sequence[CostRule]) -> tuple[Block, ...]:
    rows = tuple((one.item, one.payer + _star(one, rules), one.said, one.clause) for one in rules)
    table = _table(("费用项目", "承担方", "如何承担", "依据条款"), rows)
    return (Block(words="各项费用由谁承担："), *table, *_reasons(rules)) if rows else ()


def _payment(contract: Contract) -> tuple[Block, ...]:
    rows = tuple((one.when, said(one.due), yuan(one.amount_fen)) for one in contract.instalments)
    settled = "甲方收款应当开具收据。竣工后按双方签认的实际数量和本合同的价格结算，多退少补。"
    if not rows:
        return (Block(words=f"乙方签订本合同时付清价款。{settled}"),)
    return (*_table(("付款时间", "期限", "金额（元）"), rows, numeric=(2,)), Block(words=settled))


def _days(contract: Contract) -> str:
    built = f"施工单位为{contract.contractor}。" if contract.contractor else ""
    when = _span(contract.begins, contract.ends)
    return f"乙方房屋的{when}。甲方需要改期的，应提前告知乙方。{built}"


def _span(begins: date | None, ends: date | None) -> str:
    if begins is None:
        return f"工程于{said(ends)}前完成" if ends else "施工时间由甲方提前告知"
    if ends is None or begins == ends:
        return f"施工时间为{said(begins)}{'' if ends else '起'}"
    last = said(ends)
    return f"施工时间为{said(begins)}至{last.partition('年')[2] if begins.year == ends.year else last}"


def _materials(contract: Contract) -> tuple[Block, ...]:
    rows = tuple((one.name, one.specification, one.certificate) for one in contract.materials)
    words = Block(words="材料应有合格证并经双方验看。")
    return (words, *_table(("材料", "规格或品牌", "合格证"), rows))


def _warranty(contract: Contract) -> tuple[Block, ...]:
    lasts, reason = contract.warranty_seasons, contract.warranty_reason
    period = "按国家有关规定执行" if lasts is None else f"为{lasts}个采暖期{STAR if reason else ''}"
    words = (
        f"保修期{period}，自验收合格并首次供暖之日起算。以入户锁闭阀为界：锁闭阀及其以外由甲方维护，"
        "以内归乙方所有，保修期满后由乙方维护。"
    )
    return (Block(words=words), *((Block(words=f"{STAR}暂定：{reason}。", note=True),) if reason else ()))


def _breach(contract: Contract) -> tuple[Block, ...]:
    words = (
        "（一）甲方逾期完工的，依法承担违约责任；影响供暖的，按供热规定退费。"
        "（二）施工或者材料原因造成漏水的，由甲方赔偿损失。（三）乙方逾期付款的，依法承担违约责任。"
    )
    rows = tuple((one.case, one.liable, one.clause) for one in contract.consequences)
    return (Block(words=words), *_table(("情形", "责任方", "依据条款"), rows))


def _dispute(contract: Contract) -> str:
    phone = f"（电话{contract.complaint_phone}）" if contract.complaint_phone else ""
    office = f"，也可以向{contract.complaint_office}投诉{phone}" if contract.complaint_office else ""
    return f"双方发生争议应先协商{office}；协商不成的，向房屋所在地人民法院起诉。"


def _notes(contract: Contract) -> tuple[Article, ...]:
    noted = "；".join(contract.assumptions)
    return (Article(title="", blocks=(Block(words=f"说明：{noted}。", note=True),)),) if noted else ()


def _table(
    heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, numeric: tuple[int, ...] = (),
    total: bool = False,
) -> tuple[Block, ...]:  # fmt: skip
    """Return a table without the columns nothing stands in; nothing where there are no rows."""
    shown = [n for n in range(len(heads)) if any(row[n] for row in rows)]
    if not shown:
        return ()
    return (Block(rows=Rows(
        heads=tuple(heads[n] for n in shown), rows=tuple(tuple(row[n] for n in shown) for row in rows),
        numeric=tuple(n in numeric for n in shown), total=total,
    )),)  # fmt: skip


def _star(row: _Assumable, rows: Sequence[_Assumable]) -> str:
    """Return the star of an assumed figure, numbered where the rows have several reasons."""
    reasons = _reasons_of(rows)
    if not row.assumed:
        return ""
    return STAR + (_CIRCLED[reasons.index(row.reason)] if len(reasons) > 1 and row.reason else "")


def _reasons(rows: Sequence[CostLine | CostRule]) -> tuple[Block, ...]:
    reasons = _reasons_of(rows)
    marks = _CIRCLED if len(reasons) > 1 else ("",) * len(reasons)
    return tuple(
        Block(words=f"{STAR}{mark}暂定：{reason}。", note=True)
        for mark, reason in zip(marks, reasons, strict=False)
    )


def _reasons_of(rows: Sequence[_Assumable]) -> list[str]:
    return list(dict.fromkeys(row.reason for row in rows if row.assumed and row.reason))[: len(_CIRCLED)]


def _quantity(value: Any) -> str:
    return "" if value is None else quantity_said(value)


def _lines(rows: Rows) -> list[str]:
    return [_GAP.join(cell for cell in row if cell) for row in (rows.heads, *rows.rows)]


def _block(kept: Mapping[str, Any]) -> Block:
    rows = kept["rows"]
    return Block(words=kept["words"], note=kept["note"], rows=None if rows is None else Rows(
        heads=tuple(rows["heads"]), rows=tuple(map(tuple, rows["rows"])), numeric=tuple(rows["numeric"]),
        total=rows["total"],
    ))  # fmt: skip
