"""What the synthetic city's offices tell the public: a leaflet, a meeting, a newspaper, who is commended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.documents import queries as papers
from fenhu.web.documents import services as documents
from fenhu.web.playing.paper import a_leaflet
from fenhu.web.playing.people import People
from fenhu.web.works import services
from fenhu.web.works.models import FlatWork, Project

_COMMENDED = 6
_LEAFLET = (
    ("为什么要改造？", "单管串联的老系统，一根立管穿过整列住户，上层热、下层冷，谁也不能单独调节。"),
    (
        "改成什么样？",
        "楼梯间设供、回水共用立管，每户自成一个环路，有自己的锁闭阀、过滤器、温控阀和热量表位置。",
    ),
    (
        "我家要付多少？",
        "户内管道材料费由住户承担；公共管道由产权单位和供热单位承担，缴存维修资金的楼栋可申请使用。",
    ),
    ("要进我家几次？", "入户前一天由供热单位通知。请按时间表挪开暖气片前的物品，保护好地面和家具。"),
    ("我怎样表示同意？", "扫描入户通知上的二维码，阅读后在自家页面上作答；也可在社区工作人员上门时作答。"),
    ("找谁？", "开工前公布供热单位和施工单位负责人的姓名、电话；公众页面可按街道、小区查询。"),
)
_POSTER = (
    ("五月", "入户送达《分户控制供暖改造通知》，听取住户意见。"),
    ("六月", "签订合同，审定图纸。"),
    ("七月至九月", "施工，九月三十日前完工。"),
    ("十月", "验收合格后投入使用。"),
)


def inform_the_public(people: People, projects: Sequence[Project], day: date) -> None:
    """Publish a leaflet, a poster and a meeting at every building shown; keep a newspaper's number."""
    with clock.on(day):
        bureau = people.bureau()
        for kind, title, parts, points in (
            ("leaflet", "示范：分户供暖改造问答", _LEAFLET, 14),
            ("poster", "示范：改造一年日程", _POSTER, 22),
        ):  # fmt: skip
            material = services.file_material(
                bureau, kind=kind, title=title, file=a_leaflet(f"{kind}.pdf", title, parts, points)
            )
            services.publish(bureau, material)
        for project in projects:
            _meet(people, project)
        services.keep_media_contact(bureau, outlet="示范日报", name="示范记者", phone="0000-4000001")


def _meet(people: People, project: Project) -> None:
    supplier = people.of(Role.HEAT_SUPPLIER, project.building.supplier)
    meeting = services.record_activity(
        supplier, kind="meeting", title=f"示范：{project.building.name}改造住户会", place="示范社区活动室",
        buildings=[project.building.code], flats_reached=project.building.flat_count // 2,
    )  # fmt: skip
    services.publish(supplier, meeting)


def commend_the_willing(people: People, project: Project, day: date) -> None:
    """Commend the first households that were prepared in time, and issue the year's list."""
    ready = FlatWork.objects.filter(project=project, ready_on__isnull=False, passed_on__isnull=False)
    chosen = list(ready.order_by("pk").values_list("pk", flat=True)[:_COMMENDED])
    bureau = people.bureau()
    with clock.on(day):
        if services.commend(bureau, chosen):
            subject = documents.subject_for(bureau, papers.praises_of(bureau, day.year))
            documents.issue(bureau, kind="commendations", subject=subject)
