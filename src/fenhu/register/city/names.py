"""Invented names; every organisation carries 示范 (demonstration) so that nobody takes it for a real one."""

from __future__ import annotations

from fenhu.records import OwnerKind

DISTRICTS: tuple[tuple[str, str, float, float, float], ...] = (
    # name, code prefix, share of the stock, latitude and longitude of its synthetic middle
    ("海州", "HZ", 0.30, 42.012, 121.652),
    ("太平", "TP", 0.20, 41.994, 121.690),
    ("新邱", "XQ", 0.14, 42.084, 121.786),
    ("细河", "XH", 0.24, 42.041, 121.668),
    ("清河门", "QH", 0.12, 41.752, 121.420),
)

LUCKY_FIRST = "安和康宁福瑞祥泰春晖晨曦明德嘉益"
LUCKY_SECOND = "居苑园庭馨悦顺兴盛达华茂景源润泽"
SUPPLIER_WORDS = (
    "安暖", "恒煦", "和暖", "春阳", "暖万家", "旭暖", "惠温", "晴川", "宜温", "明煦",
    "瑞暖", "康阳", "民暖", "兴煦", "永温", "同暖", "泰煦", "佳温", "融雪", "迎春",
    "长暖", "润煦", "福温", "嘉暖", "盛阳", "广煦", "新暖", "益温", "众煦", "裕暖",
)  # fmt: skip
STREET_WORDS = (
    "和顺",
    "平安",
    "迎宾",
    "矿山",
    "振兴",
    "光明",
    "建设",
    "文化",
    "友谊",
    "工农",
    "红旗",
    "八一",
)
OWNER_WORDS: dict[OwnerKind, tuple[str, ...]] = {
    OwnerKind.CENTRAL: ("矿山机械总厂", "铁路工务段", "发电总厂", "地质勘探队", "银行支行"),
    OwnerKind.PROVINCIAL: ("工程技术学院", "监测总站", "公路工程处", "农垦总场"),
    OwnerKind.MUNICIPAL: (
        "橡胶厂",
        "纺织厂",
        "第二建筑公司",
        "公交公司",
        "玻璃厂",
        "轴承厂",
        "第三医院",
        "印刷厂",
    ),
    OwnerKind.DEVELOPER: ("房地产开发一公司", "房地产开发二公司", "置业公司"),
    OwnerKind.DISTRICT: ("房产管理所", "街道企业总公司"),
}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
PIPE_MATERIALS = ("焊接钢管", "镀锌钢管", "PP-R管")


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese, as streets and stations are numbered."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"
