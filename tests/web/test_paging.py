"""Long lists a page at a time."""

import pytest

from fenhu.web.paging import placed


@pytest.mark.parametrize(
    ("asked", "total", "found"),
    [
        (1, 0, (1, 1)),
        (9, 0, (1, 1)),
        (2, 100, (2, 2)),
        (3, 101, (3, 3)),
        (99, 101, (3, 3)),
        (-4, 101, (1, 3)),
    ],
)
def test_a_page_that_is_not_there_gives_way_to_the_nearest(asked, total, found):
    assert placed(asked, total, 50) == found
