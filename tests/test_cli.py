"""The `cchc` command: what it says, what it leaves behind, how it fails."""

import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import col, select
from typer import Typer
from typer.testing import CliRunner

import cchc_app.cli
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import Database, get_database
from cchc_app.data.migrations import SchemaState, schema_state
from cchc_app.data.tables import AuditEntry, Contest, Participant, StaffInvitation, Unit
from cchc_app.settings import get_settings
from cchc_app.texts import cli as texts
from cchc_app.texts import message
from cchc_app.texts import roster as roster_texts
from tests.factories import every_row

ROOT = Path(__file__).parents[1]
UNREACHABLE = "postgresql+psycopg://cchc:very-secret@127.0.0.1:1/cchc"
DEMO_TITLE = "Hội thi trực tuyến tìm hiểu công tác cải cách hành chính thành phố Hải Phòng (bản trình diễn)"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A deployment of its own for every test."""
    monkeypatch.setenv("CCHC_DATA_DIR", str(tmp_path / "var"))
    forget()
    yield
    if get_database.cache_info().currsize:
        get_database().dispose()
    forget()


def forget() -> None:
    get_settings.cache_clear()
    get_database.cache_clear()


@pytest.fixture
def deployed(db: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The command works on the test's database, SQLite or PostgreSQL."""
    monkeypatch.setenv("CCHC_DATABASE_URL", db.url)
    forget()
    return db


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cchc_app.cli.app, arguments)


def said(result: Any) -> tuple[int, str]:
    return result.exit_code, result.output.strip()


def test_the_script_is_the_command() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["scripts"]["cchc"] == "cchc_app.cli:app"
    assert isinstance(cchc_app.cli.app, Typer)


def test_init_migrates_seeds_and_says_so() -> None:
    code, output = said(run("init"))
    head = f"Đã lập hội thi “{DEMO_TITLE}”: 164 đơn vị, 178 câu hỏi, 220 người dự thi giả lập với "
    found = re.fullmatch(rf"{re.escape(head)}(\d+) bài làm\.\n{re.escape(texts.BANK_NOTE)}", output)
    assert code == 0
    assert found is not None
    assert int(found[1]) in range(220, 281)  # week 2 may have opened a minute ago
    assert schema_state(get_database()) is SchemaState.CURRENT
    assert said(run("init")) == (0, f"Hội thi “{DEMO_TITLE}” đã có sẵn, không thay đổi gì.")


def test_demo_comes_goes_and_stays_away(deployed: Database) -> None:
    assert run("init", "--preset", "demo").exit_code == 0
    result = run("demo", "clear")
    assert (result.exit_code, result.output.startswith("Đã xóa 220 người dự thi giả lập và ")) == (0, True)
    assert said(run("demo", "clear")) == (0, texts.NOTHING_TO_CLEAR)
    assert run("init", "--preset", "demo").exit_code == 0
    with deployed.read() as session:
        assert session.exec(select(Participant)).all() == []
        assert session.exec(select(Contest.slug)).all() == ["demo"]


def test_the_real_contest_has_nobody_in_it_and_is_not_overlaid(deployed: Database) -> None:
    result = run("init", "--preset", "hai-phong-2025")
    assert result.exit_code == 0
    assert result.output.endswith(f"164 đơn vị, 178 câu hỏi.\n{texts.BANK_NOTE}\n")
    before = every_row(deployed)
    code, output = said(run("init", "--preset", "demo"))
    assert (code, output.startswith("Cơ sở dữ liệu đã có hội thi “Hội thi trực tuyến")) == (1, True)
    assert run("init").exit_code == 0
    assert every_row(deployed) == before


def test_an_unknown_preset_is_answered_with_the_known_ones(deployed: Database) -> None:
    expected = "Không có bộ dữ liệu “../hue”. Các bộ hiện có: demo, hai-phong-2025."
    assert said(run("init", "--preset", "../hue")) == (1, expected)
    with deployed.read() as session:
        assert session.exec(select(Contest)).all() == []


@pytest.mark.parametrize("command", [("init",), ("migrate",), ("demo", "clear")], ids=" ".join)
def test_a_newer_database_is_left_alone(deployed: Database, command: tuple[str, ...]) -> None:
    with deployed.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert said(run(*command)) == (1, message(ErrorCode.DATABASE_NEWER))
    with deployed.read() as session:
        assert session.exec(select(Contest)).all() == []


def test_migrate_builds_the_schema_and_nothing_else() -> None:
    assert said(run("migrate")) == (0, texts.MIGRATED)
    assert said(run("migrate")) == (0, texts.MIGRATED)
    rows = every_row(get_database())
    assert {name for name, found in rows.items() if found} == set()


def test_clearing_asks_for_the_schema_first() -> None:
    assert said(run("demo", "clear")) == (1, texts.DATABASE_BEHIND)


def test_a_server_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_DATABASE_URL", UNREACHABLE)
    forget()
    code, output = said(run("init"))
    assert (code, output.startswith("Không kết nối được cơ sở dữ liệu (")) == (1, True)
    assert "127.0.0.1:1" in output
    assert "very-secret" not in output
    assert "\n" not in output


def test_an_address_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_DATABASE_URL", "nonsense")
    forget()
    assert said(run("init")) == (1, texts.DATABASE_URL)


def test_a_place_that_cannot_be_written_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for place in (tmp_path / "file" / "var", Path("/proc/cchc")):
        monkeypatch.setenv("CCHC_DATA_DIR", str(place))
        forget()
        code, output = said(run("init"))
        assert (code, output.startswith(f"Không ghi được vào nơi chứa dữ liệu (sqlite:///{place}")) == (1, True)
        assert "\n" not in output


def test_a_database_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "var" / "cchc.sqlite3").mkdir(parents=True)
    code, output = said(run("init"))
    assert (code, output.startswith("Không ghi được vào nơi chứa dữ liệu")) == (1, True)


def test_a_full_disk() -> None:
    run("migrate")
    db = get_database()
    db.dispose()

    @event.listens_for(db.engine, "connect")
    def _limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=60")  # SQLite's own way of being out of space

    assert said(run("init")) == (1, texts.TROUBLES["disk_full"])
    with db.read() as session:
        assert session.exec(select(Contest)).all() == []


def test_a_failure_ends_the_real_process_without_a_traceback(tmp_path: Path) -> None:
    environment = os.environ | {"CCHC_DATABASE_URL": UNREACHABLE}
    done = subprocess.run(
        [sys.executable, "-c", "from cchc_app.cli import app; app()", "init"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Không kết nối được cơ sở dữ liệu")
    assert "Traceback" not in done.stderr


def test_a_roster_is_imported_whole_or_with_its_problems(tmp_path: Path) -> None:
    run("init")
    path = tmp_path / "roster.csv"
    unit = Database(get_settings().resolved_database_url)
    with unit.read() as session:
        code = session.exec(select(Unit.code).order_by(col(Unit.position))).first() or ""
    unit.dispose()
    path.write_text("Số CCCD,Họ và tên,Ngày sinh\n31085012345,Nguyễn Văn An,05/09/1985\n", "utf-8")
    failed, words = said(run("roster", "import", "--unit", code, str(path)))
    assert failed == 1
    assert words.splitlines()[1:] == [f"  Dòng 2: {roster_texts.LOST_ZERO.format(value='031085012345')}"]
    restored = said(run("roster", "import", "--unit", code, "--restore-zeros", str(path)))
    assert restored == (0, f"Danh sách của {code} nay có 1 người (trước đó 0).")
    assert said(run("roster", "import", "--unit", "nowhere", str(path))) == (1, message(ErrorCode.UNIT_UNKNOWN))
    missing = said(run("roster", "import", "--unit", code, str(tmp_path / "none.xlsx")))
    assert missing == (1, f"{roster_texts.WRONG}\n  Cả tệp: {roster_texts.FLAWS['unreadable']}")


def test_creating_an_administrator_prints_a_link_once(deployed: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_PUBLIC_URL", "https://hoithi.example.vn")
    forget()
    code, output = said(run("create-admin"))
    found = re.search(r"https://hoithi\.example\.vn/quan-tri/loi-moi/([\w-]{43})$", output)
    assert (code, found is not None) == (0, True)
    with deployed.read() as session:
        invitation = session.exec(select(StaffInvitation)).one()
        assert session.exec(select(AuditEntry.actor)).all() == ["cchc"]
    assert invitation.role == "administrator"
    assert found is not None and found[1] not in repr(invitation)


def test_creating_an_administrator_asks_for_the_schema_first() -> None:
    assert said(run("create-admin")) == (1, texts.DATABASE_BEHIND)


def test_the_audit_log_is_checked(deployed: Database) -> None:
    for _ in range(3):
        run("create-admin")
    code, output = said(run("verify-audit"))
    found = re.fullmatch(r"Nhật ký nguyên vẹn: 3 dòng\. Dòng cuối: (3:[0-9a-f]{64})", output)
    assert (code, found is not None) == (0, True)
    assert found is not None
    run("create-admin")
    assert run("verify-audit", "--noted", found[1]).exit_code == 0
    code, output = said(run("verify-audit", "--noted", f"2:{found[1][2:]}"))
    assert (code, "dòng 2: không còn đúng như dòng đã ghi lại" in output) == (1, True)
    with deployed.connection() as connection:
        connection.execute(text("DELETE FROM audit_head"))
    code, output = said(run("verify-audit"))
    assert (code, "dòng 4: dấu kết thúc nhật ký không khớp" in output) == (1, True)


@pytest.mark.parametrize("noted", ["x", "3", ":abc", "9" * 40 + ":abc", "-1:abc"])
def test_an_end_that_is_none(deployed: Database, noted: str) -> None:
    assert said(run("verify-audit", "--noted", noted)) == (1, texts.NOTED_WRONG)


def test_a_units_code_is_printed_with_its_page(deployed: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_PUBLIC_URL", "https://hoithi.example.vn")
    forget()
    run("init", "--preset", "demo")
    code, output = said(run("unit-code", "10507"))
    found = re.search(r"10507: ([\w-]{14})\n.*\nhttps://hoithi\.example\.vn/khau-hieu/ma#([\w-]{14})$", output)
    assert (code, found is not None) == (0, True)
    assert found is not None and found[1] == found[2]
    assert said(run("unit-code", "none")) == (1, message(ErrorCode.UNIT_UNKNOWN))
    with deployed.read() as session:
        assert session.exec(select(AuditEntry.actor, AuditEntry.action)).all() == [("cchc", "unit_code_made")]
