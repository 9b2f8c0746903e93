"""Tokens: made on a page, shown once, never more than their owner, over in the end."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.api.calls import Caller, a_token
from tests.web.ui.pages import rows, send, visit, words

from fenhu.errors import InputFault, NotAllowed
from fenhu.programme import Role
from fenhu.web.api.models import Token
from fenhu.web.api.services import make_token, revoke_token
from fenhu.web.door.services import change_password, reset_password
from fenhu.web.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


def test_a_person_makes_a_token_and_sees_its_secret_once(client, supplier):
    fields = {"name": "SCADA", "rights": ["register:read"], "days": 30}
    page = send(client, supplier, "/account/tokens/make/", fields)
    secret = words(page.select_one(".secret"))
    assert Caller(client, secret=secret).get("me").json()["rights"] == ["register:read"]
    assert secret not in visit(client, supplier, "/account/tokens/").text
    assert secret not in repr(Token.objects.values())
    assert [row[0].startswith("SCADA") for row in rows(page, "tokens")] == [True]


def test_the_account_leads_to_the_tokens(client, supplier):
    page = visit(client, supplier, "/account/")
    assert page.select_one('#other-systems a[href="/account/tokens/"]')


def test_making_and_revoking_stand_in_the_journal_without_the_secret(supplier):
    token, secret = make_token(supplier, name="SCADA", rights=["register:read"])
    revoke_token(supplier, token.pk)
    revoke_token(supplier, token.pk)
    entries = Entry.objects.filter(subject=f"api.token:{token.pk}").order_by("sequence")
    assert [one.kind for one in entries] == ["api.token_made", "api.token_revoked"]
    assert secret not in "".join(one.data_json for one in entries)


def test_it_expires_and_never_lasts_longer_than_two_years(client, supplier):
    secret = a_token(supplier, "register:read", days=2)
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = Caller(client, secret=secret).get("me")
    assert answer.status_code == 401
    assert "ran out" in answer.json()["detail"]
    for days in (0, 731):
        with pytest.raises(InputFault, match="730"):
            a_token(supplier, "register:read", days=days)


def test_what_is_revoked_opens_nothing(client, supplier):
    token, secret = make_token(supplier, name="SCADA", rights=["register:read"])
    page = send(client, supplier, f"/account/tokens/{token.pk}/revoke/", {})
    assert "revoked" in words(page.select_one("#tokens"))
    assert Caller(client, secret=secret).get("me").status_code == 401


def test_a_stranger_cannot_revoke_it(client, supplier, cast):
    token, secret = make_token(supplier, name="SCADA", rights=["register:read"])
    send(client, cast.other_supplier, f"/account/tokens/{token.pk}/revoke/", {}, status=404)
    assert Caller(client, secret=secret).get("me").status_code == 200


def test_the_token_of_somebody_who_left_is_dead(client, supplier):
    secret = a_token(supplier)
    supplier.is_active = False
    supplier.save()
    assert Caller(client, secret=secret).get("me").status_code == 401


def test_a_reset_password_ends_its_owners_tokens_with_an_entry_each_and_nobody_elses(client, supplier, cast):
    bureau = cast[Role.CITY_BUREAU]
    secrets = [a_token(supplier), a_token(supplier, "register:read")]
    others = a_token(cast.other_supplier)
    reset_password(user=supplier, actor=bureau)
    assert [Caller(client, secret=secret).get("me").status_code for secret in secrets] == [401, 401]
    assert Caller(client, secret=others).get("me").status_code == 200
    entries = Entry.objects.filter(kind="api.token_revoked")
    assert {entry.subject for entry in entries} == {
        f"api.token:{one.pk}" for one in Token.objects.filter(owner=supplier)
    }
    assert {entry.actor_id for entry in entries} == {bureau.pk}
    reset_password(user=supplier, actor=bureau)
    assert entries.count() == 2


def test_an_own_new_password_leaves_ones_tokens(client, supplier):
    secret = a_token(supplier)
    change_password(user=supplier, password="another-long-password")
    assert Caller(client, secret=secret).get("me").status_code == 200


def test_whoever_resets_a_password_is_told_what_becomes_of_the_tokens(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], "/officers/heat_supplier/")
    assert "tokens" in words(page.select_one("#acts"))
    page = send(client, cast[Role.CITY_BUREAU], "/officers/heat_supplier/password/", {})
    assert "tokens" in words(page.select_one("main"))


def test_it_does_only_what_it_is_for(client, supplier):
    answer = Caller(client, supplier, "plan:read").get("buildings")
    assert (answer.status_code, answer.json()["code"]) == (403, "missing-right")
    assert "register:read" in answer.json()["detail"]


def test_it_is_never_more_than_its_owner(client, supplier):
    supplier_calls = Caller(client, supplier)
    codes = [one["code"] for one in supplier_calls.get("buildings").json()["items"]]
    assert codes == ["A1", "A2"]
    assert supplier_calls.get("buildings/B1").status_code == 404
    supplier.grants.all().delete()
    assert supplier_calls.get("buildings").status_code == 403
    assert supplier_calls.get("me").json()["rights"] == []


def test_nobody_gets_a_right_his_office_cannot_use(cast):
    with pytest.raises(InputFault, match="fees:write"):
        a_token(cast[Role.COMMUNITY], "fees:write")


@pytest.mark.parametrize("who", ["household", "outsider"])
def test_only_people_in_an_office_make_one(cast, who):
    user = cast[Role.HOUSEHOLD] if who == "household" else cast.outsider
    with pytest.raises(NotAllowed):
        make_token(user, name="x", rights=["register:read"])


def test_a_session_opens_nothing(client, supplier):
    client.force_login(supplier)
    answer = client.get("/api/v1/buildings")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("sent", ["Bearer", "Bearer nothing", "Basic YTpi", "Bearer \u4e2d"])
def test_what_is_no_token_opens_nothing(client, cast, sent):
    assert client.get("/api/v1/me", headers={"authorization": sent}).status_code == 401


def test_when_it_was_used_last_is_noted(client, supplier):
    Caller(client, supplier).get("me")
    assert timezone.now() - Token.objects.get().last_used_at < timedelta(minutes=1)


def test_there_are_not_endlessly_many(supplier):
    for _ in range(20):
        a_token(supplier)
    with pytest.raises(InputFault, match="20"):
        a_token(supplier)
