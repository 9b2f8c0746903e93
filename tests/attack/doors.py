"""Attacks on the doors themselves: sessions, tokens, bodies, hosts, redirects, files."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from tests.attack.served import HUNG_UP, MAX_UPLOAD_MB, Answer, Target
from tests.attack.walks import REFUSED, Attack

EVIL = "evil.example"
PASSWD = b"root:x:"
READ = ("/work/", "/buildings/", "/journal/", "/money/", "/documents/", "/my-flat/", "/search/?q=A1")
BELOW = ("/static/", "/static/vendor/", "/help/", "/public/data/", "/documents/templates/", "/papers/",
         "/public/campaign/", "/buildings/A1/design/1/")  # fmt: skip
UPWARDS = (
    "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "....//....//....//....//etc/passwd",
    "..%252f..%252f..%252fetc%252fpasswd", "..%5c..%5c..%5cetc%5cpasswd", "/etc/passwd", "%2fetc%2fpasswd",
    "..%c0%af..%c0%afetc%c0%afpasswd", "../fenhu.sqlite3", "..%2f..%2ffenhu.sqlite3", "../secret_key",
    "../../../../../../etc/passwd%00.png",
)  # fmt: skip
ELSEWHERE = (
    f"//{EVIL}", f"https://{EVIL}/", f"/\\{EVIL}", f"\\\\{EVIL}", f"http:{EVIL}", f"///{EVIL}/%2f..",
    f"https:{EVIL}", f"/%0d//{EVIL}", f"javascript:alert(1)//{EVIL}", f"https://127.0.0.1@{EVIL}/",
    f"%0d%0aLocation:%20https://{EVIL}/",
)  # fmt: skip


def tampered_sessions(target: Target) -> Attack:
    """Ask for offices' pages with sessions that were altered, guessed, cut or swapped."""
    attack = Attack("Session cookies altered, guessed, cut or emptied")
    asked = [(path, session) for session in _tampered(target.sessions) for path in READ]

    def send(one: tuple[str, str]) -> Answer:
        return target.ask("GET", one[0], session=one[1])

    for (path, session), answer in zip(asked, target.together(send, asked), strict=True):
        attack.judge(answer.to_sign_in, f"GET {path} with {session[:12]}…: {answer.status}")
    return attack


def oversized(target: Target) -> Attack:
    """Send bodies, fields, headers and addresses larger than anybody needs."""
    attack = Attack("Oversized bodies, fields, headers and addresses")
    bureau, typed = "city_bureau", {"Content-Type": "application/x-www-form-urlencoded"}
    big = b"x=" + b"a" * (3 * 1024 * 1024)
    many = "&".join(f"f{number}=1" for number in range(5000)).encode()
    for path in ("/login/", "/cases/open/", "/import/", "/i18n/setlang/", "/plan/what-if/create/"):
        for body in (big, many):
            answer = target.ask("POST", path, reader=bureau, body=body, headers=typed)
            attack.judge(_is_refusal(answer), f"POST {path} of {len(body)} bytes: {answer.status}")
    for path in ("/import/", "/money/bank/take/", "/metering/take/", "/documents/templates/flat_notice.typ/"):
        body, kind = _multipart(b"a" * (MAX_UPLOAD_MB * 1024 * 1024 + 4096))
        answer = target.ask("POST", path, reader="heat_supplier", body=body, headers={"Content-Type": kind})
        attack.judge(_is_refusal(answer), f"upload to {path}: {answer.status}")
    for answer in _long_lines(target):
        attack.judge(answer < 500 and answer != 200, f"a line too long: {answer}")
    return attack


def foreign_hosts(target: Target) -> Attack:
    """Call the product by names that are not its own."""
    attack = Attack("Foreign host names in Host and X-Forwarded-Host")
    for path in ("/", "/login/", "/public/", "/work/", "/help/"):
        for host in (EVIL, f"127.0.0.1.{EVIL}", f"localhost@{EVIL}", "127.0.0.1:80:80", "[::1", "", "a b"):
            answer = target.ask("GET", path, headers={"Host": host})
            attack.judge(answer.status == 400, f"GET {path} of {host!r}: {answer.status}")
        for name in ("X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded"):
            answer = target.ask("GET", path, reader="city_bureau", headers={name: f"host={EVIL}"})
            attack.judge(EVIL not in answer.words + str(answer.headers), f"GET {path}, {name}: reflected")
    return attack


def open_redirects(target: Target) -> Attack:
    """Ask to be sent elsewhere by every door that sends somebody on."""
    attack = Attack("Redirects to foreign addresses")
    for where in ELSEWHERE:
        asked = quote(where, safe="%")
        form = {"next": where, "language": "en"}
        answers = [
            target.ask("GET", f"/login/?next={asked}", reader="city_bureau"),
            target.ask("POST", "/login/", form=form | {"username": "x", "password": "y"}),
            target.ask("POST", "/i18n/setlang/", form=form),
            target.ask("POST", "/i18n/setlang/", form={"language": "en"}, headers={"Referer": _plain(where)}),
            target.ask("POST", "/public/language/", form=form),
            target.ask("GET", f"/public/language/?next={asked}&language=en"),
            target.ask("POST", "/logout/", session="x" * 32, form=form),
            target.ask("GET", f"/{asked}"),
            target.ask("GET", f"//{EVIL}/%2e%2e"),
        ]
        for answer in answers:
            attack.judge(_stays(answer), f"{where}: {answer.status} {answer.headers.get('location')}")
    return attack


def traversal(target: Target) -> Attack:
    """Climb out of every folder files are handed out from."""
    attack = Attack("Path traversal at every download")
    asked = [
        (f"{folder}{path}", who) for folder in BELOW for path in UPWARDS for who in ("city_bureau", "public")
    ]

    def send(one: tuple[str, str]) -> Answer:
        return target.ask("GET", one[0], reader=one[1])

    for (path, _), answer in zip(asked, target.together(send, asked), strict=True):
        got = PASSWD in answer.body or b"SQLite format" in answer.body or answer.status == 200
        attack.judge(not got and answer.status < 500, f"GET {path}: {answer.status}")
    return attack


def injected_headers(target: Target) -> Attack:
    """Smuggle lines into headers by what the product writes back, and a request by a lie about its length."""
    attack = Attack("Header injection and request smuggling")
    line = "%0d%0aSet-Cookie:%20sessionid=stolen%0d%0aX-Fenhu:%20injected"
    for path in (f"/login/?next=/{line}", f"/{line}", f"/help/{line}/", f"/search/?q=A1{line}",
                 f"/public/data/{line}", f"/work/?next={line}", f"/buildings/{line}"):  # fmt: skip
        for reader in ("city_bureau", "public"):
            answer = target.ask("GET", path, reader=reader)
            held = "x-fenhu" not in answer.headers and "stolen" not in answer.headers.get("set-cookie", "")
            attack.judge(held and answer.status < 500, f"GET {path} as {reader}: {answer.status}")
    for status, told in _smuggled(target):
        attack.judge(b"HTTP/1.1 200" not in told, f"smuggled: {status}")
    return attack


EVERY = (tampered_sessions, oversized, foreign_hosts, open_redirects, traversal, injected_headers)


def _tampered(sessions: Mapping[str, str]) -> Iterator[str]:
    for session in {one for one in sessions.values() if one}:
        last = "a" if session[-1] != "a" else "b"
        yield session[:-1] + last
        yield session[:-1]
        yield session.upper()
        yield session[::-1]
        yield session + "a"
        yield f"{session}:{'a' * 27}"
    yield from (secrets.token_hex(16) for _ in range(20))
    yield from ("' OR 1=1 --", "../../sessions", "0" * 32, "a" * 4000, "%00", "null")


def _is_refusal(answer: Answer) -> bool:
    return answer is HUNG_UP or answer.status in REFUSED | {413, 422, 431} or answer.to_sign_in


def _stays(answer: Answer) -> bool:
    """Return whether a browser would stay with the product, and the server held."""
    to = answer.headers.get("location", "").replace("\\", "/")
    host = urlsplit(to).netloc
    return answer.status < 500 and not host and not to.startswith("//") and not urlsplit(to).scheme


def _plain(where: str) -> str:
    return where if where.isascii() and "\r" not in where else f"https://{EVIL}/"


def _multipart(content: bytes) -> tuple[bytes, str]:
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    return head + content + b"\r\n--cut--\r\n", "multipart/form-data; boundary=cut"


def _long_lines(target: Target) -> Iterable[int]:
    for request in (
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"a" * 2_000_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-Many: 1\r\n" * 5000 + b"\r\n",
    ):
        yield _status(_raw(target, request))


def _smuggled(target: Target) -> Iterator[tuple[int, bytes]]:
    """Yield what follows the first answer when a second request hides in the first one's body."""
    hidden = b"GET /journal/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    chunked = b"Transfer-Encoding: chunked\r\n"
    for head in (
        b"Content-Length: 5\r\n" + chunked, chunked + b"Content-Length: 5\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: -1\r\n", b"Content-Length : 5\r\n",
        b"Transfer-Encoding: xchunked\r\n", b"Transfer-Encoding:\x0bchunked\r\n",
    ):  # fmt: skip
        told = _raw(
            target, b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + head + b"\r\n0\r\n\r\n" + hidden
        )
        yield _status(told), told


def _raw(target: Target, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", target.port), timeout=2) as line:
        try:
            line.sendall(request)
            return b"".join(iter(lambda: line.recv(65536), b""))
        except OSError:
            return b""


def _status(told: bytes) -> int:
    words = told.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
