"""Putting restored data in place: all of it, however often it is interrupted."""

import pytest

from fenhu.web.keeping import swapping
from fenhu.web.keeping.swapping import Move, Swap, finish, put_in_place

OLD, NEW = "old", "new"


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def swap(folder):
    for state in (OLD, NEW):
        (folder / state / "media").mkdir(parents=True)
        (folder / state / "media" / "a.pdf").write_text(state)
        (folder / state / "database").write_text(state)
    names = ("database", "media")
    return Swap(
        [
            Move(new=str(folder / NEW / n), place=str(folder / OLD / n), aside=str(folder / "aside" / n))
            for n in names
        ]
    )


def contents(folder):
    return [(folder / name).read_text() for name in ("database", "media/a.pdf")]


def test_the_new_stands_in_place_and_the_old_aside(folder, swap):
    put_in_place(swap)
    assert contents(folder / OLD) == [NEW, NEW]
    assert contents(folder / "aside") == [OLD, OLD]


@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("renamed", [False, True])
def test_what_was_interrupted_is_done_by_whoever_comes_next(folder, swap, monkeypatch, after, renamed):
    done = []

    def interrupted(move):
        if len(done) == after:
            if renamed:
                set_aside(move)
            raise KeyboardInterrupt
        done.append(move)
        moving(move)

    moving = swapping._move
    monkeypatch.setattr(swapping, "_move", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put_in_place(swap)
    monkeypatch.undo()
    finish()
    assert contents(folder / OLD) == [NEW, NEW]
    assert contents(folder / "aside") == [OLD, OLD]
    assert not (folder / swapping.NOTE).exists()


def set_aside(move):
    """Stop after the old went aside and before the new came."""
    place = swapping.Path(move.place)
    aside = swapping.Path(move.aside)
    aside.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        place.rename(aside)
    else:
        swapping.os.link(place, aside)


def test_nothing_begun_is_nothing_to_finish(folder):
    finish()
    assert not list(folder.iterdir())
