"""Production starts with everything it needs or not at all, and says everything that is missing at once."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_app.data.crypto import load_keyring, new_environment
from cchc_app.deployment import Flaw, problems
from cchc_app.settings import Settings
from cchc_app.texts import server as texts
from tests.live_site import ROOT, free_port

COMPLETE = {
    "env": "production",
    "public_url": "https://hoithi.example.vn",
    "database_url": "postgresql+psycopg://cchc@db/cchc",
    **{name.removeprefix("CCHC_").lower(): value for name, value in new_environment().items()},
}


def found(**changes: object) -> list[tuple[str, Flaw]]:
    return [(one.variable, one.flaw) for one in problems(Settings(**{**COMPLETE, **changes}))]


def test_a_complete_deployment_has_no_problem() -> None:
    assert found() == []


def test_a_bare_one_is_told_everything_at_once() -> None:
    assert [(one.variable, one.flaw) for one in problems(Settings(env="production"))] == [
        ("CCHC_PUBLIC_URL", Flaw.MISSING),
        ("CCHC_DATABASE_URL", Flaw.MISSING),
        ("CCHC_ENCRYPTION_KEYS", Flaw.MISSING),
        ("CCHC_INDEX_KEY", Flaw.MISSING),
        ("CCHC_PEPPER", Flaw.MISSING),
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"public_url": "http://hoithi.example.vn"}, ("CCHC_PUBLIC_URL", Flaw.NOT_HTTPS)),
        ({"public_url": "https://localhost"}, ("CCHC_PUBLIC_URL", Flaw.NOT_HTTPS)),
        ({"trusted_proxies": "10.0.0.1/8"}, ("CCHC_TRUSTED_PROXIES", Flaw.NOT_A_NETWORK)),
        ({"trusted_proxies": "proxy"}, ("CCHC_TRUSTED_PROXIES", Flaw.NOT_A_NETWORK)),
        ({"encryption_keys": "secret"}, ("CCHC_ENCRYPTION_KEYS", Flaw.NOT_A_KEY)),
        ({"encryption_keys": f"{COMPLETE['encryption_keys']},"}, ("CCHC_ENCRYPTION_KEYS", Flaw.NOT_A_KEY)),
        ({"index_key": "changeme"}, ("CCHC_INDEX_KEY", Flaw.TOO_SHORT)),
        ({"pepper": COMPLETE["index_key"]}, ("CCHC_PEPPER", Flaw.REPEATED)),
        ({"pepper": ""}, ("CCHC_PEPPER", Flaw.MISSING)),
        ({"workers": 2}, ("CCHC_REDIS_URL", Flaw.NEEDED_BY_WORKERS)),
        ({"workers": 0}, ("CCHC_WORKERS", Flaw.NOT_POSITIVE)),
        ({"retention_days": 0}, ("CCHC_RETENTION_DAYS", Flaw.NOT_POSITIVE)),
        ({"metrics_token": "short"}, ("CCHC_METRICS_TOKEN", Flaw.TOO_SHORT)),
        ({"vneid_private_key_file": "/nowhere"}, ("CCHC_VNEID_PRIVATE_KEY_FILE", Flaw.NOT_A_KEY)),
        ({"session_idle_hours": -1}, ("CCHC_SESSION_IDLE_HOURS", Flaw.NOT_POSITIVE)),
    ],
)
def test_each_flaw(changes: dict[str, object], expected: tuple[str, Flaw]) -> None:
    assert found(**changes) == [expected]


def test_a_chosen_vneid_profile_is_whole_or_production_does_not_start() -> None:
    client = {"vneid_client_id": "cchc", "vneid_client_secret": "secret"}
    assert found(vneid_profile="oidc") == [
        ("CCHC_VNEID_ISSUER", Flaw.MISSING),
        ("CCHC_VNEID_CLIENT_ID", Flaw.MISSING),
        ("CCHC_VNEID_CLIENT_SECRET", Flaw.MISSING),
    ]
    assert found(vneid_profile="oidc", vneid_issuer="http://id.example.vn", **client) == [
        ("CCHC_VNEID_ISSUER", Flaw.NOT_HTTPS)
    ]
    assert found(vneid_profile="oidc", vneid_issuer="https://id.example.vn", **client) == []
    assert found(vneid_profile="") == []


def test_development_needs_nothing_but_never_half_of_the_keys() -> None:
    assert problems(Settings()) == ()
    keys = {name: str(COMPLETE[name]) for name in ("encryption_keys", "index_key")}
    assert [one.variable for one in problems(Settings(**keys))] == ["CCHC_PEPPER"]


def test_fresh_keys_make_a_keyring_and_are_never_the_same() -> None:
    ring = load_keyring(Settings(**COMPLETE))
    assert ring.decrypt(ring.encrypt("031085012345")) == "031085012345"
    first, second = new_environment(), new_environment()
    assert first.keys() == second.keys()
    assert not set(first.values()) & set(second.values())


@pytest.fixture
def cchc(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs one command in production."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {"CCHC_ENV": "production", "CCHC_DATA_DIR": str(tmp_path), "CCHC_PORT": str(free_port())}
        command = [sys.executable, "-m", "cchc_app.cli", *arguments]
        env = {**os.environ, **own, **environment}
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.mark.parametrize("command", ["serve", "init", "migrate", "rotate-keys", "retention"])
def test_production_refuses_with_one_list(cchc: Callable, command: str, tmp_path: Path) -> None:
    done = cchc(command)
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert (lines[0], lines[-1]) == (texts.SETTINGS_WRONG, texts.SETTINGS_NEXT)
    named = [line.split(":")[0].strip() for line in lines[1:-1]]
    assert named == ["CCHC_PUBLIC_URL", "CCHC_DATABASE_URL", "CCHC_ENCRYPTION_KEYS", "CCHC_INDEX_KEY", "CCHC_PEPPER"]
    assert list(tmp_path.iterdir()) == []  # no keys were made up, no database


def test_secrets_that_are_wrong_are_not_printed(cchc: Callable) -> None:
    done = cchc("serve", CCHC_PEPPER="very-secret-pepper", CCHC_ENCRYPTION_KEYS="very-secret-key")
    assert done.returncode == 1
    assert "very-secret" not in done.stdout + done.stderr


def test_printed_keys_let_production_start_its_work(cchc: Callable, tmp_path: Path) -> None:
    printed = dict(line.split("=", 1) for line in cchc("new-keys").stdout.split())
    url = f"sqlite:///{tmp_path / 'cchc.sqlite3'}"
    done = cchc("migrate", CCHC_PUBLIC_URL="https://hoithi.example.vn", CCHC_DATABASE_URL=url, **printed)
    assert (done.returncode, done.stderr) == (0, "")
