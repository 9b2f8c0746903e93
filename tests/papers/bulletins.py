"""Bulletins for tests: a full one, an empty one, and one with the longest names."""

from dataclasses import fields, replace
from datetime import date

from fenhu.papers.bulletin_values import (
    Amount,
    Bulletin,
    BulletinMoney,
    CaseCounts,
    Coming,
    Deadlines,
    Period,
    ProgrammeNews,
    SourceMoney,
    Standing,
    Steps,
    Warmth,
    YearGoal,
)
from fenhu.wording import bilingual

NEWS = tuple(field.name for field in fields(ProgrammeNews))
LONG = "阜新市海州区某某房屋开发建设有限责任公司第一分公司" * 2
APRIL, SEPTEMBER = date(2011, 4, 30), date(2011, 9, 30)


def full(period=None, **changes):
    """July 2011: 40 of 100 buildings accepted on 31 July; 60 are missing in 61 days."""
    sources = tuple(
        SourceMoney(name=bilingual(name, english), spent_fen=200_000_000, contracted_fen=100_000_000,
                    committed_fen=50_000_000, free_fen=50_000_000)
        for name, english in (("市财政", "City"), ("区财政", "Districts"), ("供热单位", "Suppliers"),
                              ("产权单位", "Owners"), ("维修资金", "Repair fund"), ("上级", "Upper"))
    )  # fmt: skip
    known = {
        "city": bilingual("阜新市", "Fuxin"), "office": bilingual("市住房和城乡建设委员会", "City bureau"),
        "scope": "", "period": period or Period(2011, 7), "as_of": date(2011, 7, 31), "synthetic": True,
        "steps": Steps(approved=Amount(10, 500), begun=Amount(20, 1000), accepted=Amount(15, 750),
                       in_use=Amount(1, 50)),
        "before": Steps(approved=Amount(10, 500), begun=Amount(25, 1250), accepted=Amount(5, 250)),
        "this_year": Steps(approved=Amount(100, 5000), begun=Amount(80, 4000), accepted=Amount(40, 2000),
                           in_use=Amount(30, 1500)),
        "ever": Steps(approved=Amount(200, 10_000), begun=Amount(180, 9000), accepted=Amount(140, 7000),
                      in_use=Amount(131, 6550)),
        "year": 2011,
        "years": (
            YearGoal(year=2010, target=100, listed=100, accepted=100),
            YearGoal(year=2011, target=100, listed=90, accepted=40),
            YearGoal(year=2012, target=225, listed=0, accepted=0),
            YearGoal(year=2013, target=225, listed=0, accepted=0),
            YearGoal(year=2014, target=225, listed=0, accepted=0),
        ),
        "months": (0, 0, 0, 0, 5, 25, 40),
        "districts": (Standing(name="海州", key="海州", listed=30, accepted=20),
                      Standing(name="太平", key="太平", listed=30, accepted=5),
                      Standing(name="细河", key="细河", listed=30, accepted=15)),
        "suppliers": (Standing(name="宏远热力", key="宏远热力", listed=45, accepted=30),
                      Standing(name="光明供热", key="光明供热", listed=45, accepted=10)),
        "deadlines": Deadlines(
            filing_day=APRIL, not_filed=("光明供热", "城北热力", "城南热力", "城东热力", "城西热力"),
            filed_late=("宏远热力",), completion_day=SEPTEMBER, unfinished=Amount(3, 150),
            unfinished_since=date(2010, 9, 30),
            finished_late=Amount(2, 100),
        ),
        "money": BulletinMoney(sources=sources, rewarded_fen=30_000_000, released_fen=12_000_000,
                               billed_fen=1_500_000_00, billed_flats=500),
        "warmth": Warmth(before={14: 40, 16: 40, 17: 40, 19: 40, 23: 40},
                         after={17: 40, 19: 40, 20: 80, 21: 40},
                         measured_before_c=(15.0, 17.0, 19.0), measured_after_c=(20.0, 19.0, 17.5, 21.0)),
        "cases": CaseCounts(opened=7, complaints=4, settled=5, open=3, overdue=1, median_days=6.0),
        "coming": Coming(completion_day=SEPTEMBER, to_finish=60, cases=2, filing_day=APRIL, to_file=1),
    }  # fmt: skip
    given = known | changes
    news = {name: given.pop(name) for name in NEWS}
    return Bulletin(news=ProgrammeNews(**news), **given)


def empty(period=None):
    """A city on its first day: nothing is planned, nothing happened."""
    nothing = Steps()
    return full(
        period or Period(2011, 1), as_of=date(2011, 1, 31), steps=nothing, before=nothing, this_year=nothing,
        ever=nothing, months=(0,), districts=(), suppliers=(), synthetic=False,
        years=(YearGoal(year=2011, target=None, listed=0, accepted=0),),
        deadlines=Deadlines(filing_day=APRIL, completion_day=SEPTEMBER), money=BulletinMoney(),
        warmth=Warmth(), cases=CaseCounts(), coming=Coming(),
    )  # fmt: skip


def longest():
    """A full year in which every name is as long as names get, and every list full."""
    known = full(Period(2011), as_of=date(2011, 12, 31), months=(0, 0, 0, 5, 10, 20, 30, 35, 40, 40, 40, 40))
    money = tuple(replace(one, name=bilingual(LONG, LONG)) for one in known.money.sources)
    return replace(
        known, office=bilingual(LONG, LONG), scope=LONG,
        news=replace(known.news,
            districts=tuple(replace(one, name=LONG) for one in known.news.districts),
        suppliers=tuple(replace(one, name=LONG) for one in known.news.suppliers),
        deadlines=replace(known.news.deadlines, not_filed=(LONG,) * 9, filed_late=(LONG,) * 9),
        ),
        money=replace(known.money, sources=money),
    )  # fmt: skip
