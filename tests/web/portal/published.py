"""A year of A2 that is over, everything publishable of it published, with secrets planted beside it."""

from datetime import date

from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from tests.web.cast import a_study
from tests.web.works import steps

from fenhu.papers.bulletin_values import Period
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.models import User
from fenhu.web.ledger.models import RewardItem, RewardProposal
from fenhu.web.registry.models import Flat
from fenhu.web.ui.bulletin_page import bulletin_of, pages_told
from fenhu.web.works import services
from fenhu.web.works.models import (
    Activity,
    CampaignMaterial,
    FlatWork,
    MeasuredValue,
    Praise,
    Project,
    Representative,
)

ON = date(2011, 6, 1)
SECRETS = (
    "欧阳密", "13377770001", "90771", "90772", "司马密", "13377770002", "赵工", "13800000000", "密语",
    "验收员密", "记者密", "经办员密",
)  # fmt: skip


def a_published_year(cast):
    """Take A2 from the approved plan to use, the reward paid, a household commended; then plant secrets."""
    a_study()
    with clock.on(ON):
        project = steps.finished(cast, steps.a_project(cast))
        held = steps.a_round(cast, project)
        steps.fired(cast[Role.CITY_BUREAU], held, "pass")
        steps.fired(cast[Role.CITY_BUREAU], project, "accept")
        steps.fired(cast[Role.HEAT_SUPPLIER], project, "use")
        a_published_reward(project, held)
        a_published_campaign(cast)
        flat = Flat.objects.filter(building__code="A2").first()
        Praise.objects.create(
            flat=flat, code="cooperated_on_time", on_date=ON, given_by=cast[Role.CITY_BUREAU]
        )
        a_published_bulletin(cast)
    plant(cast)
    return Project.objects.get(pk=project.pk)


def a_published_reward(project, held, state="published"):
    proposal = RewardProposal.objects.create(
        level="city", state=state, drafted_on=ON, paid_on=ON, published_on=ON, policy="fuxin-2010",
        policy_digest="0" * 64,
    )  # fmt: skip
    RewardItem.objects.create(
        proposal=proposal, building=project.building, project=project, round=held, flats=2, area_m2=180,
        accepted_on=ON, base_fen=540_00, factor=1, deducted_fen=0, entitled_fen=540_00, paid_fen=0,
        payment_fen=540_00, steps=[],
    )  # fmt: skip
    return proposal


def a_published_campaign(cast):
    supplier = cast[Role.HEAT_SUPPLIER]
    leaflet = services.file_material(
        supplier, kind="leaflet", title="改造问答", file=steps.a_file("问答.pdf")
    )
    meeting = services.record_activity(
        supplier, kind="meeting", title="居民会", place="社区", buildings=("A2",), note="密语"
    )
    for one in (leaflet, meeting):
        services.publish(supplier, one)


def a_published_bulletin(cast):
    bureau, period = cast[Role.CITY_BUREAU], Period(2011, 5)
    made = bulletin_of(bureau, period)
    services.publish_bulletin(
        bureau, period=period, as_of=made.as_of, pages=pages_told(made), paper=b"%PDF-1.7"
    )


def plant(cast):
    """Put names, telephones and room numbers wherever the database keeps any."""
    for number, flat in enumerate(Flat.objects.order_by("pk"), start=1):
        Flat.objects.filter(pk=flat.pk).update(
            owner_name="欧阳密", phone="13377770001", room=f"9077{1 + number % 2}", measured_c=13.37
        )
    building = Flat.objects.filter(building__code="A2").first().building
    Representative.objects.create(
        building=building, unit=1, name="司马密", phone="13377770002", elected_on=ON, votes=2, voters=2
    )
    User.objects.update(display_name="经办员密")
    MeasuredValue.objects.update(remark="验收员密")
    FlatWork.objects.update(room_c=13.37)
    services.keep_media_contact(cast[Role.CITY_BUREAU], outlet="阜新日报", name="记者密", phone="13377770009")
    Activity.objects.create(
        kind="meeting", title="密语会", on_date=ON, recorded_by=cast[Role.HEAT_SUPPLIER]
    )  # not published
    CampaignMaterial.objects.create(
        title="密语册", kind="leaflet", file=ContentFile(b"x", name="x.pdf"), media_type="application/pdf",
        size_bytes=1, digest="0" * 64, on_date=ON, filed_by=cast[Role.HEAT_SUPPLIER],
    )  # fmt: skip


def crawl(client, language="zh"):
    """Return every answer reached from the first page by links, pictures and the search, by address."""
    waiting, seen = ["/", "/public/search/?q=和平路A2", "/public/search/?q=没有这条街"], {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address, headers={"accept-language": language})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen[address] = (answer, body)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            waiting += [found for found in links(body) if ours(found)]
    return seen


def links(body):
    page = BeautifulSoup(body, "lxml")
    hrefs = [one["href"].partition("#")[0] for one in page.select("a[href]")]
    return [*filter(None, hrefs), *(one["src"] for one in page.select("img[src]"))]


def ours(address):
    return address.startswith(("/public/", "/rewards/")) and not address.startswith("/public/language/")
