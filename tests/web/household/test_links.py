"""Links to flats' pages: the same on every print, unguessable, revocable, worthless in a leaked database."""

import pytest
from tests.web.ui.pages import parsed, words

from fenhu.errors import NotAllowed
from fenhu.programme import Role
from fenhu.web.household import services
from fenhu.web.household.models import FlatLink
from fenhu.web.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(cast):
    return services.link_for(cast.flat)


def test_the_same_link_is_printed_every_time(cast, path):
    assert services.link_for(cast.flat) == path
    assert Entry.objects.filter(kind="household.link").count() == 1


def test_every_flat_has_a_link_of_its_own(cast, path):
    other = cast.flat.building.flats.exclude(pk=cast.flat.pk).get()
    assert services.link_for(other) != path


def test_the_secret_has_160_bits_and_only_its_digest_is_kept(cast, path):
    token = path.strip("/").split("/")[-1]
    assert len(token) * 6 >= 160
    kept = " ".join(str(value) for row in FlatLink.objects.values_list() for value in row)
    said = " ".join(Entry.objects.values_list("data_json", flat=True))
    assert token not in kept + said


def test_anybody_with_the_link_reads_the_page_and_the_first_day_is_kept(client, cast, path):
    assert words(parsed(client.get(path)).select_one("h1")).endswith("1-1-101")
    first = FlatLink.objects.get().opened_on
    client.get(path)
    assert first is not None
    assert Entry.objects.filter(kind="household.link_opened").count() == 1


def test_a_revoked_link_and_a_guessed_one_look_the_same(client, cast, path):
    services.revoke_link(cast[Role.HEAT_SUPPLIER], cast.flat)
    revoked, guessed = client.get(path), client.get("/f/" + "A" * 27 + "/")
    assert (revoked.status_code, guessed.status_code) == (404, 404)
    assert words(parsed(revoked, 404).select_one("main")) == words(parsed(guessed, 404).select_one("main"))
    assert services.link_for(cast.flat) != path


def test_only_who_brings_the_notice_revokes(cast, path):
    for actor in (cast.other_supplier, cast[Role.CITY_BUREAU], cast[Role.HOUSEHOLD], cast[Role.CONTRACTOR]):
        with pytest.raises(NotAllowed):
            services.revoke_link(actor, cast.flat)
    assert services.revoke_link(cast[Role.COMMUNITY], cast.flat) == 1


def test_printed_links_outlive_a_lost_server_key(client, cast, path, settings):
    settings.SECRET_KEY = "another key than the one the notices were printed with"
    fresh = services.link_for(cast.flat)
    assert fresh != path
    assert (client.get(path).status_code, client.get(fresh).status_code) == (200, 200)


def test_the_page_is_neither_kept_by_a_cache_nor_found_by_a_search_engine(client, path):
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
