"""Settings come from the environment, all of them are documented, and the defaults are the safe ones."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from environs import EnvError

from fenhu.web import environment, secret
from fenhu.wording import speaking

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "operators" / "settings.md"
NAME = re.compile(r"(FENHU_[A-Z_]+|DATABASE_URL)")


def test_the_operators_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == environment.settings_page()


def names_read_in(path):
    """Every whole string in a module that looks like a variable's name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in strings if isinstance(value, str) and NAME.fullmatch(value)}


def test_every_variable_the_program_reads_is_documented():
    read = {name for path in (ROOT / "src" / "fenhu").rglob("*.py") for name in names_read_in(path)}
    assert read == {variable.name for variable in environment.VARIABLES}


def test_only_one_module_of_the_web_product_reads_the_environment():
    for path in (ROOT / "src" / "fenhu" / "web").rglob("*.py"):
        words = path.read_text(encoding="utf-8")
        if path.name not in ("environment.py", "serving.py", "wsgi.py"):
            assert "os.environ" not in words, path
            assert "getenv" not in words, path


def settings_with(tmp_path, expression, **environ):
    """Evaluate ``expression`` on the settings as a fresh process loads them."""
    kept = {name: value for name, value in os.environ.items() if not NAME.fullmatch(name)}
    program = f"from fenhu.web import settings; print(({expression}))"
    done = subprocess.run(
        [sys.executable, "-c", program], env=kept | {"FENHU_DATA_DIR": str(tmp_path)} | environ, text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_without_any_variable_the_defaults_are_safe(tmp_path):
    expression = "settings.DEBUG, settings.DEMO, settings.BIND, '*' in settings.ALLOWED_HOSTS"
    assert settings_with(tmp_path, expression) == "(False, False, '127.0.0.1', False)"


def test_over_https_cookies_are_secure_and_browsers_told(tmp_path):
    expression = (
        "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0"
    )
    assert settings_with(tmp_path, expression, FENHU_HTTPS="1") == "(True, True, True)"


def test_over_https_cookies_are_bound_to_this_host_alone(tmp_path):
    expression = "settings.SESSION_COOKIE_NAME[:7], settings.CSRF_COOKIE_NAME[:7]"
    assert settings_with(tmp_path, expression, FENHU_HTTPS="1") == "('__Host-', '__Host-')"


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")
    (tmp_path / "before").write_text("one,two\n", encoding="utf-8")
    files = {f"FENHU_SECRET_KEY{more}_FILE": str(tmp_path / name)
             for more, name in (("", "key"), ("_FALLBACKS", "before"))}  # fmt: skip
    found = settings_with(tmp_path, "settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS", **files)
    assert found == "('from a file', ['one', 'two'])"


def test_a_secrets_file_that_is_missing_stops_the_start_and_names_it(tmp_path):
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        settings_with(tmp_path, "1", FENHU_SECRET_KEY_FILE=str(tmp_path / "nowhere"))
    assert "nowhere" in stopped.value.stderr


def test_a_setting_that_is_none_of_its_choices_stops_the_start(tmp_path):
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        settings_with(tmp_path, "1", FENHU_SECOND_FACTOR="maybe")
    assert "off, offered, required" in stopped.value.stderr


@pytest.mark.parametrize(("name", "value", "expected"), [
    ("FENHU_LOG", "xml", "one of text, json"),
    ("FENHU_WORKERS", "-1", "0 or more"),
    ("FENHU_MAX_UPLOAD_MB", "0", "1 or more"),
    ("FENHU_SERVERS", "many", "a whole number"),
    ("FENHU_TODAY", "later", "a day like 2011-04-11"),
    ("FENHU_DEBUG", "perhaps", "1 or 0"),
])  # fmt: skip
def test_a_setting_out_of_range_is_named_with_what_it_should_be(monkeypatch, name, value, expected):
    monkeypatch.setenv(name, value)
    with pytest.raises(EnvError) as refused:
        environment.read(name)
    with speaking("en"):
        assert str(refused.value) == f"{name} is “{value}”; it should be {expected}"


def test_a_setting_that_is_wrong_is_told_in_chinese_with_the_page_that_lists_them_all(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not NAME.fullmatch(name)}
    program = "from fenhu.cli import main; raise SystemExit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "manage", "settings_page"],
        env=kept | {"FENHU_DATA_DIR": str(tmp_path), "FENHU_WORKERS": "many"}, text=True, capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "FENHU_WORKERS 为“many”，应为：整数。" in done.stderr
    assert done.stderr.strip().endswith("docs/operators/settings.md")


def test_sqlite_survives_concurrent_writers_by_its_options(tmp_path):
    expression = "settings.DATABASES['default']['OPTIONS']['transaction_mode']"
    assert settings_with(tmp_path, expression) == "IMMEDIATE"


def test_a_database_url_chooses_postgresql(tmp_path):
    expression = "settings.DATABASES['default']['ENGINE']"
    url = "postgres://fenhu:secret@db.example/fenhu"
    assert settings_with(tmp_path, expression, DATABASE_URL=url) == "django.db.backends.postgresql"


def test_fenhu_manage_check_for_deployment_is_clean(tmp_path):
    environ = os.environ | {
        "FENHU_DATA_DIR": str(tmp_path), "FENHU_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "fenhu.web.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", "from fenhu.cli import main; main()", "manage", "check", "--deploy",
         "--fail-level", "WARNING"], env=environ, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = secret.kept_in(path)
    assert len(key) >= 50
    assert secret.kept_in(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    program = (
        "import sys, pathlib; from fenhu.web.secret import kept_in; print(kept_in(pathlib.Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "secret_key")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate()[0] for process in started}) == 1


@pytest.mark.parametrize("variable", environment.VARIABLES, ids=lambda variable: variable.name)
def test_every_variable_says_what_it_does(variable):
    assert len(variable.meaning) > 20
    assert "|" not in variable.meaning


def test_a_new_data_folder_is_its_owners_alone_and_one_that_is_there_stays_as_it_is(tmp_path):
    new, known = tmp_path / "new", tmp_path / "known"
    known.mkdir()
    known.chmod(0o750)
    for folder in (new, known):
        secret.kept_in(folder / "secret_key")
    assert (new.stat().st_mode & 0o777, known.stat().st_mode & 0o777) == (0o700, 0o750)
