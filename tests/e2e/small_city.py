"""A synthetic city of twelve buildings with the demo's logins and past: two years planned, the first built.

A city this small cannot pay for its mains by its share of the real money; it gets four times as much.
"""

from dataclasses import replace

from fenhu import register
from fenhu.wording import Text

BUILDINGS, SEED, RICHER = 12, 5, 4


def write(path):
    city = register.synthetic_city(buildings=BUILDINGS, seed=SEED)
    path.parent.mkdir(parents=True)
    register.write_register(
        replace(
            city,
            budgets=tuple(replace(one, amount_fen=one.amount_fen * RICHER) for one in city.budgets),
            crews=tuple(replace(one, crew_days=one.crew_days * RICHER) for one in city.crews),
        ),
        path,
    )


def build():
    """Build the city in the data folder; the demo takes the register it finds there."""
    import django

    django.setup()
    from django.conf import settings

    from fenhu.web import demo

    write(settings.DATA_DIR / "demo" / "register.xlsx")
    demo.build(buildings=BUILDINGS, seed=SEED, report=_silent)


def _silent(_phase: Text, _done: int, _total: int) -> None:
    """Say nothing."""


if __name__ == "__main__":
    build()
