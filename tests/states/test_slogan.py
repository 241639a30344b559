"""The slogan page, event by event: what is sent to whom, what a wrong form does, what a lost state does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.slogans import Writing
from cchc_app.data.engine import Database
from cchc_app.data.representatives import begin_term, end_terms, running_term
from cchc_app.data.tables import Slogan, SloganVersion
from cchc_app.services import submit_slogan
from cchc_app.services.clock import server_now
from cchc_app.states.slogan import SloganState
from cchc_app.states.unit_code import UnitCodeState
from cchc_app.states.unit_desk import UnitDeskState
from cchc_app.texts import message
from tests.factories import MadeContest, Person, finish_paper, make_contest, make_person, rules_around
from tests.states.driver import Browser
from tests.writers import GOOD, OTHER


def contest_now(db: Database, **slogan: Any) -> MadeContest:
    rules = rules_around(server_now())
    closes_at = {"closes_at": (server_now() + timedelta(days=2)).replace(microsecond=0), **slogan}
    return make_contest(db, replace(rules, slogan=replace(rules.slogan, **closes_at)))


def make_writer(db: Database, contest: MadeContest, *, name: str = "") -> Person:
    person = make_person(db, contest, name=name, now=server_now())
    with db.write() as session:
        begin_term(session, unit_id=person.unit_id, participant_id=person.id, appointed_by="an", now=server_now())
    return person


def form(text: str = GOOD, *, serial: str = "a-1", revision: int = 0, **more: str) -> dict[str, str]:
    fields = {"text": text, "explanation": "", "author": "Tổ một cửa", "serial": serial, "revision": str(revision)}
    return fields | more


def tab_of(person: Person | None) -> Browser:
    return Browser(cookie=f"cchc={person.token}" if person else "", path="/khau-hieu")


def stored(db: Database) -> tuple[int, str]:
    with db.read() as session:
        row = session.exec(select(Slogan)).first()
        return (row.revision, row.draft_text) if row else (0, "")


async def test_a_visitor_sees_the_round(served_db: Database) -> None:
    contest_now(served_db)
    async with tab_of(None) as tab:
        await tab.send(SloganState.load)
        assert tab.shown(SloganState, "screen") == "visitor"
        assert tab.shown(SloganState, "round").is_open
        for handler in (SloganState.save_draft, SloganState.ask, SloganState.submit, SloganState.withdraw):
            tab.redirects.clear()
            await tab.send(handler, form=form())
            assert tab.redirects == ["/dang-nhap?tiep=/khau-hieu"]
        assert tab.errors == []


async def test_a_colleague_sees_that_it_is_there_and_not_what_it_says(served_db: Database) -> None:
    contest = contest_now(served_db)
    writer, colleague = (
        make_writer(served_db, contest, name="Trần Thị Hà"),
        make_person(served_db, contest, now=server_now()),
    )
    async with tab_of(writer) as tab:
        await tab.send(SloganState.load)
        await tab.send(SloganState.submit, form=form())
        assert tab.shown(SloganState, "handed_in").text == GOOD
    async with tab_of(colleague) as tab:
        await tab.send(SloganState.load)
        assert (tab.shown(SloganState, "screen"), tab.shown(SloganState, "unit").status) == ("participant", "Đã gửi")
        assert tab.shown(SloganState, "unit").writers == "Người đại diện: Trần Thị Hà."
        await tab.send(SloganState.save_draft, form=form(OTHER))
        assert tab.shown(SloganState, "notice_code") == ErrorCode.NOT_REPRESENTATIVE.value
        assert (GOOD in tab.received, tab.errors) == (False, [])
    assert stored(served_db) == (1, GOOD)


async def test_draft_confirmation_and_receipt(served_db: Database) -> None:
    writer = make_writer(served_db, contest_now(served_db))
    async with tab_of(writer) as tab:
        await tab.send(SloganState.load)
        await tab.send(SloganState.save_draft, form=form("Cải cách"))
        assert (tab.shown(SloganState, "ack"), stored(served_db)) == ("a-1:1", (1, "Cải cách"))
        await tab.send(SloganState.ask, form=form(f"  {GOOD} ", serial="a-2", revision=1))
        pending = tab.shown(SloganState, "pending")
        assert (tab.shown(SloganState, "panel"), pending.text, pending.said, pending.revision) == (
            "send",
            GOOD,
            "16 tiếng",
            2,
        )
        await tab.restart_server()  # the confirmation still on the screen says all that is needed
        await tab.send(SloganState.submit, form=form(GOOD, revision=2))
        assert (tab.shown(SloganState, "panel"), tab.shown(SloganState, "handed_in").text) == ("", GOOD)
        assert tab.shown(SloganState, "done").startswith("Đã gửi")
        await tab.send(SloganState.withdraw, form={"revision": str(tab.shown(SloganState, "draft").revision)})
        assert (tab.shown(SloganState, "handed_in").text, len(tab.shown(SloganState, "versions"))) == ("", 2)
        assert tab.errors == []


async def test_a_tab_is_never_in_conflict_with_itself(served_db: Database) -> None:
    """The second text was sent before the answer to the first had come."""
    writer = make_writer(served_db, contest_now(served_db))
    async with tab_of(writer) as tab:
        await tab.send(SloganState.load)
        await tab.send(SloganState.save_draft, form=form("một", serial="a-1"))
        await tab.send(SloganState.save_draft, form=form("một hai", serial="a-2"))
        await tab.send(SloganState.save_draft, form=form("một hai ba", serial="a-3"))
        assert (tab.shown(SloganState, "ack"), stored(served_db)) == ("a-3:3", (3, "một hai ba"))


async def test_a_conflict_shows_both(served_db: Database) -> None:
    contest = contest_now(served_db)
    first, second = make_writer(served_db, contest, name="Lê Minh"), make_writer(served_db, contest)
    async with tab_of(second) as tab:
        await tab.send(SloganState.load)
        save_elsewhere(served_db, first, GOOD, revision=0)
        await tab.send(SloganState.save_draft, form=form(OTHER, serial="b-1"))
        theirs = tab.shown(SloganState, "theirs")
        assert (theirs.text, theirs.revision, tab.shown(SloganState, "refused")) == (GOOD, 1, "b-1")
        assert theirs.said.startswith("Lê Minh đã lưu lúc ")
        assert stored(served_db) == (1, GOOD)
        await tab.send(SloganState.settle)
        assert tab.shown(SloganState, "theirs").said == ""
        await tab.send(SloganState.save_draft, form=form(OTHER, serial="b-2", revision=1))
        assert stored(served_db) == (2, OTHER)
        save_elsewhere(served_db, first, GOOD, revision=2)
        await tab.send(SloganState.submit, form=form(f"{OTHER} hơn", serial="b-3", revision=2))
        assert tab.shown(SloganState, "notice_code") == ErrorCode.SLOGAN_CONFLICT.value
        await tab.send(SloganState.withdraw, form={"revision": "2"})
        assert tab.shown(SloganState, "notice_code") == ErrorCode.SLOGAN_NOT_SUBMITTED.value
        assert (stored(served_db), tab.errors) == ((3, GOOD), [])


def save_elsewhere(db: Database, person: Person, text: str, *, revision: int) -> None:
    writing = Writing(text, "", "Tổ một cửa", author_public=False)
    submit_slogan.save_draft(db, participant_id=person.id, writing=writing, revision=revision, now=server_now())


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"text": "một " * 9}, "text", ErrorCode.SLOGAN_TOO_FEW_WORDS),
        ({"explanation": "một " * 301}, "explanation", ErrorCode.EXPLANATION_TOO_LONG),
        ({"author": ""}, "author", ErrorCode.AUTHOR_MISSING),
    ],
)
async def test_refusals_stand_at_their_field(
    served_db: Database, fields: dict[str, str], field: str, code: ErrorCode
) -> None:
    writer = make_writer(served_db, contest_now(served_db))
    async with tab_of(writer) as tab:
        await tab.send(SloganState.load)
        await tab.send(SloganState.ask, form=form() | fields)
        errors = tab.shown(SloganState, "errors")
        assert [name for name, said in errors.items() if said] == [field]
        assert tab.shown(SloganState, "ack") == "a-1:1"  # kept as a draft all the same
        await tab.send(SloganState.submit, form=form(revision=1) | fields)
        assert errors == tab.shown(SloganState, "errors")
        assert (tab.shown(SloganState, "panel"), code.name in str(tab.errors)) == ("", False)
    with served_db.read() as session:
        assert session.exec(select(SloganVersion)).all() == []


async def test_wrong_forms_are_quiet_and_change_nothing(served_db: Database) -> None:
    writer = make_writer(served_db, contest_now(served_db))
    wrong: list[Any] = [
        *(None, 7, "x" * 5000, [], {}, {"text": 1}, form() | {"revision": "-1"}, form() | {"revision": "9" * 30}),
        form() | {"revision": [1]},
        {"text": GOOD, "revision": "0"},
        {"text": {"a": 1}, "explanation": [], "author": None, "revision": "0"},
    ]
    async with tab_of(writer) as tab:
        await tab.send(SloganState.load)
        for one in wrong:
            for handler in (SloganState.save_draft, SloganState.ask, SloganState.submit):
                await tab.send(handler, form=one)
                assert tab.shown(SloganState, "notice_code") == ErrorCode.BAD_REQUEST.value
        await tab.send(SloganState.show_panel, panel={"odd": 1})
        assert (tab.shown(SloganState, "panel"), tab.errors) == ("", [])
    assert stored(served_db) == (0, "")


async def test_after_the_deadline_everything_is_refused_and_shown(served_db: Database) -> None:
    ended = (server_now() - timedelta(seconds=1)).replace(microsecond=0)
    writer = make_writer(served_db, contest_now(served_db, closes_at=ended))
    async with tab_of(writer) as tab:
        await tab.send(SloganState.load)
        assert (tab.shown(SloganState, "screen"), tab.shown(SloganState, "round").is_closed) == ("writer", True)
        for handler in (SloganState.save_draft, SloganState.ask, SloganState.submit, SloganState.withdraw):
            await tab.send(handler, form=form())
            assert tab.shown(SloganState, "notice_code") == ErrorCode.SLOGAN_CLOSED.value
        assert (stored(served_db), tab.errors) == ((0, ""), [])


async def test_a_dismissed_representatives_open_page(served_db: Database) -> None:
    writer = make_writer(served_db, contest_now(served_db))
    async with tab_of(writer) as tab:
        await tab.send(SloganState.load)
        with served_db.write() as session:
            term = running_term(session, writer.id)
            assert term is not None
            end_terms(session, [term.id or 0], ended_by="an", now=server_now())
        await tab.send(SloganState.save_draft, form=form())
        assert tab.shown(SloganState, "notice") == message(ErrorCode.NOT_REPRESENTATIVE)
        assert (tab.shown(SloganState, "may_write"), tab.shown(SloganState, "screen")) == (False, "writer")
        assert (tab.shown(SloganState, "refused"), stored(served_db)) == ("a-1", (0, ""))
    async with Browser(cookie=f"cchc={writer.token}", path="/don-vi") as tab:
        await tab.send(UnitDeskState.load)
        assert tab.shown(UnitDeskState, "screen") == "denied"
        assert (tab.shown(UnitDeskState, "people"), tab.errors) == ([], [])


async def test_the_desk(served_db: Database) -> None:
    contest = contest_now(served_db)
    writer = make_writer(served_db, contest, name="Lê Minh")
    for week, person in ((2, make_person(served_db, contest, name="Đỗ An")), (1, make_person(served_db, contest))):
        finish_paper(served_db, contest, person, week=week)
    finish_paper(served_db, contest, make_person(served_db, contest, unit=1, name="Người Khác"), week=2)
    async with Browser(cookie=f"cchc={writer.token}", path="/don-vi") as tab:
        await tab.send(UnitDeskState.load)
        assert tab.shown(UnitDeskState, "people") == ["Đỗ An"]
        assert {figure.label: figure.value for figure in tab.shown(UnitDeskState, "figures")} == {
            "quân số": "50",
            "đã đăng ký": "3",
            "đã thi tuần này": "1",
            "đã thi ít nhất một tuần": "2",
        }
        assert ("Người Khác" in tab.received, tab.errors) == (False, [])


async def test_a_wrong_code_stands_at_its_field(served_db: Database) -> None:
    person = make_person(served_db, contest_now(served_db), now=server_now())
    async with Browser(cookie=f"cchc={person.token}", path="/khau-hieu/ma") as tab:
        await tab.send(UnitCodeState.load)
        assert tab.shown(UnitCodeState, "screen") == "form"
        for typed, code in (("", ErrorCode.UNIT_CODE_EMPTY), ("2222-2222-2222", ErrorCode.UNIT_CODE_WRONG)):
            await tab.send(UnitCodeState.redeem, form={"code": typed})
            assert tab.shown(UnitCodeState, "error") == message(code)
        await tab.send(UnitCodeState.redeem, form={"code": ["odd"]})
        assert (tab.redirects, tab.errors) == ([], [])
