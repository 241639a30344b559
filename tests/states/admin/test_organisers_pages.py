"""Pages of the organisers, event by event: requests about data, accounts to be put together."""

from typing import Any

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.data.tables import DataRequest, Participant, PersonMerge
from cchc_app.services.clock import server_now
from cchc_app.services.my_data import RequestKind, ask
from cchc_app.states.admin.data_requests import DataRequestsState
from cchc_app.states.admin.merges import MergesState
from cchc_app.states.admin.session import StaffState
from cchc_app.states.my_data import MyDataState
from tests.factories import Person, make_contest, make_person
from tests.staff import STEP, Staffer, make_staff
from tests.states.driver import Browser

REQUESTS, MERGES = "/quan-tri/yeu-cau-du-lieu", "/quan-tri/gop-tai-khoan"
NAME = "Đỗ Thị Mai"


def organiser(db: Database, role: Role = Role.ORGANISER) -> Staffer:
    return make_staff(db, role, now=server_now())


def pair(db: Database) -> tuple[Person, Person]:
    contest = make_contest(db)
    card = make_person(db, contest, name=NAME, now=server_now())
    return card, make_person(db, contest, name=NAME, unit=1, identity_normalised=False, now=server_now())


def asked(db: Database, kind: RequestKind) -> Person:
    person = make_person(db, make_contest(db), name=NAME, now=server_now())
    ask(db, participant_id=person.id, kind=kind, detail="Tên đệm là Thu", now=server_now())
    return person


def statuses(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.exec(select(DataRequest.status)))


async def test_erasing_from_the_list(served_db: Database) -> None:
    person, one = asked(served_db, RequestKind.ERASURE), organiser(served_db)
    async with Browser(cookie=one.cookie, path=REQUESTS) as tab:
        await tab.open(REQUESTS, DataRequestsState.load)
        [line] = tab.shown(DataRequestsState, "requests")
        assert (line.name, line.citizen_id, line.kind, line.correction, line.overdue) == (
            NAME,
            "031•••••••00",
            "Xóa dữ liệu",
            False,
            False,
        )
        await tab.send(DataRequestsState.choose, number=line.number)
        assert tab.shown(DataRequestsState, "chosen").number == line.number
        form = {"number": str(line.number), "code": "000000"}
        await tab.send(DataRequestsState.erase, form=form)
        assert (tab.shown(DataRequestsState, "notice_code"), statuses(served_db)) == ("CCHC-232", ["open"])
        await tab.send(DataRequestsState.erase, form={**form, "code": one.code(server_now())})
        assert tab.shown(DataRequestsState, "done").startswith("Đã xóa dữ liệu")
        assert (tab.shown(DataRequestsState, "requests"), tab.shown(DataRequestsState, "chosen").number) == ([], 0)
        assert (statuses(served_db), tab.errors) == (["done"], [])
    with served_db.read() as session:
        assert session.get_one(Participant, person.id).full_name != NAME


async def test_correcting_and_refusing(served_db: Database) -> None:
    person, one = asked(served_db, RequestKind.CORRECTION), organiser(served_db)
    async with Browser(cookie=one.cookie, path=REQUESTS) as tab:
        await tab.open(REQUESTS, DataRequestsState.load)
        [line] = tab.shown(DataRequestsState, "requests")
        assert (line.correction, line.detail) == (True, "Tên đệm là Thu")
        form = {"number": str(line.number), "code": one.code(server_now())}
        await tab.send(DataRequestsState.refuse, form={**form, "reason": " "})
        assert tab.shown(DataRequestsState, "notice_code") == "CCHC-243"
        await tab.send(DataRequestsState.refuse, form={**form, "reason": "Đã đúng như trên thẻ"})
        assert (tab.shown(DataRequestsState, "notice"), statuses(served_db)) == ("", ["refused"])
        again = {**form, "code": one.code(server_now() + STEP)}
        await tab.send(DataRequestsState.corrected, form=again)
        assert (tab.shown(DataRequestsState, "notice_code"), tab.errors) == ("CCHC-271", [])
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan/du-lieu") as tab:
        await tab.send(MyDataState.load)
        [told] = tab.shown(MyDataState, "requests")
        assert (told.status, told.answer) == ("Không thực hiện", "Lý do: Đã đúng như trên thẻ")


async def test_merging_from_the_list(served_db: Database) -> None:
    card, old = pair(served_db)
    one = organiser(served_db)
    async with Browser(cookie=one.cookie, path=MERGES) as tab:
        await tab.open(MERGES, MergesState.load)
        [line] = tab.shown(MergesState, "pairs")
        assert (line.kept, line.merged, line.name) == (card.id, old.id, NAME)
        assert (line.card, line.old) == ("031•••••••00 · UBND phường Lê Chân", "031•••••••00 · Sở Y tế")
        await tab.send(MergesState.choose, kept=card.id, merged=old.id)
        form = {"kept": str(card.id), "merged": str(old.id), "reason": "", "code": one.code(server_now())}
        await tab.send(MergesState.merge, form=form)
        assert tab.shown(MergesState, "notice_code") == "CCHC-243"
        await tab.send(MergesState.merge, form={**form, "reason": "Đơn vị xác nhận"})
        assert tab.shown(MergesState, "done").startswith("Đã gộp. 0 bài")
        assert (tab.shown(MergesState, "pairs"), tab.shown(MergesState, "chosen").kept, tab.errors) == ([], 0, [])
    with served_db.read() as session:
        assert session.exec(select(PersonMerge.reason)).one() == "Đơn vị xác nhận"


async def test_an_auditor_reads_and_changes_nothing(served_db: Database) -> None:
    card, old = pair(served_db)
    ask(served_db, participant_id=card.id, kind=RequestKind.ERASURE, detail="", now=server_now())
    one = organiser(served_db, Role.AUDITOR)
    async with Browser(cookie=one.cookie, path=REQUESTS) as tab:
        await tab.open(REQUESTS, DataRequestsState.load, MergesState.load)
        [request], [two] = tab.shown(DataRequestsState, "requests"), tab.shown(MergesState, "pairs")
        assert (tab.shown(DataRequestsState, "may_act"), tab.shown(MergesState, "may_act")) == (False, False)
        code = one.code(server_now())
        form = {"number": str(request.number), "code": code, "reason": "x"}
        for handler in (DataRequestsState.erase, DataRequestsState.corrected, DataRequestsState.refuse):
            await tab.send(handler, form=form)
        await tab.send(DataRequestsState.choose, number=request.number)
        await tab.send(MergesState.choose, kept=two.kept, merged=two.merged)
        await tab.send(MergesState.merge, form={"kept": str(card.id), "merged": str(old.id), "code": code})
        assert (tab.shown(StaffState, "denied"), tab.errors) == (True, [])
    with served_db.read() as session:
        assert session.exec(select(PersonMerge)).all() == []
    assert statuses(served_db) == ["open"]


@pytest.mark.parametrize("wrong", [None, 5, -1, True, "x", [], {}, {"number": 1, "code": []}, {"kept": ["1"]}, 1.5])
async def test_other_types_are_refused_quietly(served_db: Database, wrong: Any) -> None:
    asked(served_db, RequestKind.ERASURE)
    async with Browser(cookie=organiser(served_db).cookie, path=REQUESTS) as tab:
        await tab.open(REQUESTS, DataRequestsState.load, MergesState.load)
        for handler in (DataRequestsState.erase, DataRequestsState.corrected, DataRequestsState.refuse):
            await tab.send(handler, form=wrong)
        await tab.send(MergesState.merge, form=wrong)
        await tab.send(DataRequestsState.choose, number=wrong)
        await tab.send(MergesState.choose, kept=wrong, merged=wrong)
        assert ("Traceback" in tab.received, statuses(served_db), tab.errors) == (False, ["open"], [])
