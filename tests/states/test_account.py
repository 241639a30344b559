"""The account page, event by event."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import Participant
from cchc_app.services.clock import server_now
from cchc_app.services.sessions import issue_ticket, redeem, viewer
from cchc_app.services.take_quiz import begin, finish
from cchc_app.services.throttle import get_throttle
from cchc_app.states.account import AccountState
from tests.factories import NOW, make_contest, make_person
from tests.states.driver import Browser


async def test_own_data_and_papers(served_db: Database) -> None:
    person = make_person(served_db, make_contest(served_db), name="Đỗ Thị Mai", now=server_now())
    receipt = begin(served_db, participant_id=person.id, kind=COUNTED, now=NOW)
    finish(served_db, participant_id=person.id, receipt=receipt, now=NOW + timedelta(minutes=2, seconds=5))
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
        await tab.send(AccountState.load)
        assert (tab.shown(AccountState, "full_name"), tab.errors) == ("Đỗ Thị Mai", [])
        assert tab.shown(AccountState, "masked_citizen_id") == "031•••••••00"
        assert tab.shown(AccountState, "identity_normalised") is True
        (paper,) = tab.shown(AccountState, "papers")
        assert (paper.name, paper.result) == ("Tuần 2", "0/4 câu đúng · 02 phút 05 giây")
        assert (paper.receipt, paper.href) == (receipt, f"/ket-qua/{receipt}")
        assert paper.finished == "Nộp lúc 12:02 ngày 11/03/2026"


async def test_nine_digits_are_noted_and_no_papers_is_no_error(served_db: Database) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now(), identity_normalised=False)
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
        await tab.send(AccountState.load)
        assert tab.shown(AccountState, "identity_normalised") is False
        assert (tab.shown(AccountState, "papers"), tab.shown(AccountState, "loaded")) == ([], True)


async def test_others_are_sent_to_sign_in(served_db: Database) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    with served_db.write() as session:
        session.execute(update(Participant).where(col(Participant.id) == person.id).values(blocked=True))
    for cookie in ("", "cchc=made-up", f"cchc={person.token}"):
        async with Browser(cookie=cookie, path="/tai-khoan") as tab:
            await tab.send(AccountState.load)
            assert tab.redirects == ["/dang-nhap?tiep=/tai-khoan"]
            assert (tab.shown(AccountState, "full_name"), tab.errors) == ("", [])


async def test_nothing_personal_is_sent(served_db: Database) -> None:
    person = make_person(
        served_db, make_contest(served_db), now=server_now(), phone="0912345678", pin_hash="$argon2id$secret"
    )
    with served_db.read() as session:
        stored = session.get_one(Participant, person.id)
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
        await tab.send(AccountState.load)
        secrets = (stored.citizen_id, stored.citizen_id_index, "0912345678", "argon2", person.token, person.token_hash)
        assert tab.shown(AccountState, "full_name") == person.name
        assert [secret for secret in secrets if secret in tab.received] == []


async def test_one_s_devices_and_signing_one_out(served_db: Database) -> None:
    contest = make_contest(served_db)
    person, neighbour = (make_person(served_db, contest, now=server_now()) for _ in range(2))
    with served_db.write() as session:
        ticket = issue_ticket(session, participant_id=person.id, now=server_now())
    other = redeem(served_db, ticket=ticket, now=server_now(), device="Zalo, Android").token
    async with Browser(cookie=f"cchc={neighbour.token}") as stranger:
        await stranger.send(AccountState.load)
        async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
            await tab.send(AccountState.load)
            shown = {device.name: device for device in tab.shown(AccountState, "devices")}
            assert {name: device.current for name, device in shown.items()} == {
                "Zalo, Android": False,
                "Trình duyệt khác": True,
            }
            for handle in (shown["Zalo, Android"].handle, None, 5, [shown["Zalo, Android"].handle]):
                await stranger.send(AccountState.sign_out_device, handle=handle)
            assert viewer(served_db, token_hash=token_hash(other), now=server_now()) is not None
            await tab.send(AccountState.sign_out_device, handle=shown["Zalo, Android"].handle)
            assert viewer(served_db, token_hash=token_hash(other), now=server_now()) is None
            assert [device.current for device in tab.shown(AccountState, "devices")] == [True]
            assert (tab.errors, other in tab.received, token_hash(other) in tab.received) == ([], False, False)


async def test_setting_a_pin_after_vneid_and_changing_it(served_db: Database) -> None:
    get_throttle.cache_clear()
    person = make_person(served_db, make_contest(served_db), now=server_now())
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
        await tab.send(AccountState.load)
        assert (tab.shown(AccountState, "has_pin"), tab.shown(AccountState, "asks_current")) == (False, False)
        await tab.send(AccountState.change_pin, form={"pin": "123456", "pin_again": "654321"})
        said = tab.shown(AccountState, "pin_errors")
        assert [name for name, sentence in said.items() if sentence] == ["pin"]
        await tab.send(AccountState.change_pin, form={"pin": "620485", "pin_again": "620485"})
        assert tab.shown(AccountState, "pin_done").startswith("Đã lưu mã PIN mới.")
        assert (tab.shown(AccountState, "has_pin"), tab.shown(AccountState, "asks_current")) == (True, True)
        await tab.send(AccountState.change_pin, form={"current": "000000", "pin": "407193", "pin_again": "407193"})
        said = tab.shown(AccountState, "pin_errors")
        assert (said["current"] != "", tab.shown(AccountState, "pin_done"), tab.shown(AccountState, "busy")) == (
            True,
            "",
            False,
        )
        await tab.send(AccountState.change_pin, form={"current": "620485", "pin": "407193", "pin_again": "407193"})
        assert tab.shown(AccountState, "pin_done") != ""
        assert ("620485" in tab.received, "407193" in tab.received, tab.errors) == (False, False, [])


@pytest.mark.parametrize("form", [None, 5, "x", [], {}, {"pin": 620485, "pin_again": ["620485"], "current": {}}])
async def test_other_types_set_no_pin(served_db: Database, form: Any) -> None:
    get_throttle.cache_clear()
    person = make_person(served_db, make_contest(served_db), now=server_now())
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
        await tab.send(AccountState.change_pin, form=form)
        assert (tab.shown(AccountState, "pin_errors")["pin"] != "", tab.errors) == (True, [])
    with served_db.read() as session:
        assert session.get_one(Participant, person.id).pin_hash is None


async def test_who_is_not_ranked_is_told(served_db: Database) -> None:
    contest = make_contest(served_db)
    for ranked in (True, False):
        person = make_person(served_db, contest, ranked=ranked, now=server_now())
        async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
            await tab.send(AccountState.load)
            assert tab.shown(AccountState, "ranked") is ranked
