"""A small OpenID Connect provider of the tests: it says of a person whatever a test tells it to."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from django.utils import timezone

CLIENT, SECRET = "fenhu-test", "a-secret-of-the-test"


class Provider:
    """Codes it gave out, each with whom it is for and the challenge it was asked with."""

    def __init__(self):
        self.codes = {}
        self.tokens = {}
        self.issuer = ""
        self.other_subject_in_token = False

    def approve(self, asked, **person):
        """Return the address the browser is sent back to once ``person`` signed in at the provider."""
        query = {key: values[0] for key, values in parse_qs(urlsplit(asked).query).items()}
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = (query["code_challenge"], person)
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form):
        """Return tokens for a code, once, to who knows the challenge's answer and the client's secret."""
        challenge, person = self.codes.pop(form["code"][0])
        answer = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        assert base64.urlsafe_b64encode(answer).rstrip(b"=").decode() == challenge
        assert form["client_secret"][0] == SECRET
        token, now = secrets.token_urlsafe(16), int(timezone.now().timestamp())
        self.tokens[token] = person
        subject = "somebody-else" if self.other_subject_in_token else person["sub"]
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": subject, "iat": now, "exp": now + 60}
        return {"access_token": token, "token_type": "Bearer", "expires_in": 60,
                "id_token": jwt.encode(claims, "k" * 32, algorithm="HS256")}  # fmt: skip

    def answer(self, path, headers, form):
        if path == "/.well-known/openid-configuration":
            pages = {
                "authorization_endpoint": "authorize", "token_endpoint": "token",
                "userinfo_endpoint": "userinfo", "jwks_uri": "keys",
            }  # fmt: skip
            return {"issuer": self.issuer, **{name: f"{self.issuer}/{page}" for name, page in pages.items()}}
        if path == "/token":
            return self.token(form)
        assert path == "/userinfo"
        return self.tokens[headers["Authorization"].removeprefix("Bearer ")]


@contextmanager
def a_provider():
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._send(provider.answer, self.path, self.headers, {})

        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._send(provider.answer, self.path, self.headers, form)

        def _send(self, answer, *asked):
            try:
                status, body = 200, answer(*asked)
            except (AssertionError, KeyError) as fault:
                status, body = 400, {"error": repr(fault)}
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()
