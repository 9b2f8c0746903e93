"""Walking through every page as everybody: the addresses, the people, and what the table says they get."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from tests.web.cast import GUANGMING, HONGYUAN, a_plan, a_study
from tests.web.planned import with_a_plan

from fenhu.money.accounts import TransferKind
from fenhu.papers.bulletin_values import Period
from fenhu.programme import Role
from fenhu.records import Payer, Source
from fenhu.web.access.services import renew_calendar
from fenhu.web.api import urls as api_urls
from fenhu.web.api.models import Delivery, Webhook
from fenhu.web.api.rights import rights_of
from fenhu.web.api.services import make_token
from fenhu.web.documents.services import issue
from fenhu.web.door.models import SignIn
from fenhu.web.door.views import officers
from fenhu.web.exchange.models import Upload
from fenhu.web.household.models import CasePhoto, Declaration
from fenhu.web.household.services import link_for
from fenhu.web.household.views import desk
from fenhu.web.jobs.models import Job
from fenhu.web.ledger.keys import bank, owed, unmatched, works
from fenhu.web.ledger.models import BankFile, BankLine, FundApplication, Purse, RewardProposal
from fenhu.web.ledger.paying import pay
from fenhu.web.ledger.posting import Entry, post
from fenhu.web.metering.models import SeasonBill
from fenhu.web.prices.models import PriceVersion
from fenhu.web.registry.models import Building, Flat
from fenhu.web.registry.services import organisations, set_budget
from fenhu.web.ui.bulletin_page import bulletin_of, pages_told
from fenhu.web.ui.views import (
    acceptances,
    campaign,
    cases,
    designs,
    metering,
    money,
    scenarios,
    sites,
    warranties,
)
from fenhu.web.ui.views.projects import VERBS
from fenhu.web.works.models import (
    AnnualPlan,
    CampaignMaterial,
    Case,
    ContractorFile,
    FlatWork,
    Paper,
    Project,
)
from fenhu.web.works.services import ask_replan, create_scenario, make_design, publish_bulletin

BACKEND = "django.contrib.auth.backends.ModelBackend"
NO_ROLE, PUBLIC = "no_role", "public"
# What can be recorded on the pages below a project.
BELOW = {*sites.VERBS, *acceptances.VERBS, *warranties.VERBS}
# Addresses that a system calls with its owner's token, where people have their session.
OPERATIONS = {one.name for one in api_urls.OPERATIONS}
READERS = (*(role.value for role in Role), NO_ROLE, PUBLIC)


@dataclass(frozen=True)
class Row:
    """One address of the table: how it is asked for, with which object, and what each reader gets."""

    name: str
    method: str
    what: str
    answers: dict[str, str]

    def __str__(self):
        return " ".join(part for part in (self.method, self.name, self.what) if part != "-")


def rows_of(table):
    head, *lines = (line.split() for line in table.strip().splitlines())
    assert len(head) == 3 + len(READERS)
    return [Row(*line[:3], dict(zip(READERS, line[3:], strict=True))) for line in lines]


def every_name():
    """Return the name of every address the product answers to."""

    def patterns(branch):
        for pattern in branch.url_patterns:
            yield from [pattern] if isinstance(pattern, URLPattern) else patterns(pattern)

    return [pattern.name for pattern in patterns(get_resolver())]


class City:
    """The cast with something at every address: two suppliers' plans, uploads and jobs."""

    def __init__(self, cast):
        self.people = {role.value: cast[role] for role in Role} | {NO_ROLE: cast.outsider, PUBLIC: None}
        with_a_plan(a_study())
        for number, flat in enumerate(Flat.objects.order_by("pk"), start=1):
            Flat.objects.filter(pk=flat.pk).update(owner_name=f"张三{number}", phone=f"0001234{number:04d}")
        foreign = a_plan(GUANGMING, codes=("B1",))
        AnnualPlan.objects.filter(pk=foreign.pk).update(state="filed", version=2)
        own, others = cast[Role.HEAT_SUPPLIER], cast.other_supplier
        for code in ("A2", "B1"):
            a_listed_project(code)
        built(Project.objects.get(building__code="A1"))
        self.objects = {
            "-": {},
            **{code: {"code": code} for code in ("A1", "A2", "B1")},
            **{f"{code}-{verb}": {"code": code, "verb": verb} for code in ("A2", "B1") for verb in VERBS},
            **{f"{code}-{verb}": {"code": code, "verb": verb} for code in ("A1", "B1") for verb in BELOW},
            **{f"{code}-{verb}": {"code": code, "verb": verb} for code in ("A2", "B1")
               for verb in (*designs.VERBS, "enter")},
            **{f"{whose}-purse": {"purse_id": a_purse(name)}
               for whose, name in (("own", HONGYUAN), ("others", GUANGMING))},
            **{f"{whose}-budget": {"purse_id": a_purse(name), "verb": "budget"}
               for whose, name in (("own", HONGYUAN), ("others", GUANGMING))},
            **{f"{code}-sheet": {"account_id": a_payment(code).account_id, "kind": kind}
               for code, kind in (("A1", "xlsx"), ("B1", "pdf"))},
            **{f"{code}-fund-{verb}": {"code": a_fund(code), "verb": verb}
               for code in ("A1", "B1") for verb in ("votes", "grant", "step")},
            "A2-open": {"code": "A2", "verb": "open"},
            "own-allocation": {"reward_id": a_reward("city", "", "paid"), "kind": "xlsx"},
            "others-allocation": {"reward_id": a_reward("district", "太平", "paid"), "kind": "pdf"},
            **{f"{whose}-{verb}": {"line_id": a_bank_line(who).pk, "verb": verb}
               for whose, who in (("own", own), ("others", others)) for verb in ("assign", "return")},
            "own-reward": {"reward_id": a_reward("city", "")},
            "others-reward": {"reward_id": a_reward("district", "太平")},
            "public-reward": {"reward_id": a_reward("city", "", state="published")},
            **{f"{code}-account": {"account_id": a_payment(code).account_id} for code in ("A1", "B1")},
            **{f"{code}-receipt": {"number": a_payment(code).number} for code in ("A1", "B1")},
            **{f"{code}-{verb}": {"code": code, "verb": verb}
               for code in ("A1", "B1") for verb in money.VERBS},
            **{f"{code}-{verb}": {"code": code, "verb": verb}
               for code in ("A1", "B1") for verb in metering.VERBS},
            "as-sheet": {"kind": "xlsx"}, "as-pdf": {"kind": "pdf"},
            "known-prices": {"number": a_price_version(cast[Role.CITY_BUREAU])}, "no-prices": {"number": 2},
            **{f"{code}-heat-bill": {"bill_id": a_heat_bill(code, own)} for code in ("A1", "B1")},
            "own-design": a_design("A2", own), "others-design": a_design("B1", others),
            "own-paper": {"paper_id": a_paper("A1", own)},
            "others-paper": {"paper_id": a_paper("B1", others)},
            "own-case": {"case_id": a_case(cast.flat)}, "others-case": {"case_id": Case.objects.first().pk},
            **{f"{whose}-{verb}": {"case_id": case, "verb": verb} for verb in cases.VERBS
               for whose, case in (("own", Case.objects.last().pk), ("others", Case.objects.first().pk))},
            **{f"{name}-contractor": {"code": a_contractor(name)} for name in ("建安公司", "外地公司")},
            **{f"campaign-{verb}": {"verb": verb} for verb in campaign.VERBS},
            "material": {"material_id": a_material(own)}, "no-material": {"material_id": 0},
            "public-material": {"material_id": a_material(own, published_on=date(2010, 6, 1))},
            "public-bulletin": {"bulletin_id": a_bulletin(cast[Role.CITY_BUREAU])},
            "no-bulletin": {"bulletin_id": 0},
            "data": {"name": "buildings.csv"}, "no-data": {"name": "flats.csv"},
            "no-building": {"code": "nowhere"},
            **issued_papers(own, others),
            **{f"{code}-print": {"kind": "flat_notice", "code": code} for code in ("A2", "B1")},
            "a-template": {"name": "flat_notice.typ"}, "no-template": {"name": "poem.typ"},
            "packaged": {"name": "flat_notice.typ", "version": 0},
            "no-version": {"name": "flat_notice.typ", "version": 7},
            **{name: {"name": "flat_notice.typ", "version": 0, "page": page}
               for name, page in (("a-page", 0), ("no-page", 99))},
            "own-token": {"token_id": a_token(own)}, "others-token": {"token_id": a_token(others)},
            "own-webhook": {"webhook_id": a_webhook(own)},
            "others-webhook": {"webhook_id": a_webhook(others)},
            **{f"{whose}-webhook-{verb}": {"webhook_id": a_webhook(who), "verb": verb}
               for whose, who in (("own", own), ("others", others)) for verb in ("try", "end", "sing")},
            "own-delivery": {"delivery_id": a_delivery(own)},
            "others-delivery": {"delivery_id": a_delivery(others)},
            "no-operation": {"rest": "nothing"}, "no-operation-there": {"rest": "nothing/here"},
            "no-key": {"key": "x" * 43}, "its-key": {"key": renew_calendar(own)},
            "a-tour": {"verb": "begin"}, "a-tour-closed": {"verb": "close"},
            "a-fault": {"kind": "409"}, "no-fault": {"kind": "999"},
            "money-help": {"name": "clerks/money"}, "no-help": {"name": "nothing"},
            "year": {"year": 2011}, "no-year": {"year": 1999},
            **{f"year-{payer}": {"year": 2011, "payer": payer} for payer in ("city", "nobody")},
            "own-draft": {"plan_id": a_plan(HONGYUAN).pk}, "others-filed": {"plan_id": foreign.pk},
            "own-upload": {"upload_id": an_upload(own).pk},
            "others-upload": {"upload_id": an_upload(others).pk},
            **{f"{code}-answer": {"code": code, "number": 0} for code in ("A1", "B1")},
            "no-way-out": {"number": 0}, "other-way-out": {"number": 7},
            "a-replan": {"replan_id": a_replan(cast)}, "no-replan": {"replan_id": 0},
            "own-scenario": {"scenario_id": a_scenario(own)},
            "others-scenario": {"scenario_id": a_scenario(others)},
            **{f"{whose}-{verb}": {"scenario_id": a_scenario(who), "verb": verb}
               for whose, who in (("own", own), ("others", others)) for verb in scenarios.VERBS},
            **a_flats_page(cast),
            **{f"{code}-flat-{verb}": {"code": code, "verb": verb}
               for code in ("A1", "B1") for verb in desk.VERBS},
            **{f"{whose}-sign-in": {"sign_in_id": a_sign_in(who)}
               for whose, who in (("own", own), ("others", others))},
            "known-officer": {"username": own.username},
            "no-officer": {"username": cast[Role.HOUSEHOLD].username},
            **{f"{whose}-officer-{verb}": {"username": who.username, "verb": verb}
               for whose, who in (("known", own), ("no", cast[Role.HOUSEHOLD]))
               for verb in officers.VERBS},
            "own-job": {"job_id": a_job(own).pk}, "others-job": {"job_id": a_job(others).pk},
        }  # fmt: skip
        waiting = FlatWork.objects.get(project__building__code="A2", flat__storey=2)
        self.posted = {
            "api-building-changes": {"rows": [{"building": "A1", "station": "二号"}]},
            "api-flat-changes": {"rows": [{"building": "A1", "flat": "1-1-101", "measured_c": 15}]},
            "api-fee-collection": {"rows": [{"building": "A1", "arrears_fen": 1}]},
            "api-flat-fees": {"rows": [{"building": "A1", "flat": "1-1-101", "fee_paid": True}]},
            "api-temperatures": {
                "rows": [{"building": "A1", "kind": "supply", "at": "2010-01-05T08:00:00Z", "value_c": 60}]
            },
            "api-meter-readings": {"rows": [{"meter": "none", "on": "2010-01-05", "energy_kwh": 1}]},
            "api-payments": {
                "rows": [
                    {
                        "building": "A1",
                        "payer": "user",
                        "flat": "1-1-101",
                        "amount_fen": 1,
                        "way": "cash",
                        "on": "2010-05-04",
                        "reference": "P-1",
                    }
                ]
            },
            "api-webhook-create": {"address": "https://127.0.0.1/", "events": ["project.step"]},
            "api-token-create": {"name": "SCADA", "rights": ["register:read"], "days": "30"},
            "document-issue": {"kind": "flat_notice", "subject": f"works.flatwork:{waiting.pk}"},
            "document-replace": {"reason": "电话变更"},
            "document-withdraw": {"reason": "发错"},
            "annual-plan-step": {"step": "file", "version": 1},
            "annual-plan-add": {"code": "A1", "version": 1},
            "annual-plan-remove": {"code": "A1", "version": 1},
            "annual-plan-object": {"code": "B1", "version": 2, "reason": "缺图"},
            "annual-plan-left-out": {"code": "A1", "version": 1, "reason": "拆迁"},
            "annual-plan-scheme": {"scheme": "先易后难", "version": 1},
            "set-language": {"language": "en"},
            "person-erase": {"reason": "搬走", "confirmed": cast.flat.flat_id},
            "replan-create": {"dropped": "A1", "price": "2"},
            "scenario-create": {"name": "多三十万"},
            "scenario-act": {"name": "多三十万", "code": "A1", "choice": "2011"},
            "design-act": {"version": 99, "what": "size", "check": "form", "reason": "x"},
            "case-open": {"building": "A1", "kind": "complaint", "title": "冷", "account": "不热"},
            "case-step": {"step": "take", "version": 1},
            "case-act": {
                "code": "incident_report",
                "note": "报警回执",
                "outcome": "已协商",
                "liable": "none",
            },
            "contractor-file": {
                "name": "新公司",
                "qualification": "二级",
                "certificate_number": "A9",
                "valid_until": "2099-01-01",
            },
            "contractor-bar": {"reason": "转包"},
            "contractor-lift": {"reason": "已整改"},
            "campaign-act": {
                "kind": "meeting",
                "title": "居民会",
                "buildings": "A1",
                "outlet": "阜新日报",
                "name": "记者",
                "phone": "0418-1234567",
            },
            "purse-act": {"yuan": "1,000.00"},
            "fund-act": {"flat": "1-1-101", "vote": "agree", "yuan": "1", "step": "apply", "version": 1},
            "bank-line": {"building": "A1", "payer": "user", "flat": "1-1-101", "note": "汇错"},
            "reward-draft": {"level": "city"},
            "reward-step": {"step": "drop", "version": 1},
            "receipt-void": {"note": "记错"},
            "books-close": {"until": "2010-01-01"},
            "building-money-act": {
                "payer": "user",
                "flat": "1-1-101",
                "yuan": "10",
                "way": "cash",
                "line": "1",
                "quantity": "1",
            },
            "building-metering-act": {
                "flat": "1-1-101",
                "meter": "H0",
                "number": "H1",
                "on": "2010-05-01",
                "first_kwh": "0",
                "last_kwh": "1",
                "energy_kwh": "1",
                "note": "抄错",
                "since": "2010-05-01",
                "until": "2010-05-02",
                "room_c": "15",
                "year": "2098",
            },
            "commendation-give": {"flat": FlatWork.objects.filter(project__building__code="A1").first().pk},
            "project-site-act": {
                "week": "2010-05-04",
                "crew": 4,
                "stage": "piped",
                "flat": "1-1-101",
                "one": "1-1-101",
                "kind": "safety",
                "verdict": "passed",
                "pipe": "steel",
                "working_mpa": "0.3",
                "test_mpa": "0.4",
                "minutes": 10,
                "drop_mpa": "0.01",
                "name": "PE-RT",
                "quantity": 1,
                "unit": "m",
                "certificate_number": "1",
            },
            "project-acceptance-act": {
                "test": "radiator_pressure_mpa",
                "value": "0.8",
                "party": "city_bureau",
                "agrees": 1,
                "step": "pass",
                "version": 1,
            },
            "project-warranty-act": {
                "what": "渗水",
                "flat": "1-1-101",
                "defect": 1,
                "how": "换垫",
                "ready": 1,
            },
            "flat-pages-act": {
                "flat": "1-1-101",
                "phone": "0418-1234567",
                "number": "HT-1",
                "report": 1,
                "version": 1,
                "note": "已排气",
            },
            "my-flat-screen": {"value_c": "19", "hour": 8},
            "project-step": {"step": "suspend", "version": 1, "note": "等材料"},
            "project-act": {
                "what": "notice",
                "flat": "1-1-101",
                "how": "door",
                "lines": "1-1-101, 是",
                "name": "赵工",
                "phone": "0418-1234567",
                "on": "2010-05-04",
                "reason": "管材晚到",
                "unit": 1,
                "votes": 1,
                "voters": 2,
                "granted": 1,
                "itself": 1,
                "kind": "drawings",
                "supplier_lead": "王工",
                "supplier_phone": "04181234567",
                "contractor_lead": "李工",
                "contractor_phone": "04181234568",
            },
        }

    def ask(self, row, reader):
        """Return the answer ``reader`` gets; whatever it changed is undone."""
        client = Client(raise_request_exception=False)
        address = reverse(row.name, kwargs=self.objects[row.what])
        with transaction.atomic():
            if row.name in OPERATIONS:
                response = self.call(client, row, address, reader)
            else:
                if self.people[reader] is not None:
                    client.force_login(self.people[reader], backend=BACKEND)
                response = getattr(client, row.method)(address, self.posted.get(row.name))
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        return Answer(outcome(response), words_in(body))

    def call(self, client, row, address, reader):
        """Return what a system with the reader's token of all his rights is answered."""
        token = a_token_of(self.people[reader])
        headers = {"authorization": f"Bearer {token}"} if token else {}
        if row.method == "get":
            return client.get(address, headers=headers)
        body, key = self.posted[row.name], {"idempotency-key": "0123456789"}
        return client.post(address, body, content_type="application/json", headers=headers | key)


@dataclass(frozen=True)
class Answer:
    """What came back: the outcome as the table writes it, and the words, out of a workbook, too."""

    outcome: str
    words: str


def a_token_of(person):
    """Return the secret of a token that is for everything its owner may do, None for who can have none."""
    rights = [right.name for right in rights_of(person)] if person is not None else []
    return make_token(person, name="系统", rights=rights)[1] if rights else None


def a_flats_page(cast):
    """The addresses of a flat's page by its two doors, with things at them; and those of another flat."""
    own, other = cast.flat, Flat.objects.get(building__code="B1", storey=1)
    found = {}
    for name, flat, case in (("own", own, a_case(own)), ("others", other, Case.objects.first().pk)):
        photo = CasePhoto.objects.create(
            case_id=case, file=ContentFile(b"picture", name="p.jpg"), digest="0" * 64
        ).pk
        declared = Declaration.objects.create(
            flat=flat, kind="agree", name="住户", made_at=timezone.now(), on_date=date(2010, 6, 1),
            version="1", language="en", words="text", digest="0" * 64, by_link=True,
            made_by=cast[Role.HOUSEHOLD],
        )  # fmt: skip
        found |= {
            f"{name}-flat": {"flat_id": flat.pk},
            f"{name}-flat-money": {"flat_id": flat.pk, "screen": "money"},
            f"{name}-flat-report": {"flat_id": flat.pk, "screen": "report"},
            f"{name}-flat-photo": {"flat_id": flat.pk, "photo_id": photo},
            f"{name}-flat-file": {
                "flat_id": flat.pk,
                "kind": "receipts",
                "key": a_payment(flat.building.code).number,
            },
            f"{name}-declared": {"code": flat.building.code, "declaration_id": declared.pk},
            f"{name}-case-photo": {"case_id": case, "photo_id": photo},
        }
    for name, token in (("its", link_for(own).split("/")[2]), ("no", "A" * 27)):
        found |= {
            f"{name}-link": {"token": token},
            f"{name}-link-people": {"token": token, "screen": "people"},
            f"{name}-link-consent": {"token": token, "screen": "consent"},
            f"{name}-link-photo": {"token": token, "photo_id": found["own-flat-photo"]["photo_id"]},
            f"{name}-link-file": {"token": token, "kind": "receipts", "key": a_payment("A1").number},
        }
    return found


def a_design(code, author):
    building = Building.objects.get(code=code)
    version = make_design(author, building)
    return {"code": code, "number": version.number, "name": "review.xlsx"}


def issued_papers(own, others):
    """A paper of a flat of each supplier, one of a building, and the code of one."""
    papers = {}
    for whose, who, code in (("own", own, "A2"), ("others", others, "B1")):
        flat = FlatWork.objects.get(project__building__code=code, flat__storey=1)
        papers[whose] = issue(who, kind="flat_notice", subject=flat)
    house = issue(own, kind="building_notice", subject=Project.objects.get(building__code="A2"))
    ids = {"house-document": house, **{f"{whose}-document": paper for whose, paper in papers.items()}}
    return {
        **{name: {"document_id": paper.pk} for name, paper in ids.items()},
        **{f"{whose}-word": {"kind": "contract", "subject": paper.number.subject}
           for whose, paper in papers.items()},
        "no-word": {"kind": "flat_notice", "subject": papers["own"].number.subject},
        "its-code": {"code": papers["own"].number.code}, "no-code": {"code": "A" * 16},
    }  # fmt: skip


def a_purse(supplier):
    set_budget(None, source=Source.SUPPLIER, scope=supplier, year=2011, amount_fen=1_000_00)
    return Purse.objects.get(source=Source.SUPPLIER, scope=supplier, year=2011).pk


def a_reward(level, district, state="draft"):
    return RewardProposal.objects.create(
        level=level, district=district, state=state, drafted_on=date(2010, 10, 1), policy="fuxin-2010",
        policy_digest="0" * 64, published_on=date(2010, 11, 1),
    ).pk  # fmt: skip


def a_fund(code):
    project = Project.objects.get(building__code=code)
    FundApplication.objects.get_or_create(
        project=project, defaults={"building": project.building, "opened_on": date(2010, 6, 1)}
    )
    return code


def a_bank_line(person):
    """A payment of 25 yuan that waits until somebody says whose it is."""
    office = person.grants.get().organisation
    number = f"H{BankLine.objects.count()}"
    entries = (Entry(bank(office), 25_00), Entry(unmatched(office), -25_00))
    file = BankFile.objects.create(
        office=office, name="流水.csv", digest="0" * 64, taken_at=timezone.now(), taken_by=person
    )
    return BankLine.objects.create(
        file=file, office=office, reference=number, on_date=date(2010, 6, 1), amount_fen=25_00, way="bank",
        state="unmatched", transfer=post(actor=person, kind=TransferKind.HOLD, entries=entries),
    )  # fmt: skip


def a_heat_bill(code, person):
    """A flat pays 2,250 yuan for a season, by area."""
    flat = Flat.objects.get(building__code=code, storey=1)
    return SeasonBill.objects.create(
        flat=flat, year=2009, area_m2=90, area_fen=2_250_00, charged_fen=2_250_00, refund_fen=0,
        due_fen=2_250_00, steps=[], parts=[], policy="fuxin-2010", policy_digest="0" * 64,
        issued_on=date(2010, 5, 1), issued_by=person,
    ).pk  # fmt: skip


def a_price_version(person):
    """The city has a price of its own for one article."""
    return PriceVersion.objects.create(
        number=1, valid_from=date(2010, 5, 10), year=2010, city="阜新市", source="造价信息", trust="S",
        rows=[{"code": "pipe.steel.15", "yuan": ["80", "80"]}], digest="0" * 16, file_name="价目.csv",
        entered_on=date(2010, 5, 10), entered_by=person,
    ).number  # fmt: skip


def a_payment(code):
    """A household was charged 100 yuan for its flat and paid 40 of them."""
    building = Building.objects.get(code=code)
    flat = building.flats.get(storey=1)
    entries = (Entry(owed(building, Payer.USER, flat), 100_00), Entry(works(building), -100_00))
    post(actor=None, kind=TransferKind.CHARGE, entries=entries, building=building, key=f"charge/{code}")
    return pay(None, building, payer=Payer.USER, fen=40_00, way="cash", flat=flat, reference=f"N-{code}")


def a_listed_project(code):
    project = Project.objects.create(building=Building.objects.get(code=code), year=2011)
    FlatWork.objects.bulk_create(
        FlatWork(project=project, flat=flat) for flat in Flat.objects.filter(building__code=code)
    )


def built(project):
    FlatWork.objects.bulk_create(
        FlatWork(project=project, flat=flat, contract_on="2010-05-04", stage="done")
        for flat in Flat.objects.filter(building=project.building_id)
    )


def a_paper(code, owner):
    project = Project.objects.get(building__code=code)
    return Paper.objects.create(
        project=project, kind="photo", title="立管", file=ContentFile(b"\x89PNG", name="a.png"),
        media_type="image/png", size_bytes=4, digest="0" * 64, on_date="2010-05-04", filed_by=owner,
    ).pk  # fmt: skip


def a_case(flat):
    flat.refresh_from_db()
    opened = Case.objects.create(
        building=flat.building, flat=flat, kind="complaint", title="室温低",
        account=f"{flat.owner_name} {flat.phone}", opened_on="2010-05-04", since="2010-05-04",
    )  # fmt: skip
    return opened.pk


def a_token(owner):
    return make_token(owner, name="系统", rights=["register:read"])[0].pk


def a_webhook(person):
    grant = person.grants.get()
    return Webhook.objects.create(
        role=grant.role, organisation=grant.organisation, address="https://example.com/", events=[],
        salt="0" * 32, made_by=person,
    ).pk  # fmt: skip


def a_delivery(person):
    return Delivery.objects.create(
        webhook_id=a_webhook(person), event="test", number=uuid4(), body="{}", state="given_up",
        due_at=timezone.now(),
    ).pk  # fmt: skip


def a_contractor(name):
    found = organisations(Role.CONTRACTOR, [name])[name]
    ContractorFile.objects.create(
        organisation=found, qualification="二级", certificate_number=name, valid_until="2099-01-01"
    )
    return found.code


def a_bulletin(bureau):
    period = Period(2010)
    made = bulletin_of(bureau, period)
    return publish_bulletin(
        bureau, period=period, as_of=made.as_of, pages=pages_told(made), paper=b"%PDF-1.7"
    ).pk


def a_material(owner, published_on=None):
    kept = CampaignMaterial.objects.create(
        title="传单", kind="leaflet", file=ContentFile(b"%PDF-1.4", name="传单.pdf"), size_bytes=8,
        media_type="application/pdf", digest="0" * 64, on_date="2010-05-04", filed_by=owner,
        published_on=published_on,
    )  # fmt: skip
    return kept.pk


def an_upload(owner):
    return Upload.objects.create(
        name="register.xlsx", size_bytes=1, digest="0" * 64, owner=owner, state=Upload.STAGED,
        file="uploads/register.xlsx",
    )  # fmt: skip


def a_sign_in(owner):
    now = timezone.now()
    return SignIn.objects.create(user=owner, session_key=f"of-{owner.pk}", since=now, seen_at=now).pk


def a_job(owner):
    return Job.objects.create(kind="stage-upload", owner=owner, params={"upload": 0})


def outcome(response):
    """Return the status; ``login`` where the reader is sent to sign in, ``away`` where elsewhere."""
    if response.status_code != 302:
        return str(response.status_code)
    sign_in = reverse(settings.LOGIN_URL)
    return "login" if response["Location"].startswith(f"{sign_in}?next=") else "away"


def words_in(body):
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def a_replan(cast):
    return ask_replan(cast[Role.CITY_BUREAU], dropped=(), price=1.0).pk


def a_scenario(owner):
    return create_scenario(owner, name="多三十万").pk
