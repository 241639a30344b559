"""The organisers' pages of the slogan round, event by event."""

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, SloganException, UnitCode, UnitRepresentative
from cchc_app.services.clock import server_now
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.slogan_publication import SloganPublicationState
from cchc_app.states.admin.slogan_reminder import SloganReminderState
from cchc_app.states.admin.slogans import SloganDeskState
from cchc_app.states.admin.slogans_alike import SlogansAlikeState
from cchc_app.states.admin.unit_codes import UnitCodesState
from tests.factories import make_contest, make_person, rules_around
from tests.judged import make_judged
from tests.slogans import make_slogan, with_units
from tests.staff import STEP, Staffer, make_staff
from tests.states.driver import Browser

LIST = "/quan-tri/khau-hieu"
CODES = "/quan-tri/ma-don-vi"
LOADS = (
    SloganDeskState.load,
    SlogansAlikeState.load,
    SloganReminderState.load,
    SloganPublicationState.load,
    UnitCodesState.load,
)
WRONG_FORMS = [None, 5, "x", [], {}, {"unit": 1, "reason": None}, {"until": {}}, {"note": [], "code": 1}, {"u-U0": "x"}]


def staffer(db: Database, role: Role = Role.ORGANISER) -> Staffer:
    return make_staff(db, role, now=server_now())


async def test_the_address_says_what_the_list_shows(served_db: Database) -> None:
    contest = with_units(served_db, make_contest(served_db), 4)
    make_slogan(served_db, contest, unit=2)
    async with Browser(cookie=staffer(served_db).cookie, path=f"{LIST}?trang-thai=submitted&mo=U2") as tab:
        await tab.open(tab.path, SloganDeskState.load)
        [row] = tab.shown(SloganDeskState, "rows")
        assert (row.code, row.state_name, row.words) == ("U2", "Đã gửi", "9")
        assert row.href == f"{LIST}?trang-thai=submitted&mo=U2"
        table = tab.shown(SloganDeskState, "table")
        assert (table.filters["trang-thai"], table.totals) == ("submitted", "1 trong 4 đơn vị")
        assert table.export == "/quan-tri/tep/khau-hieu.xlsx?trang-thai=submitted"
        assert [head.href for head in table.heads][2] == f"{LIST}?trang-thai=submitted&xep=tieng"
        panel = tab.shown(SloganDeskState, "panel")
        assert (panel.row.code, len(panel.versions)) == ("U2", 1)
        assert (tab.shown(SloganDeskState, "back"), tab.shown(SloganDeskState, "may_run")) == (
            f"{LIST}?trang-thai=submitted",
            True,
        )
        await tab.send(SloganDeskState.search, form={"search": "Lê Chân", "trang-thai": "none", "khoi": "x"})
        assert tab.redirects == [f"{LIST}?tim=L%C3%AA+Ch%C3%A2n&trang-thai=none"]
        assert tab.errors == []


async def test_signing_in_comes_back_to_the_question(served_db: Database) -> None:
    async with Browser(path=f"{LIST}?trang-thai=none&trang=2") as tab:
        await tab.open(tab.path, SloganDeskState.load)
        assert tab.redirects == ["/quan-tri/dang-nhap?tiep=/quan-tri/khau-hieu%3Ftrang-thai%3Dnone%26trang%3D2"]


async def test_deeds_with_reasons(served_db: Database) -> None:
    contest = with_units(served_db, make_contest(served_db, rules_around(server_now())), 3)
    make_slogan(served_db, contest, unit=0)
    async with Browser(cookie=staffer(served_db).cookie, path=f"{LIST}?mo=U0") as tab:
        await tab.open(tab.path, SloganDeskState.load)
        await tab.send(SloganDeskState.disqualify, form={"unit": "U0", "reason": ""})
        assert tab.shown(SloganDeskState, "notice_code") == "CCHC-243"
        await tab.send(SloganDeskState.disqualify, form={"unit": "U0", "reason": "Sao chép"})
        assert tab.shown(SloganDeskState, "done") == "Đã loại khẩu hiệu của UBND phường Lê Chân."
        assert tab.shown(SloganDeskState, "panel").row.reason == "Sao chép"
        await tab.send(SloganDeskState.reinstate, form={"unit": "U0", "reason": "Đã đối chiếu"})
        assert tab.shown(SloganDeskState, "panel").row.state == "submitted"
        await tab.send(SloganDeskState.extend, form={"unit": "U0", "until": "mai", "reason": "Mất điện"})
        assert tab.shown(SloganDeskState, "notice_code") == "CCHC-552"
        await tab.send(SloganDeskState.extend, form={"unit": "U0", "until": "2099-01-02T17:30", "reason": "Mất điện"})
        assert tab.shown(SloganDeskState, "done").endswith("đến 17:30 ngày 02/01/2099.")
        assert tab.shown(SloganDeskState, "rows")[0].extended == "Gia hạn đến 17:30 ngày 02/01/2099"
        assert tab.errors == []


async def test_alike_and_missing(served_db: Database) -> None:
    contest = with_units(served_db, make_contest(served_db), 4)
    for unit, text in enumerate(("Hòa nhịp cùng dân phục vụ tận tâm", "HOÀ NHỊP CÙNG DÂN: PHỤC VỤ TẬN TÂM")):
        make_slogan(served_db, contest, unit=unit, text=text)
    async with Browser(cookie=staffer(served_db, Role.AUDITOR).cookie, path=LIST) as tab:
        await tab.open(tab.path, SlogansAlikeState.load, SloganReminderState.load)
        [group] = tab.shown(SlogansAlikeState, "groups")
        assert (group.said, [row.code for row in group.rows]) == ("Trùng từng chữ · 100%", ["U0", "U1"])
        [bloc] = tab.shown(SloganReminderState, "blocs")
        assert bloc.said == "2 trong 4 đơn vị chưa gửi"
        copied = tab.shown(SloganReminderState, "copied")
        assert copied.endswith("Xã, phường, đặc khu:\n1. UBND xã Đồng Bằng 02\n2. UBND xã Đồng Bằng 03")
        assert tab.errors == []


async def test_codes_are_shown_once(served_db: Database) -> None:
    contest = with_units(served_db, make_contest(served_db), 3)
    organiser = staffer(served_db)
    async with Browser(cookie=organiser.cookie, path=CODES) as tab:
        await tab.open(tab.path, UnitCodesState.load)
        assert tab.shown(UnitCodesState, "make_missing") == "Tạo mã cho cả 3 đơn vị chưa có người đại diện"
        await tab.send(UnitCodesState.make_chosen, form={})
        assert tab.shown(UnitCodesState, "notice_code") == "CCHC-559"
        await tab.send(UnitCodesState.make_chosen, form={"u-U1": "on", "u-U9": "on", "u-U0": ""})
        [card] = tab.shown(UnitCodesState, "sheet")
        assert (card.unit, card.address) == ("Sở Y tế", "http://localhost:8000/khau-hieu/ma")
        assert card.qr.startswith("data:image/svg+xml")
        await tab.send(UnitCodesState.make_for_missing)
        assert len(tab.shown(UnitCodesState, "sheet")) == 3
        await tab.send(UnitCodesState.put_away)
        assert tab.shown(UnitCodesState, "sheet") == []
        codes = {card.code}
        await tab.open(tab.path, UnitCodesState.load)
        assert (tab.shown(UnitCodesState, "sheet"), tab.errors) == ([], [])
    with served_db.read() as session:
        assert not codes & set(session.exec(select(UnitCode.code_hash)))
        assert not any(card.code in entry.after for entry in session.exec(select(AuditEntry)))
    assert len(contest.unit_ids) == 3


async def test_appointing_and_dismissing_by_place(served_db: Database) -> None:
    contest = make_contest(served_db)
    person = make_person(served_db, contest, name="Đặng Thị Thủy", now=server_now())
    async with Browser(cookie=staffer(served_db).cookie, path=f"{CODES}?mo=U0") as tab:
        await tab.open(tab.path, UnitCodesState.load)
        await tab.send(UnitCodesState.find_people, form={"name": "dang"})
        [found] = tab.shown(UnitCodesState, "people")
        assert (found.place, found.name) == (0, "Đặng Thị Thủy")
        for place in (1, -1, True, None, "0", 10**30):
            await tab.send(UnitCodesState.appoint, place=place)
            assert tab.shown(UnitCodesState, "notice_code") == "CCHC-242"
        await tab.send(UnitCodesState.appoint, place=0)
        assert tab.shown(UnitCodesState, "done") == "Đặng Thị Thủy đã là người đại diện của UBND phường Lê Chân."
        assert [term.name for term in tab.shown(UnitCodesState, "chosen").terms] == ["Đặng Thị Thủy"]
        await tab.send(UnitCodesState.dismiss, place=0)
        assert (tab.shown(UnitCodesState, "chosen").terms, tab.errors) == ([], [])
        assert person.token not in tab.received
    with served_db.read() as session:
        assert session.exec(select(UnitRepresentative.ended_at)).one() is not None


async def test_publishing(served_db: Database) -> None:
    now = server_now()
    judged = make_judged(served_db, now=now, made_at=now)
    async with Browser(cookie=judged.organiser.cookie, path=f"{LIST}/cong-bo") as tab:
        await tab.open(tab.path, SloganPublicationState.load)
        assert [(one.prize, one.score) for one in tab.shown(SloganPublicationState, "awards")] == [
            ("Giải Nhất", "8,75"),
            ("Giải Nhì", "6,42"),
        ]
        assert tab.shown(SloganPublicationState, "results")[0].judges[0] == "Trần Thị Hà: 8,75"
        await tab.send(SloganPublicationState.publish, form={"note": "", "code": "1"})
        assert tab.shown(SloganPublicationState, "notice_code") == "CCHC-232"
        form = {"note": "", "code": judged.organiser.code(server_now())}
        await tab.send(SloganPublicationState.publish, form=form)
        assert tab.shown(SloganPublicationState, "done").startswith("Đã công bố bản 1.")
        await tab.send(SloganPublicationState.publish, form={**form, "code": judged.organiser.code(now + STEP)})
        assert tab.shown(SloganPublicationState, "notice_code") == "CCHC-558"
        assert [one.version for one in tab.shown(SloganPublicationState, "history")] == [1]
        assert tab.errors == []


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
async def test_other_roles_see_nothing(served_db: Database, role: Role) -> None:
    judged = make_judged(served_db, now=server_now(), made_at=server_now())
    async with Browser(cookie=staffer(served_db, role).cookie, path=LIST) as tab:
        await tab.open(tab.path, *LOADS)
        assert (tab.shown(StaffState, "denied"), tab.redirects, tab.errors) == (True, [], [])
        secrets = [judged.slogans[0].text, judged.slogans[0].author, "UBND"]
        assert [secret for secret in secrets if secret in tab.received] == []


async def test_an_auditor_reads_and_changes_nothing(served_db: Database) -> None:
    contest = make_contest(served_db)
    make_slogan(served_db, contest, unit=0)
    make_person(served_db, contest, now=server_now())
    async with Browser(cookie=staffer(served_db, Role.AUDITOR).cookie, path=f"{LIST}?mo=U0") as tab:
        await tab.open(tab.path, *LOADS)
        assert tab.shown(SloganDeskState, "may_run") is False
        for handler, payload in (
            (SloganDeskState.disqualify, {"form": {"unit": "U0", "reason": "x"}}),
            (SloganDeskState.extend, {"form": {"unit": "U0", "until": "2099-01-01T00:00", "reason": "x"}}),
            (UnitCodesState.make_for_missing, {}),
            (UnitCodesState.make_chosen, {"form": {"u-U0": "on"}}),
            (UnitCodesState.appoint, {"place": 0}),
            (SloganPublicationState.publish, {"form": {"code": "123456"}}),
        ):
            await tab.send(handler, **payload)
            assert tab.shown(StaffState, "denied") is True
        assert tab.errors == []
    with served_db.read() as session:
        for table in (AuditEntry, SloganException, UnitCode, UnitRepresentative):
            assert session.exec(select(table)).all() == []


@pytest.mark.parametrize("form", WRONG_FORMS, ids=str)
async def test_other_types_are_refused_quietly(served_db: Database, form: object) -> None:
    contest = make_contest(served_db)
    make_slogan(served_db, contest, unit=0)
    async with Browser(cookie=staffer(served_db).cookie, path=f"{LIST}?mo=U0&trang=x&xep[]=1") as tab:
        await tab.open(tab.path, *LOADS)
        for handler in (
            SloganDeskState.search,
            SloganDeskState.disqualify,
            SloganDeskState.reinstate,
            SloganDeskState.extend,
            SloganPublicationState.publish,
            UnitCodesState.search,
            UnitCodesState.find_people,
            UnitCodesState.make_chosen,
        ):
            await tab.send(handler, form=form)
        await tab.send(UnitCodesState.appoint, place=form)
        await tab.send(UnitCodesState.dismiss, place=form)
        assert tab.errors == []
    with served_db.read() as session:
        assert session.exec(select(AuditEntry)).all() == []
