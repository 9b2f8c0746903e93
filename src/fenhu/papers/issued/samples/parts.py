"""What several samples are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.parts import Basis, Consequence, Contact, CostLine, CostRule, Material, Work

SAMPLE_HEADING = Heading(
    office="示例市第一供热公司", number="示供发〔2011〕1号", date=date(2011, 4, 30),
    verify_url="https://example.invalid/verify/SAMPLE", copies_to=("示例市住房和城乡建设局",),
)  # fmt: skip
"""Who issues the samples."""

BUREAU, BUREAU_PHONE = "示例市住房和城乡建设局", "0000-0000000"
SUPPLIER, CONTRACTOR = "示例市第一供热公司", "示例安装工程公司"
BUILDING, ADDRESS = "示例小区1号楼", "示例区示例路1号"
FORM_BEFORE, FORM_AFTER = "垂直单管顺流", "分户式垂直双管"
BASIS = (Basis(name="《示例市分户供暖改造实施方案》", number="示政办发〔2010〕0号", clause="三（一）"),)
CONTACTS = (
    Contact(role="供热单位负责人", name="示例甲", phone="0000-0000001", office=SUPPLIER),
    Contact(role="施工单位负责人", name="示例乙", phone="0000-0000002", office=CONTRACTOR),
)
COST_RULES = (
    CostRule(item="室内管材等材料费", payer="用热户", said="按合同所附清单", clause="二（五）"),
    CostRule(
        item="楼内公共管网材料费和人工费", payer="原产权单位、供热单位", said="各承担一半",
        clause="二（五）", assumed=True, reason="文件未写比例，示例暂按各半",
    ),
)  # fmt: skip
COSTS = (
    CostLine(
        item="管材和管件", amount_fen=650_30, payer="用热户", quantity=Decimal("38.5"), unit="米",
        clause="二（五）",
    ),
    CostLine(
        item="温控阀", amount_fen=430_20, payer="用热户", quantity=Decimal(5), unit="只", clause="二（五）",
        assumed=True, reason="示例价，需按当地造价信息替换",
    ),
)  # fmt: skip
WORKS = (
    Work(what="户内供回水管 PP-R dn25", quantity=Decimal("38.5"), unit="米", note="沿踢脚明装"),
    Work(what="散热器温控阀", quantity=Decimal(5), unit="只"),
    Work(what="入户锁闭阀", quantity=Decimal(1), unit="只", note="装在楼道管井"),
)
MATERIALS = (
    Material(
        name="PP-R 管", specification="示例牌 S3.2 dn25×3.5", quantity=Decimal("1850"), unit="米",
        certificate="示例-001",
    ),
    Material(
        name="温控阀", specification="示例牌 DN20 高阻型", quantity=Decimal(240), unit="只",
        certificate="示例-002",
    ),
)  # fmt: skip
LIABLE = (Consequence(case="具备改造条件而不配合，造成用热困难", liable="住户", clause="四（一）"),)
