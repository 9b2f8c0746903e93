"""How long a search takes in a large city, for the bureau and for one supplier of ten.

On an empty, migrated database of its own, which it fills:
``FENHU_DATA_DIR=/tmp/large DJANGO_SETTINGS_MODULE=fenhu.web.settings python benchmarks/finding.py 20000``
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import django

FLATS_A_BUILDING, SUPPLIERS, ROUNDS = 50, 10, 5
TYPED = {
    "code": "F00777", "estate": "和平小区", "pinyin": "hpxq", "pinyin, two words": "heping 50haolou",
    "flat": "F00777 1-3-302", "owner": "王伟", "owner at an estate": "和平小区750号楼 王",
    "telephone": "13800077712", "nothing": "查无此名", "nothing, two words": "查无此名 和平小曲",
}  # fmt: skip
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
PLACES = ("和平", "解放", "新华", "海州", "太平", "细河", "清河", "幸福", "阳光", "东苑")
ESTATES = [f"{place}{side}小区" for place in PLACES for side in ("", "东", "西", "南", "北")]


def main() -> None:
    """Fill the database once and print a table of searches."""
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from fenhu.web.registry.models import Building
    from fenhu.web.ui import finding

    call_command("migrate", verbosity=0)
    if not Building.objects.exists():
        _fill(int(sys.argv[1]))
    users = get_user_model().objects
    bureau, supplier = users.order_by("pk")
    rows = ["| typed | bureau (ms) | a supplier (ms) | hits |", "|---|---:|---:|---:|"]
    for name, typed in TYPED.items():
        taken = [_median_ms(partial(finding.find, user, typed)) for user in (bureau, supplier)]
        hits = finding.find(bureau, typed).count
        rows.append(f"| {name} `{typed}` | {taken[0]:.0f} | {taken[1]:.0f} | {hits} |")
    sys.stdout.write("\n".join((*rows, "")))


def _fill(count: int) -> None:
    from fenhu.programme import Role
    from fenhu.web.access import services as access
    from fenhu.web.registry.models import Building, Flat
    from fenhu.web.registry.search import search_words
    from fenhu.web.registry.services import organisations

    drawn = random.Random(7)
    suppliers = list(organisations(Role.HEAT_SUPPLIER, [f"第{n}热力公司" for n in range(SUPPLIERS)]).values())
    owners = list(organisations(Role.OWNER_UNIT, [f"第{n}机械厂" for n in range(200)]).values())
    buildings = []
    for n in range(count):
        estate, code, name = ESTATES[n % len(ESTATES)], f"F{n:05d}", f"{n}号楼"
        supplier, owner, address = suppliers[n % SUPPLIERS], owners[n % 200], f"{estate[:2]}路{n}号"
        buildings.append(Building(
            code=code, name=name, estate=estate, district="海州", address=address, supplier=supplier,
            owner=owner, owner_kind="municipal", authority="city", year_built=1985, storeys=5, units=2,
            flat_count=FLATS_A_BUILDING, heated_area_m2=3000, system_form="vertical_single_series",
            search=search_words(code, estate, name, address, "海州", supplier.name, owner.name),
        ))  # fmt: skip
    made = Building.objects.bulk_create(buildings, batch_size=500)

    def flat(one: Building, n: int) -> Flat:
        given = drawn.choice(GIVEN) + drawn.choice(["", *GIVEN])
        return Flat(
            building=one, unit=1 + n // 25, storey=1 + n % 5, room=f"{1 + n % 5}{n // 5:02d}", area_m2=60,
            use="dwelling", owner_name=drawn.choice(SURNAMES) + given,
            phone=f"138{one.pk % 10**6:06d}{n:02d}",
        )  # fmt: skip

    for start in range(0, count, 400):
        some = made[start : start + 400]
        flats = (flat(one, n) for one in some for n in range(FLATS_A_BUILDING))
        Flat.objects.bulk_create(flats, batch_size=2000)
    people: dict[str, tuple[Role, dict[str, object]]] = {
        "bureau": (Role.CITY_BUREAU, {}), "supplier": (Role.HEAT_SUPPLIER, {"organisation": suppliers[0]}),
    }  # fmt: skip
    for name, (role, scope) in people.items():
        user = access.enrol(username=name, display_name=name, password="a-long-test-password")
        access.grant(user=user, role=role, **scope)


def _median_ms(search: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        search()
        taken.append(1000 * (perf_counter() - start))
    return median(taken)


if __name__ == "__main__":
    main()
