"""Made-up values of every kind of paper, all named 示例, to see a template by before anything real exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from fenhu.errors import UnknownItem
from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.notices import BuildingNotice, FlatNotice
from fenhu.papers.issued.parts import Basis, Consequence, Contact, CostLine, CostRule, Stage, Work
from fenhu.wording import text

SAMPLE_HEADING = Heading(
    office="示例市第一供热公司", number="示供发〔2011〕1号", date=date(2011, 4, 30),
    verify_url="https://example.invalid/verify/SAMPLE", copies_to=("示例市住房和城乡建设局",),
)  # fmt: skip
"""Who issues the samples."""

_BASIS = (Basis(name="《示例市分户供暖改造实施方案》", number="示政办发〔2010〕0号", clause="三（一）"),)
_CONTACTS = (
    Contact(role="供热单位负责人", name="示例甲", phone="0000-0000001", office="示例市第一供热公司"),
    Contact(role="施工单位负责人", name="示例乙", phone="0000-0000002", office="示例安装工程公司"),
)
_REASON = "文件未写比例，示例暂按各半"


def sample(kind: str) -> object:
    """Return sample values of a kind of paper.

    Raises
    ------
    UnknownItem
        If there is no such kind.
    """
    made = _SAMPLES.get(kind)
    if made is None:
        raise UnknownItem(
            text("There is no paper {kind}; there are: {kinds}", kind=kind, kinds=", ".join(_SAMPLES))
        )
    return made()


def _building_notice() -> BuildingNotice:
    return BuildingNotice(
        building="示例小区1号楼", year=2011, flats=48, area_m2=Decimal("4320.50"), address="示例区示例路1号",
        units=4, form_before="垂直单管顺流", form_after="分户式垂直双管",
        lowest_before_c=Decimal("13.2"), lowest_after_c=Decimal("19.4"), basis=_BASIS,
        cost_rules=(
            CostRule(item="室内管材等材料费", payer="用热户", said="按合同所附清单", clause="二（五）"),
            CostRule(
                item="楼内公共管网材料费和人工费", payer="原产权单位、供热单位", said="各承担一半",
                clause="二（五）", assumed=True, reason=_REASON,
            ),
        ),
        begins=date(2011, 6, 1), ends=date(2011, 6, 25),
        stages=(
            Stage(what="1、2单元", begins=date(2011, 6, 1), ends=date(2011, 6, 12)),
            Stage(what="3、4单元", begins=date(2011, 6, 13), ends=date(2011, 6, 25)),
        ),
        scheme_place="示例社区服务站", consent_place="示例社区服务站", consent_by=date(2011, 5, 15),
        payment_place="示例供热公司收费厅", payment_by=date(2011, 5, 30),
        consequences=(
            Consequence(case="具备改造条件而不配合，造成用热困难", liable="住户", clause="四（一）"),
        ),
        contacts=_CONTACTS, complaint_office="示例市住房和城乡建设局", complaint_phone="0000-0000000",
        helpers=("示例社区", "示例物业公司"), building_url="https://example.invalid/buildings/SAMPLE",
    )  # fmt: skip


def _flat_notice() -> FlatNotice:
    return FlatNotice(
        whole=_building_notice(), flat="1-302", owner_name="示例住户", area_m2=Decimal("90.25"),
        page_url="https://example.invalid/flat/SAMPLE",
        works=(
            Work(what="户内供回水管 PP-R dn25", quantity=Decimal("38.5"), unit="米", note="沿踢脚明装"),
            Work(what="散热器温控阀", quantity=Decimal(5), unit="只"),
            Work(what="入户锁闭阀", quantity=Decimal(1), unit="只", note="装在楼道管井"),
        ),
        costs=(
            CostLine(
                item="管材和管件", amount_fen=650_30, quantity=Decimal("38.5"), unit="米", clause="二（五）"
            ),
            CostLine(
                item="温控阀", amount_fen=430_20, quantity=Decimal(5), unit="只", clause="二（五）",
                assumed=True, reason="示例价，需按当地造价信息替换",
            ),
        ),
        begins=date(2011, 6, 2), ends=date(2011, 6, 2), before_c=Decimal("14.1"), after_c=Decimal("20.3"),
    )  # fmt: skip


_SAMPLES: Mapping[str, Callable[[], object]] = MappingProxyType(
    {"building_notice": _building_notice, "flat_notice": _flat_notice}
)
