"""The audit log: nothing in it can be changed, and what was changed all the same is found."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, func, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data import audit
from cchc_app.data.audit import LogEnd
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry
from cchc_app.services.audit_log import LogFlaw, log_file, read_log, verify_log
from cchc_app.texts.formats import local
from tests.factories import NOW, make_contest
from tests.staff import make_staff

CHANGES = [
    "UPDATE audit_entry SET actor = 'somebody'",
    "UPDATE audit_entry SET hash = '' WHERE seq = 3",
    "DELETE FROM audit_entry WHERE seq = 3",
]


def write(db: Database, count: int) -> None:
    for n in range(count):
        with db.write() as session:
            audit.append(
                session,
                at=NOW + timedelta(milliseconds=n),
                actor=f"nguoi.{n % 3}",
                action=Action.ROLE_CHANGED,
                subject=f"staff:{n}",
                before={"role": "judge", "n": n},
                after={"role": "auditor"},
            )


def break_in(db: Database, *statements: str) -> None:
    """As somebody who may drop triggers."""
    with db.connection() as connection:
        if db.dialect == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_entry_no_{verb}"))
        else:
            connection.execute(text("DROP TRIGGER audit_entry_sealed ON audit_entry"))
        for statement in statements:
            connection.execute(text(statement))


def flaws(db: Database, noted: LogEnd | None = None) -> set[tuple[int, LogFlaw]]:
    return {(problem.seq, problem.flaw) for problem in verify_log(db, noted=noted).problems}


@pytest.mark.parametrize("statement", CHANGES)
def test_rows_cannot_be_changed_nor_deleted(db: Database, statement: str) -> None:
    write(db, 5)
    with pytest.raises(DBAPIError), db.connection() as connection:
        connection.execute(text(statement))
    assert verify_log(db).count == 5


def test_a_whole_table_cannot_be_emptied(db: Database) -> None:
    write(db, 2)
    statement = "TRUNCATE audit_entry" if db.dialect == "postgresql" else "DELETE FROM audit_entry"
    with pytest.raises(DBAPIError), db.connection() as connection:
        connection.execute(text(statement))
    assert verify_log(db).count == 2


def test_an_untouched_log_is_sound(db: Database) -> None:
    assert (verify_log(db).count, flaws(db)) == (0, set())
    write(db, 7)
    verdict = verify_log(db)
    assert (verdict.count, verdict.end.seq, verdict.problems) == (7, 7, ())
    assert flaws(db, noted=verdict.end) == set()


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'somebody'",
        "action = 'staff_disabled'",
        "subject = 'staff:99'",
        "before = '{}'",
        'after = \'{"role":"administrator"}\'',
        "at = at + 1",
    ],
)
def test_every_changed_field_is_found(db: Database, change: str) -> None:
    write(db, 7)
    break_in(db, f"UPDATE audit_entry SET {change} WHERE seq = 4")
    assert flaws(db) == {(4, LogFlaw.CHANGED)}


def test_a_removed_row_is_found(db: Database) -> None:
    write(db, 7)
    break_in(db, "DELETE FROM audit_entry WHERE seq = 4")
    assert flaws(db) == {(5, LogFlaw.MISSING)}


def test_a_removed_row_with_the_gap_closed_is_found(db: Database) -> None:
    write(db, 7)
    break_in(
        db,
        "DELETE FROM audit_entry WHERE seq = 7",
        "UPDATE audit_entry SET seq = 17 WHERE seq = 3",
        "UPDATE audit_entry SET seq = 3 WHERE seq = 4",
        "UPDATE audit_entry SET seq = 4 WHERE seq = 17",
    )
    found = flaws(db)
    assert {(3, LogFlaw.CHANGED), (4, LogFlaw.CHANGED), (7, LogFlaw.CUT)} <= found


def test_the_first_row_removed_is_found(db: Database) -> None:
    write(db, 3)
    break_in(db, "DELETE FROM audit_entry WHERE seq = 1")
    assert flaws(db) == {(2, LogFlaw.MISSING)}


def test_a_cut_tail_is_found(db: Database) -> None:
    write(db, 7)
    break_in(db, "DELETE FROM audit_entry WHERE seq > 5")
    assert flaws(db) == {(7, LogFlaw.CUT)}


def test_an_emptied_log_is_found(db: Database) -> None:
    write(db, 3)
    break_in(db, "DELETE FROM audit_entry")
    assert flaws(db) == {(3, LogFlaw.CUT)}


@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_head", "UPDATE audit_head SET hash = 'x'", "UPDATE audit_head SET seq = 5"]
)
def test_a_tampered_end_is_found(db: Database, statement: str) -> None:
    write(db, 7)
    break_in(db, statement)
    assert flaws(db) == {(7, LogFlaw.END_WRONG)}


def test_a_log_put_back_whole_is_found_by_what_was_noted(db: Database) -> None:
    write(db, 7)
    noted = verify_log(db).end
    with db.read() as session:
        fifth = session.exec(select(AuditEntry.hash).where(AuditEntry.seq == 5)).one()
    break_in(db, "DELETE FROM audit_entry WHERE seq > 5", f"UPDATE audit_head SET seq = 5, hash = '{fifth}'")
    assert flaws(db) == set()
    assert flaws(db, noted=noted) == {(7, LogFlaw.NOT_AS_NOTED)}


def test_without_the_key_nobody_can_seal_a_row(db: Database) -> None:
    """A plain hash of the fields, which anybody could compute, is not the seal."""
    write(db, 2)
    with db.read() as session:
        hashes = session.exec(select(AuditEntry.hash)).all()
        assert [audit.seal(entry) for entry in audit.entries(session)] == list(hashes)
    assert len({len(hashed) for hashed in hashes}) == 1


def test_many_at_once_make_one_chain(db: Database) -> None:
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: write(db, 5), range(10)))
    assert (verify_log(db).count, flaws(db)) == (50, set())


def test_what_is_rolled_back_leaves_no_entry(db: Database) -> None:
    write(db, 1)
    with pytest.raises(RuntimeError), db.write() as session:
        audit.append(session, at=NOW, actor="a", action=Action.INVITED, subject="x")
        raise RuntimeError
    write(db, 1)
    assert (verify_log(db).count, flaws(db)) == (2, set())


@pytest.mark.parametrize(
    ("search", "found"), [("nguoi.1", 20), ("staff:7", 1), ("judge", 60), ("khong-co", 0), ("100%", 0), ("\x00", 60)]
)
def test_reading_searching_and_paging(db: Database, search: str, found: int) -> None:
    write(db, 60)
    auditor = make_staff(db, Role.AUDITOR)
    first = read_log(db, actor=auditor.username, asked={"tim": search})
    second = read_log(db, actor=auditor.username, asked={"tim": search, "trang": "2"})
    lines = first.lines if first.found <= 50 else (*first.lines, *second.lines)
    seen = [line.seq for line in lines]
    assert (first.found, first.count) == (found, 60)
    assert len(seen) == found
    assert seen == sorted(set(seen), reverse=True)


def test_filtered_by_who_what_and_day(db: Database) -> None:
    write(db, 6)
    auditor = make_staff(db, Role.AUDITOR)
    with db.write() as session:
        for at, actor in ((NOW - timedelta(days=2), "nguoi.1"), (NOW + timedelta(days=1), "participant:7")):
            audit.append(session, at=at, actor=actor, action=Action.INVITED, subject="x")

    def seen(**asked: str) -> list[int]:
        return [line.seq for line in read_log(db, actor=auditor.username, asked=asked).lines]

    today, tomorrow = local(NOW).date(), local(NOW).date() + timedelta(days=1)
    assert seen(ai="nguoi.1") == [7, 5, 2]
    assert seen(viec="staff_invited") == [8, 7]
    assert seen(ai="nguoi.1", viec="staff_invited") == [7]
    assert seen(**{"tu-ngay": today.isoformat()}) == [8, 6, 5, 4, 3, 2, 1]
    assert seen(**{"tu-ngay": today.isoformat(), "den-ngay": today.isoformat()}) == [6, 5, 4, 3, 2, 1]
    assert seen(**{"tu-ngay": tomorrow.isoformat(), "den-ngay": "9999-12-31"}) == [8]
    assert seen(giam="1", **{"den-ngay": today.isoformat()}) == [1, 2, 3, 4, 5, 6, 7]
    assert seen(**{"tu-ngay": "31/12/2026", "ai": "?"}) == seen()
    assert read_log(db, actor=auditor.username, asked={}).actors == ("nguoi.0", "nguoi.1", "nguoi.2")


def test_the_file_holds_what_is_filtered_and_says_who_took_it(db: Database) -> None:
    make_contest(db)
    write(db, 3)
    auditor = make_staff(db, Role.AUDITOR)
    body = log_file(db, actor=auditor.username, asked={"ai": "nguoi.1"}, now=NOW)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert [line[2] for line in lines[2:]] == ["nguoi.1"]
    newest = read_log(db, actor=auditor.username, asked={}).lines[0]
    assert (newest.action, newest.subject) == ("list_taken", "file:log")
    assert flaws(db) == set()


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ORGANISER])
def test_only_those_who_may_read_it(db: Database, role: Role) -> None:
    staffer = make_staff(db, role)
    for actor in (staffer.username, "nobody", ""):
        with pytest.raises(ContestError) as refused:
            read_log(db, actor=actor, asked={})
        assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_reading_changes_nothing(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    write(db, 3)
    auditor = make_staff(db, Role.AUDITOR)
    refuse: Callable[[], None] = lambda: pytest.fail("a read wrote")  # noqa: E731
    monkeypatch.setattr(db, "write", refuse)
    read_log(db, actor=auditor.username, asked={})
    with db.read() as session:
        assert session.exec(select(func.count(col(AuditEntry.seq)))).one() == 3
