"""The organisers' pages of units, participants and papers, event by event; a new PIN by a link."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import Attempt, AttemptEvent, Participant, Sanction, Unit
from cchc_app.services import take_quiz
from cchc_app.services.clock import server_now
from cchc_app.services.import_units import read_file
from cchc_app.states.admin.papers import StaffPapersState, StaffPaperState
from cchc_app.states.admin.participant import ParticipantState
from cchc_app.states.admin.participants import ParticipantsState
from cchc_app.states.admin.unit_imports import UnitImportState
from cchc_app.states.admin.units import StaffUnitsState
from cchc_app.states.pin_reset import PinResetState
from cchc_app.states.quiz import QuizState
from tests.factories import MadeContest, Person, make_contest, make_person, rules_around
from tests.staff import STEP, Staffer, make_staff
from tests.states.driver import Browser

UNITS, PEOPLE, PAPERS = "/quan-tri/don-vi", "/quan-tri/thi-sinh", "/quan-tri/bai-thi"
WRONG: list[Any] = [None, 5, "x", [], {}, {"reason": 1, "code": ["1"]}, {"unit": {}, "minutes": None}, {"search": 1.5}]


def staffer(db: Database, role: Role = Role.ORGANISER) -> Staffer:
    return make_staff(db, role, now=server_now())


def made(db: Database) -> tuple[MadeContest, Person]:
    contest = make_contest(db, rules_around(server_now()))
    return contest, make_person(db, contest, name="Đỗ Thị Mai", now=server_now())


async def test_a_number_typed_whole_does_not_get_into_the_address(served_db: Database) -> None:
    made(served_db)
    async with Browser(cookie=staffer(served_db).cookie, path=PEOPLE) as tab:
        await tab.open(PEOPLE, ParticipantsState.load)
        assert [row.name for row in tab.shown(ParticipantsState, "rows")] == ["Đỗ Thị Mai"]
        await tab.send(ParticipantsState.search, form={"search": "031 085 012345", "tinh-trang": "bi-khoa"})
        assert tab.redirects == [f"{PEOPLE}?tim=45&tinh-trang=bi-khoa"]
        assert tab.errors == []


async def test_deeds_about_a_person(served_db: Database) -> None:
    _, person = made(served_db)
    one = staffer(served_db)
    async with Browser(cookie=one.cookie, path=f"{PEOPLE}/{person.id}") as tab:
        await tab.open(tab.path, ParticipantState.load)
        await tab.send(ParticipantState.block, form={"reason": ""})
        assert tab.shown(ParticipantState, "notice_code") == "CCHC-243"
        await tab.send(ParticipantState.block, form={"reason": "Dùng chung"})
        assert tab.shown(ParticipantState, "done") == "Đã khóa tài khoản của Đỗ Thị Mai. Mọi phiên đã kết thúc."
        details = tab.shown(ParticipantState, "person")
        assert (details.blocked, [mark.name for mark in details.line.states]) == (True, ["Bị khóa"])
        await tab.send(ParticipantState.unblock, form={"reason": "Xong"})
        await tab.send(ParticipantState.extra_time, form={"reason": "Khiếm thị", "minutes": "10", "open_paper": True})
        assert tab.shown(ParticipantState, "person").extra == "10 phút mỗi bài"
        form = {"reason": "x", "unit": "U1", "code": one.code(server_now())}
        await tab.send(ParticipantState.move, form=form)
        assert tab.shown(ParticipantState, "done").endswith("từ UBND phường Lê Chân sang Sở Y tế.")
        await tab.send(ParticipantState.disqualify, form={"reason": "x", "code": form["code"]})
        assert tab.shown(ParticipantState, "notice_code") == "CCHC-232"  # a code serves once
        assert tab.errors == []
    with served_db.read() as session:
        assert [row.kind for row in session.exec(select(Sanction))] == ["blocked"]


async def test_a_number_and_a_link_are_shown_once(served_db: Database) -> None:
    _, person = made(served_db)
    one = staffer(served_db)
    async with Browser(cookie=one.cookie, path=f"{PEOPLE}/{person.id}") as tab:
        await tab.open(tab.path, ParticipantState.load)
        with served_db.read() as session:
            number = session.get_one(Participant, person.id).citizen_id
        assert number not in tab.received
        await tab.send(ParticipantState.reveal, form={"reason": "x", "code": one.code(server_now())})
        assert tab.shown(ParticipantState, "revealed") == number
        await tab.send(ParticipantState.put_away)
        assert tab.shown(ParticipantState, "revealed") == ""
        await tab.send(ParticipantState.offer_pin, form={"reason": "x", "code": one.code(server_now() + STEP)})
        link = tab.shown(ParticipantState, "link")
        assert re.fullmatch(r"http://[^/]+/dat-lai-pin#[\w-]{43}", link)
        await tab.open(tab.path, ParticipantState.load)
        assert tab.shown(ParticipantState, "link") == ""
    async with Browser(path="/dat-lai-pin") as phone:
        await phone.open(phone.path, PinResetState.load)
        form = {"token": link.partition("#")[2], "pin": "123456", "pin_again": "123456"}
        await phone.send(PinResetState.submit, form=form)
        assert phone.shown(PinResetState, "errors")["pin"] and not phone.shown(PinResetState, "saved")
        await phone.send(PinResetState.submit, form={**form, "pin": "620485", "pin_again": "620485"})
        assert phone.shown(PinResetState, "saved")
        assert (tab.errors, phone.errors) == ([], [])


async def test_a_stale_form_is_refused_and_shows_what_is_stored(served_db: Database) -> None:
    made(served_db)
    one = staffer(served_db)
    seen = {"seen_name": "Sở Y tế", "seen_bloc": "cap_xa", "seen_aliases": "", "unit": "U1", "bloc": "so_nganh"}
    async with Browser(cookie=one.cookie, path=f"{UNITS}?mo=U1") as tab:
        await tab.open(tab.path, StaffUnitsState.load)
        await tab.send(StaffUnitsState.save, form={**seen, "name": "Sở Y tế mới", "aliases": ""})
        assert tab.shown(StaffUnitsState, "done") == "Đã lưu Sở Y tế mới."
        await tab.send(StaffUnitsState.save, form={**seen, "name": "Sở khác", "aliases": ""})
        assert (tab.shown(StaffUnitsState, "notice_code"), tab.shown(StaffUnitsState, "stale")) == ("CCHC-703", True)
        assert tab.shown(StaffUnitsState, "panel").name == "Sở Y tế mới"
        assert tab.errors == []


async def test_an_import_is_found_again_and_written(served_db: Database) -> None:
    made(served_db)
    one = staffer(served_db)
    body = "Mã,Tên đơn vị,Khối\nN1,Trung tâm Mới,su_nghiep".encode()
    number = read_file(served_db, actor=one.username, kind="units", body=body, name="đơn vị.csv", now=server_now())
    async with Browser(cookie=one.cookie, path=UNITS) as tab:
        await tab.open(UNITS, StaffUnitsState.load)
        [job] = tab.shown(StaffUnitsState, "jobs")
        assert (job.href, job.state) == (f"{UNITS}/nhap/{number}", "Chờ xác nhận")
        await tab.open(job.href, UnitImportState.load)
        assert tab.shown(UnitImportState, "waiting")
        await tab.send(UnitImportState.confirm)
        assert tab.shown(UnitImportState, "done").startswith("Đã ghi. 1 dòng thêm")
        await tab.send(UnitImportState.drop)
        assert tab.shown(UnitImportState, "notice_code") == "CCHC-706"
        await tab.open(f"{UNITS}/nhap/999", UnitImportState.load)
        assert tab.shown(UnitImportState, "notice_code") == "CCHC-705"
        assert tab.errors == []
    with served_db.read() as session:
        assert session.exec(select(Unit.name).where(Unit.code == "N1")).one() == "Trung tâm Mới"


async def test_the_quiz_page_notes_how_a_paper_came_on_it(served_db: Database) -> None:
    _, person = made(served_db)
    cookie = f"cchc={person.token}"
    async with Browser(cookie=cookie, path="/thi") as tab:
        await tab.open("/thi", QuizState.open_counted)
        await tab.send(QuizState.begin)
        await tab.open("/thi", QuizState.open_counted)
        receipt = tab.shown(QuizState, "paper")
        await tab.open("/luyen-tap", QuizState.open_practice)
        await tab.send(QuizState.begin)
        assert tab.errors == []
    async with Browser(cookie=cookie, path="/thi") as other:
        await other.open("/thi", QuizState.open_counted)
        assert (other.shown(QuizState, "paper"), other.errors) == (receipt, [])
    with served_db.read() as session:
        assert [row.kind for row in session.exec(select(AttemptEvent))] == ["shown", "shown_again", "another_tab"]
    async with Browser(cookie=staffer(served_db, Role.AUDITOR).cookie, path=PAPERS) as desk:
        await desk.open(PAPERS, StaffPapersState.load)
        [row] = desk.shown(StaffPapersState, "rows")
        assert (row.receipt, row.state.name) == (receipt, "Đang làm")
        await desk.open(row.href, StaffPaperState.load)
        assert [line.what for line in desk.shown(StaffPaperState, "lines")][:2] == ["Bắt đầu", "Mở bài"]
        assert desk.errors == []


async def test_time_added_meanwhile_is_found_when_the_countdown_ends(served_db: Database) -> None:
    _, person = made(served_db)
    async with Browser(cookie=f"cchc={person.token}", path="/thi") as tab:
        take_quiz.begin(served_db, participant_id=person.id, kind=COUNTED, now=server_now())
        soon = server_now() + timedelta(seconds=1)
        with served_db.write() as session:
            session.exec(select(Attempt)).one().deadline_at = soon
        await tab.open("/thi", QuizState.open_counted)
        with served_db.write() as session:
            session.exec(select(Attempt)).one().deadline_at = soon + timedelta(minutes=5)
        held = tab.shown(QuizState, "deadline_ms")
        while server_now() < soon:
            await asyncio.sleep(0.05)
        await tab.send(QuizState.time_up)
        assert tab.shown(QuizState, "deadline_ms") == held + 300_000
        assert (tab.redirects, tab.shown(QuizState, "screen"), tab.errors) == ([], "question", [])


@pytest.mark.parametrize("wrong", WRONG)
async def test_wrong_payloads_are_refused_quietly(served_db: Database, wrong: Any) -> None:
    _, person = made(served_db)
    async with Browser(cookie=staffer(served_db).cookie, path=f"{PEOPLE}/{person.id}") as tab:
        for state in (ParticipantState, StaffUnitsState, ParticipantsState, StaffPapersState):
            for name in state.event_handlers:
                if name not in ("load", "setvar", "put_away"):
                    await tab.send(getattr(state, name), form=wrong)
        assert tab.errors == []
    with served_db.read() as session:
        assert session.exec(select(Sanction)).all() == []
