"""Every setting an operator can make: one row a variable, read here and nowhere else.

``docs/operators/settings.md`` is written from this table by ``fenhu manage settings_page``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environs import Env, EnvError

from fenhu.errors import reason_of
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: how it is read, what it is when absent, and what it does."""

    name: str
    kind: str
    default: Any
    meaning: str
    choices: tuple[str, ...] = ()
    least: int = 0
    secret: bool = False


VARIABLES = (
    Variable("FENHU_DATA_DIR", "path", Path("var"), "Folder of database, uploads, secret key, vendored JS."),
    Variable("DATABASE_URL", "str", "", "postgres://user:password@host/name; empty: SQLite.", secret=True),
    Variable("FENHU_SECRET_KEY", "str", "", "Signs and seals; empty: made once, kept in the data folder.",
             secret=True),
    Variable("FENHU_SECRET_KEY_FALLBACKS", "list", [], "Keys before this one: what they signed still counts.",
             secret=True),
    Variable("FENHU_DEBUG", "bool", False, "Show tracebacks in the browser. Never in production."),
    Variable("FENHU_HOSTS", "list", ["localhost", "127.0.0.1", "[::1]"], "Host names it answers to."),
    Variable("FENHU_BIND", "str", "127.0.0.1", "Address serve listens on; 0.0.0.0 for every network."),
    Variable("FENHU_ORIGINS", "list", [], "Origins trusted behind a proxy: https://fenhu.example.cn"),
    Variable("FENHU_PROXIES", "list", [], "Proxies whose X-Forwarded-For counts: 127.0.0.1,10.0.0.0/24"),
    Variable("FENHU_HTTPS", "bool", False, "Served over HTTPS: secure cookies, redirect, HSTS."),
    Variable("FENHU_POLICY", "str", "fuxin-2010", "Policy in force: a packaged name or the path of a file."),
    Variable("FENHU_TODAY", "date", None, "The product's date instead of today's; the demo's is 2011-04-11."),
    Variable("FENHU_DEMO", "bool", False, "Allow the demo logins and show them at start."),
    Variable("FENHU_LANG", "str", "zh", "Language of the commands: zh or en; pages follow the browser."),
    Variable("FENHU_MAX_UPLOAD_MB", "int", 100, "Largest file that may be uploaded.", least=1),
    Variable("FENHU_API_PER_MINUTE", "int", 600, "Calls a minute that one API token may make.", least=1),
    Variable("FENHU_WEBHOOK_HOSTS", "list", [], "Own hosts that webhooks may reach, by http, too."),
    Variable("FENHU_HELPDESK", "str", "", "Who helps, shown where something is refused: name and telephone."),
    Variable("FENHU_EMAIL_URL", "str", "", "Mail server: smtp+tls://user:password@host:587; empty: console.",
             secret=True),
    Variable("FENHU_EMAIL_FROM", "str", "fenhu@localhost", "Address that reminders are sent from."),
    Variable("FENHU_ADDRESS", "str", "http://127.0.0.1:8000", "Where people reach it; stands in reminders."),
    Variable("FENHU_HOTLINE", "str", "", "Telephone the public portal gives where nobody else is named."),
    Variable("FENHU_DATA_LICENCE", "str", "", "Licence of the open data in the city's words; empty: none."),
    Variable("FENHU_TILES_URL", "str", "", "Street map: https://host/{z}/{x}/{y}.png; empty: none."),
    Variable("FENHU_TILES_ATTRIBUTION", "str", "", "Whose tiles they are, as their owner wants it said."),
    Variable("FENHU_SECOND_FACTOR", "str", "offered", "Of offices' people: off, offered or required.",
             choices=("off", "offered", "required")),
    Variable("FENHU_SSO_ISSUER", "str", "", "OpenID Connect provider's address; empty: passwords alone."),
    Variable("FENHU_SSO_CLIENT", "str", "", "What the provider knows this product by (client id)."),
    Variable("FENHU_SSO_SECRET", "str", "", "What proves it to the provider (client secret).", secret=True),
    Variable("FENHU_SSO_NAME", "str", "SSO", "What the button on the sign-in page calls the provider."),
    Variable("FENHU_RETENTION", "path", None, "The city's rules of how long people's data are kept; TOML."),
    Variable("FENHU_WORKERS", "int", 1, "Workers that serve starts for long work; 0: fenhu worker."),
    Variable("FENHU_SERVERS", "int", 0, "Processes that answer pages; 0: SQLite 1, else one a core, to 4."),
    Variable("FENHU_RECENT_S", "int", 300, "Most seconds that pages show sums over the register again."),
    Variable("FENHU_LOG", "str", "text", "Form of the log's lines: text for people, json for programs.",
             choices=("text", "json")),
    Variable("FENHU_METRICS_TOKEN", "str", "", "Opens /metrics to who sends it as Bearer; empty: closed.",
             secret=True),
    Variable("FENHU_DISK_MIN_MB", "int", 512, "Room the data folder needs to be ready: /healthz/ready."),
)  # fmt: skip
# The first of the sockets that are handed over, by systemd's convention (sd_listen_fds).
HANDED = 3
# Text, paths and lists can be read whatever they are.
_EXPECTED: Mapping[str, Text] = {
    "int": text("a whole number"), "bool": text("1 or 0"), "date": text("a day like 2011-04-11"),
}  # fmt: skip
_BY_NAME = {variable.name: variable for variable in VARIABLES}
_env = Env()


def read(name: str) -> Any:
    """Return the value of a variable of the table, its default where the environment says nothing.

    Raises
    ------
    environs.EnvError
        If the value cannot be read as the variable's kind, is none of its choices, or below its least.
    """
    variable = _BY_NAME[name]
    file = os.environ.get(f"{name}_FILE", "") if variable.secret else ""
    if file:
        held = _in_file(name, Path(file))
        return held.split(",") if variable.kind == "list" else held
    try:
        value = getattr(_env, variable.kind)(variable.name, default=variable.default)
    except EnvError as fault:
        raise _unfit(name, os.environ[name], _EXPECTED[variable.kind]) from fault
    if variable.choices and value not in variable.choices:
        raise _unfit(name, value, text("one of {choices}", choices=", ".join(variable.choices)))
    if variable.kind == "int" and value < variable.least:
        raise _unfit(name, value, text("{least} or more", least=variable.least))
    return value


def _unfit(name: str, value: object, expected: Text) -> EnvError:
    return EnvError(text("{name} is “{value}”; it should be {expected}", name=name, value=value,
                         expected=expected))  # fmt: skip


def _in_file(name: str, path: Path) -> str:
    """Return a secret that stands in a file, as systemd and containers hand them over."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise EnvError(text(
            "{name}: {path} cannot be read ({reason})", name=f"{name}_FILE", path=path,
            reason=reason_of(fault),
        )) from fault  # fmt: skip


def given_socket() -> int | None:
    """Return the socket that systemd or an earlier process handed on; children are not told of it."""
    process, count = (os.environ.pop(name, "") for name in ("LISTEN_PID", "LISTEN_FDS"))
    os.environ.pop("LISTEN_FDNAMES", None)
    return HANDED if process == str(os.getpid()) and count == "1" else None


def with_socket(number: int) -> dict[str, str]:
    """Return this process's environment for the program that takes its place and its socket."""
    os.dup2(number, HANDED)
    os.set_inheritable(HANDED, True)  # where it had this number already
    return for_child(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")


def metrics_folder() -> str:
    """Return the folder several processes of one server count requests in, empty where one counts alone."""
    return os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")


def for_child(**more: str) -> dict[str, str]:
    """Return the environment of this process with more variables, for a process it starts."""
    return os.environ | more


def settings_page() -> str:
    """Return the operators' page of all settings as Markdown."""
    lines = [
        "# Settings",
        "",
        "Every setting is an environment variable, read once at start. This page is written by",
        "`fenhu manage settings_page`; a test fails when it is stale.",
        "",
        "A secret need not stand in the environment: "
        + ", ".join(f"`{variable.name}_FILE`" for variable in VARIABLES if variable.secret)
        + " name",
        "files to read it from.",
        "",
        "| variable | kind | default | what it does |",
        "|---|---|---|---|",
    ]
    for variable in VARIABLES:
        default = ",".join(variable.default) if isinstance(variable.default, list) else variable.default
        shown = f"`{default}`" if default not in ("", None) else ""
        lines.append(f"| `{variable.name}` | {variable.kind} | {shown} | {variable.meaning} |")
    return "\n".join(lines) + "\n"
