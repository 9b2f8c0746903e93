"""The map of the house names every room there is."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "developers" / "map.md").read_text(encoding="utf-8")


def rooms(folder):
    return {path.name for path in (ROOT / "src" / folder).iterdir() if (path / "__init__.py").exists()}


def test_every_room_of_the_house_is_on_the_map():
    assert {room for room in rooms("fenhu") if f"`{room}`" not in PAGE} == set()


def test_every_room_of_the_web_is_on_the_map():
    assert {room for room in rooms("fenhu/web") if f"`web/{room}`" not in PAGE} == set()
