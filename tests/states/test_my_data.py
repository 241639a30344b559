"""The page about one's own data, event by event."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from cchc_app.data.engine import Database
from cchc_app.data.tables import DataRequest, Participant
from cchc_app.services import consents
from cchc_app.services.clock import server_now
from cchc_app.states.consent import ConsentState
from cchc_app.states.my_data import MyDataState
from tests.factories import Person, make_contest, make_person
from tests.states.driver import Browser


def person_in(db: Database, **fields: object) -> Person:
    return make_person(db, make_contest(db), name="Đỗ Thị Mai", now=server_now(), **fields)


def stored(db: Database) -> list[tuple[str, str]]:
    with db.read() as session:
        return [(one.kind, one.status) for one in session.exec(select(DataRequest).order_by(DataRequest.id))]


async def test_what_is_stored_is_shown_masked(served_db: Database) -> None:
    person = person_in(served_db, phone="0912345678", pin_hash="$argon2id$secret")
    consents.agree(served_db, participant_id=person.id, now=server_now())
    with served_db.read() as session:
        row = session.get_one(Participant, person.id)
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan/du-lieu") as tab:
        await tab.send(MyDataState.load)
        facts = {fact.name: fact.value for fact in tab.shown(MyDataState, "facts")}
        assert (facts["Họ và tên"], facts["Số CCCD/CMND"]) == ("Đỗ Thị Mai", "031•••••••00")
        assert (facts["Số điện thoại"], facts["Bài làm"]) == ("091•••••78", "0 bài, 0 câu trả lời")
        assert tab.shown(MyDataState, "consents")[0].startswith("Tham gia hội thi, thông báo phiên bản ")
        secrets = (row.citizen_id, row.citizen_id_index, "0912345678", "argon2", person.token, person.token_hash)
        assert ([secret for secret in secrets if secret in tab.received], tab.errors) == ([], [])


async def test_requests_are_sent_shown_and_taken_back(served_db: Database) -> None:
    person = person_in(served_db)
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan/du-lieu") as tab:
        await tab.send(MyDataState.load)
        await tab.send(MyDataState.correct, form={"detail": " "})
        assert tab.shown(MyDataState, "error").startswith("Bạn chưa viết cần sửa gì.")
        await tab.send(MyDataState.correct, form={"detail": "Tên đệm là Thu"})
        assert tab.shown(MyDataState, "notice").startswith("Đã ghi nhận yêu cầu. Bạn được trả lời chậm nhất ngày ")
        await tab.send(MyDataState.erase)
        await tab.send(MyDataState.erase)
        assert tab.shown(MyDataState, "error").startswith("Bạn đã có một yêu cầu như vậy")
        assert [(one.name, one.status) for one in tab.shown(MyDataState, "requests")] == [
            ("Xóa dữ liệu", "Đang chờ"),
            ("Sửa thông tin", "Đang chờ"),
        ]
        await tab.send(MyDataState.cancel, kind="erasure")
        assert stored(served_db) == [("correction", "open"), ("erasure", "cancelled")]
        assert tab.errors == []


async def test_withdrawing_and_agreeing_again(served_db: Database) -> None:
    person = person_in(served_db)
    async with Browser(cookie=f"cchc={person.token}", path="/dong-y?tiep=/xep-hang") as tab:
        await tab.send(ConsentState.load)
        assert tab.redirects == ["/xep-hang"]
        await tab.send(MyDataState.withdraw)
        assert tab.shown(MyDataState, "withdrawn") is True
        await tab.send(ConsentState.load)
        assert tab.shown(ConsentState, "asked") is True
        await tab.send(ConsentState.agree)
        assert tab.redirects == ["/xep-hang", "/xep-hang"]
        assert consents.is_current(served_db, participant_id=person.id)
        assert (stored(served_db), tab.errors) == ([("withdrawal", "cancelled")], [])


async def test_agreeing_needs_the_question_to_be_on_the_screen(served_db: Database) -> None:
    person = person_in(served_db, agrees=False)
    async with Browser(cookie=f"cchc={person.token}", path="/dong-y") as tab:
        await tab.send(ConsentState.agree)
        assert not consents.is_current(served_db, participant_id=person.id)


HANDLERS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (MyDataState.load, {}),
    (MyDataState.correct, {"form": {"detail": "x"}}),
    (MyDataState.erase, {}),
    (MyDataState.withdraw, {}),
    (MyDataState.cancel, {"kind": "erasure"}),
    (ConsentState.load, {}),
    (ConsentState.agree, {}),
]


@pytest.mark.parametrize(("handler", "payload"), HANDLERS)
async def test_nobody_sees_and_changes_nothing(served_db: Database, handler: Any, payload: dict[str, Any]) -> None:
    person_in(served_db)
    async with Browser(path="/tai-khoan/du-lieu") as tab:
        await tab.send(handler, **payload)
        assert tab.redirects[0].startswith("/dang-nhap?tiep=")
        assert (stored(served_db), tab.shown(MyDataState, "facts"), tab.errors) == ([], [], [])


@pytest.mark.parametrize("wrong", [None, 5, [], {"detail": ["x"]}, {"detail": None}, "x"])
async def test_wrong_types_are_refused_quietly(served_db: Database, wrong: Any) -> None:
    person = person_in(served_db)
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan/du-lieu") as tab:
        await tab.send(MyDataState.correct, form=wrong)
        await tab.send(MyDataState.cancel, kind=wrong)
        assert (stored(served_db), "Traceback" in tab.received) == ([], False)
        if isinstance(wrong, dict):
            assert tab.errors == []
