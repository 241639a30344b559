"""The organisers' pages of results and prizes, their files, everybody's page of winners; jobs in a thread."""

import asyncio
import io
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event, update
from sqlmodel import col

from cchc_app.contest.access import Role
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.prize_rules import PrizeKind
from cchc_app.data.engine import Database
from cchc_app.data.retention import anonymise
from cchc_app.data.tables import AuditEntry, Unit
from cchc_app.services.closing_jobs import ClosingJobs, Job
from cchc_app.services.prize_approval import confirm, publish
from cchc_app.services.prize_desk import prize_desk
from cchc_app.services.prize_files import commendation_file, prizes_file
from cchc_app.services.result_desk import result_desk, result_file
from cchc_app.services.winners import published_winners
from tests.factories import MINUTE_MS, make_contest, make_person
from tests.official import after_all, after_week, close_board, sit_paper, wish
from tests.services.test_prize_lists import Table, newest, overall, propose_overall, quota, refusal, scope
from tests.staff import STEP, make_staff


def sheets(file: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def statements_of(db: Database, call: Callable[[], Any]) -> int:
    seen: list[str] = []

    def note(*args: Any) -> None:
        seen.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    call()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_a_version_is_searched_filtered_and_sorted(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    with db.write() as session:
        session.execute(update(Unit).where(col(Unit.id) == contest.unit_ids[1]).values(bloc="so_nganh"))
    for n, name in enumerate(("Đặng Ân", "Bùi Dũng", "Cao Ánh")):
        person = make_person(db, contest, name=name, unit=n % 2)
        sit_paper(db, contest, person, right=3 - n, used_ms=MINUTE_MS)
    now = after_week(contest, 1)
    close_board(db, organiser, 1, now=now)

    def names(**asked: str) -> list[str]:
        found = result_desk(db, actor=organiser.username, asked={"bang": "1", **asked}, now=now)
        assert found.places is not None
        return [line.full_name for line in found.places.lines]

    assert names() == ["Đặng Ân", "Bùi Dũng", "Cao Ánh"]
    assert names(giam="1") == ["Cao Ánh", "Bùi Dũng", "Đặng Ân"]
    assert names(tim="dung") == ["Bùi Dũng"]
    assert names(tim="so y te") == names(khoi="so_nganh") == ["Bùi Dũng"]
    assert names(xep="don-vi") == ["Đặng Ân", "Cao Ánh", "Bùi Dũng"]
    assert names(trang="9") == ["Đặng Ân", "Bùi Dũng", "Cao Ánh"]
    assert names(bang="2") == []
    desk = result_desk(db, actor=organiser.username, asked={"ban": "9", "bang": "x"}, now=now)
    assert (desk.board, desk.shown, [one.version for one in desk.versions]) == (1, 1, [1])

    file = sheets(result_file(db, actor=organiser.username, asked={"bang": "1", "tim": "dung"}, now=now))
    assert [row[:3] for row in file["Cá nhân"][2:]] == [[2.0, "Bùi Dũng", "031•••••••00"]]
    assert len(file["Đơn vị"]) == 2


def test_units_of_a_version_are_searched_filtered_sorted_and_written(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    with db.write() as session:
        session.execute(update(Unit).where(col(Unit.id) == contest.unit_ids[1]).values(bloc="so_nganh"))
    for right, unit in ((1, 0), (2, 1), (2, 1)):
        sit_paper(db, contest, make_person(db, contest, unit=unit), right=right)
    now = after_week(contest, 1)
    close_board(db, organiser, 1, now=now)

    def names(**asked: str) -> list[str]:
        asked = {"bang": "1", "xem": "don-vi", **asked}
        desk = result_desk(db, actor=organiser.username, asked=asked, now=now)
        assert desk.units is not None
        assert (desk.places, desk.people, desk.unit_count) == (None, 3, desk.units.count)
        file = sheets(result_file(db, actor=organiser.username, asked=asked, now=now))
        assert [row[2] for row in file["Đơn vị"][2:]] == [line.name for line in desk.units.lines]
        return [line.name for line in desk.units.lines]

    ward, office = "UBND phường Lê Chân", "Sở Y tế"
    assert names() == names(xep="khong-co") == [office, ward]
    assert names(giam="1") == names(xep="ket-qua") == names(xep="du-thi") == [ward, office]
    assert names(xep="ten") == [office, ward]
    assert names(xep="trong-khoi") == [office, ward]
    assert names(tim="so y te") == names(khoi="so_nganh") == [office]
    assert names(tim="dung") == []


def test_pages_ask_as_often_for_one_as_for_three(db: Database) -> None:
    table = Table(db)
    views = ({"bang": "1"}, {"bang": "1", "xem": "don-vi"})

    def counts() -> list[int]:
        actor = table.one.username
        calls = [lambda view=view: result_desk(db, actor=actor, asked=view, now=table.now) for view in views]
        return [statements_of(db, call) for call in (*calls, lambda: prize_desk(db, actor=actor, wanted=1, asked={}))]

    table.propose()
    before = counts()
    for right in (1, 2):
        table.sits(right, 99)
        table.now += STEP
        close_board(db, table.one, 1, now=table.now, reason="Thêm một bài")
        table.propose(newest(db).revision)
    assert counts() == before


def test_the_list_page_knows_what_is_outdated_and_whose_it_is(db: Database) -> None:
    table = Table(db)
    empty = prize_desk(db, actor=table.one.username, wanted=7, asked={})
    assert (empty.board, empty.revision, empty.versions, empty.scopes) == (1, 0, (), ())
    table.propose()
    mine, theirs = (prize_desk(db, actor=who.username, wanted=1, asked={}) for who in (table.one, table.other))
    assert (mine.own, theirs.own, mine.open, mine.outdated) == (True, False, True, False)
    table.sits(1, 99)
    table.now += STEP
    close_board(db, table.one, 1, now=table.now, reason="Thêm một bài")
    assert prize_desk(db, actor=table.one.username, wanted=1, asked={}).outdated


def test_files_of_prizes_mask_numbers_and_are_logged(db: Database) -> None:
    table = Table(db)
    table.propose()
    file = sheets(prizes_file(db, actor=table.one.username, board=1, asked={}, now=table.now))
    assert [row[1:5] for row in file["Được giải"][2:3]] == [["First", "Cá nhân", table.best.name, "031•••••••00"]]
    assert [row[6] for row in file["Bị bỏ qua"][2:]] == ["Không xếp hạng", "Bị loại", "Chưa chuẩn hóa định danh"]
    with db.read() as session:
        logged = session.get(AuditEntry, 3)
    assert logged is not None
    assert (logged.action, logged.subject) == ("prizes_file_taken", "prizes:1:1")
    known = {"actor": table.one.username, "asked": {}, "now": table.now}
    assert refusal(prizes_file, db, **known, board=2) is ErrorCode.RESULT_MISSING


def test_who_was_passed_over_is_searched_filtered_sorted_and_written(db: Database) -> None:
    table = Table(db)
    table.propose()

    def reasons(**asked: str) -> list[str]:
        found = prize_desk(db, actor=table.one.username, wanted=1, asked=asked).skipped
        file = prizes_file(db, actor=table.one.username, board=1, asked={"xem": "bi-bo-qua", **asked}, now=table.now)
        assert (found.count, found.found) == (3, len(found.lines))
        (written,) = sheets(file).values()
        assert [row[2] for row in written[2:]] == [line.entrant.name for line in found.lines]
        return [line.reason.value for line in found.lines]

    inside = ["unranked", "disqualified", "identity_not_normalised"]
    assert reasons() == reasons(loai="individual") == reasons(loai="unit") == inside
    assert reasons(giam="1") == inside[::-1]
    assert reasons(xep="ly-do") == ["disqualified", "identity_not_normalised", "unranked"]
    assert reasons(**{"ly-do": "disqualified"}) == ["disqualified"]
    assert reasons(tim="khong ai") == []
    assert reasons(tim="le chan") == inside
    whole = prizes_file(db, actor=table.one.username, board=1, asked={"ly-do": "disqualified"}, now=table.now)
    assert [len(rows) for rows in sheets(whole).values()] == [5, 3]


def test_the_list_for_bang_khen_has_the_collectives(db: Database) -> None:
    contest, organiser = overall(db, quota("unit", kind=PrizeKind.UNIT, period=None))
    sit_paper(db, contest, make_person(db, contest), week=2, right=2)
    now = after_all(contest)
    close_board(db, organiser, OVERALL, now=now)
    propose_overall(db, organiser, contest)
    rows = sheets(commendation_file(db, actor=organiser.username, now=now))["Tập thể"][2:]
    assert rows == [[1.0, "UBND phường Lê Chân", "Xã, phường, đặc khu", "Unit", 50.0, 1.0, 26.0]]


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_who_may_not_read_the_contest_gets_nothing(db: Database, role: Role) -> None:
    table, somebody = Table(db), make_staff(db, role)
    table.propose()
    known = {"actor": somebody.username, "now": table.now}
    assert refusal(result_desk, db, **known, asked={}) is ErrorCode.NOT_ALLOWED
    assert refusal(result_file, db, **known, asked={}) is ErrorCode.NOT_ALLOWED
    assert refusal(prize_desk, db, actor=somebody.username, wanted=1, asked={}) is ErrorCode.NOT_ALLOWED
    assert refusal(prizes_file, db, **known, board=1, asked={}) is ErrorCode.NOT_ALLOWED
    assert refusal(commendation_file, db, **known) is ErrorCode.NOT_ALLOWED


def test_everybody_sees_winners_once_published_and_nobody_else(db: Database) -> None:
    table = Table(db)
    table.propose()
    table.settle()
    table.approve(confirm)
    assert published_winners(db) == ()
    table.approve(publish)
    (shown,) = published_winners(db)
    (individuals,) = shown.scopes
    assert individuals.skipped == ()
    assert [one.name for one in individuals.prizes[0].winners] == [table.best.name]

    with db.write() as session:
        anonymise(session, [table.best.id], name="Ẩn danh", contest_id=1, now=table.now)
    (shown,) = published_winners(db)
    assert shown.scopes[0].prizes[0].winners[0].name == "Ẩn danh"
    assert scope(db)["winners"][0]["participant"] == table.best.id


async def ended(job: Job) -> Job:
    while job.running:
        await asyncio.sleep(0.01)
    return job


async def test_a_check_goes_on_while_nobody_looks_and_is_made_once(db: Database) -> None:
    contest, jobs = make_contest(db), ClosingJobs()
    one, other = (make_staff(db, Role.ORGANISER) for _ in range(2))
    sit_paper(db, contest, make_person(db, contest), right=2)
    now = after_week(contest, 1)
    job = jobs.start_check(db, actor=one.username, board=1, now=now)
    assert jobs.start_check(db, actor=other.username, board=1, now=now) is job
    assert jobs.checking(1) is job
    assert jobs.checking(2) is None
    await ended(job)
    assert job.check is not None
    assert (job.check.people, job.percent, jobs.find(job.number), jobs.checking(1)) == (1, 100, job, None)

    closing = await ended(jobs.start_close(db, actor=one.username, wish=wish(job.check, one, now=now), now=now))
    assert (closing.version, closing.refusal) == (1, None)
    late = await ended(jobs.start_close(db, actor=other.username, wish=wish(job.check, other, now=now), now=now))
    assert isinstance(late.refusal, ContestError)
    assert (late.version, late.refusal.code) == (0, ErrorCode.RESULT_EXISTS)
