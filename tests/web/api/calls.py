"""How the tests of the interface make a token and call with it."""

import json
from uuid import uuid4

from fenhu.web.api.rights import RIGHTS, rights_of
from fenhu.web.api.services import make_token


def a_token(user, *rights, days=365):
    """Return the secret of a new token: of everything its owner can do unless rights are named."""
    wanted = rights or tuple(right.name for right in rights_of(user))
    return make_token(user, name="系统", rights=wanted, days=days)[1]


class Caller:
    """Another system with a token of one person."""

    def __init__(self, client, user=None, *rights, secret=None):
        self.client = client
        self.secret = secret or (a_token(user, *rights) if user else None)

    def get(self, path, language="en", **query):
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers(language))

    def post(self, path, body, key=None, language="en"):
        headers = self.headers(language) | {"idempotency-key": key or str(uuid4())}
        sent = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post(f"/api/v1/{path}", sent, content_type="application/json", headers=headers)

    def headers(self, language="en"):
        known = {"authorization": f"Bearer {self.secret}"} if self.secret else {}
        return known | {"accept-language": language}


EVERYTHING = tuple(RIGHTS)
