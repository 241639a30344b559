"""The registration page, event by event."""

import pytest
from sqlmodel import select

from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant
from cchc_app.services.clock import server_now
from cchc_app.states.register import RegisterState
from cchc_app.states.session import SessionState
from tests.factories import make_contest, make_person
from tests.states.driver import Browser

PATH = "/dang-ky?tiep=/xep-hang"
IDENTITY = {"citizen_id": "031 0 85 012345", "full_name": "Nguyễn Văn An", "birth_date": "05/09/1985"}
WHOLE = {
    **IDENTITY,
    "unit": "U0",
    "unit_search": "le chan",
    "phone": "0912 345 678",
    "pin": "407193",
    "pin_again": "407193",
    "consent": True,
}
EMPTY_STEPS = {"unit": None, "phone": "", "pin": "", "pin_again": "", "consent": False}


def form(step: int, **changes: object) -> dict[str, object]:
    return {**WHOLE, "step": str(step), **changes}


def errors(tab: Browser) -> set[str]:
    return {name for name, sentence in tab.shown(RegisterState, "errors").items() if sentence}


def people(db: Database) -> list[Participant]:
    with db.read() as session:
        return list(session.exec(select(Participant)))


async def test_three_steps(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        await tab.open(PATH, SessionState.load, RegisterState.load, RegisterState.opened)
        assert tab.shown(RegisterState, "step") == 1
        await tab.send(RegisterState.submit, form={**form(1), **EMPTY_STEPS})
        await tab.open(tab.redirects[-1], RegisterState.load)
        assert tab.shown(RegisterState, "step") == 2
        await tab.send(RegisterState.submit, form=form(2, pin="", pin_again="", consent=False))
        await tab.open(tab.redirects[-1], RegisterState.load)
        assert tab.shown(RegisterState, "step") == 3
        await tab.send(RegisterState.submit, form=form(3))
        assert tab.redirects == ["/dang-ky?buoc=2&tiep=/xep-hang", "/dang-ky?buoc=3&tiep=/xep-hang"]
        assert tab.shown(SessionState, "go").startswith("/phien/nhan?ve=")
        assert (errors(tab), tab.errors, tab.shown(RegisterState, "busy")) == (set(), [], False)
    assert [person.full_name for person in people(served_db)] == ["Nguyễn Văn An"]


async def test_a_second_tap_on_the_last_button_changes_nothing(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        for _ in range(2):
            await tab.send(RegisterState.submit, form=form(3))
        assert (errors(tab), tab.redirects) == (set(), [])


async def test_units_come_by_bloc(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        await tab.open(PATH, RegisterState.load)
        assert [group.name for group in tab.shown(RegisterState, "units")] == ["Xã, phường, đặc khu"]
        found = [(unit.code, unit.name, unit.key) for unit in tab.shown(RegisterState, "units")[0].units]
        assert found[0] == ("U0", "UBND phường Lê Chân", "ubnd phuong le chan")


async def test_contradictions_are_shown_once_and_block_nothing(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        contradiction = form(1, birth_date="05/09/1986")
        await tab.send(RegisterState.submit, form=contradiction)
        assert tab.shown(RegisterState, "warnings") == ["Năm sinh bạn nhập khác với năm sinh ghi trong số CCCD."]
        assert (tab.shown(RegisterState, "step"), tab.redirects) == (1, [])
        await tab.send(RegisterState.submit, form=contradiction)
        assert tab.shown(RegisterState, "step") == 2


async def test_a_corrected_contradiction_disappears(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        await tab.send(RegisterState.submit, form=form(1, citizen_id="099085012345"))
        assert len(tab.shown(RegisterState, "warnings")) == 1
        await tab.send(RegisterState.submit, form=form(1))
        assert (tab.shown(RegisterState, "warnings"), tab.shown(RegisterState, "step")) == ([], 2)


async def test_every_wrong_field_of_a_step_is_told_at_once(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        await tab.send(RegisterState.submit, form={"step": "1", "citizen_id": "12a", "full_name": "", "birth_date": ""})
        assert errors(tab) == {"citizen_id", "full_name", "birth_date"}
        assert (tab.shown(RegisterState, "refusals"), tab.redirects) == (1, [])


async def test_a_very_long_name_is_told_to_be_long(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        await tab.send(RegisterState.submit, form=form(1, full_name="A" * 100_000))
        assert tab.shown(RegisterState, "errors")["full_name"].startswith("Họ và tên dài quá 100 ký tự.")


async def test_an_error_of_an_earlier_step_leads_there(served_db: Database) -> None:
    """A server that has lost its memory judges the whole form: nothing gets past it, nothing typed is lost."""
    make_contest(served_db)
    async with Browser(path="/dang-ky?buoc=3") as tab:
        await tab.open("/dang-ky?buoc=3", RegisterState.load)
        await tab.send(RegisterState.submit, form=form(3, full_name="", unit=None, pin_again="407190"))
        assert errors(tab) == {"full_name", "unit", "pin_again"}
        assert (tab.shown(RegisterState, "step"), tab.redirects) == (1, ["/dang-ky?buoc=1&tiep=/thi"])
    assert people(served_db) == []


async def test_a_restarted_server_goes_on_where_one_was(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path="/dang-ky?buoc=3&tiep=/thi") as tab:
        await tab.open("/dang-ky?buoc=3&tiep=/thi", RegisterState.load)
        await tab.restart_server()
        await tab.send(RegisterState.load)  # as every reconnection does
        assert tab.shown(RegisterState, "step") == 3
        await tab.send(RegisterState.submit, form=form(3))
        assert tab.shown(SessionState, "go") != ""
    assert len(people(served_db)) == 1


async def test_a_page_opened_anew_in_the_middle_starts_over_and_says_so(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path="/dang-ky?buoc=2") as tab:
        await tab.open("/dang-ky?buoc=2", RegisterState.load, RegisterState.opened)
        assert tab.redirects == ["/dang-ky?buoc=1&tiep=/thi"]
        assert tab.shown(RegisterState, "notice").startswith("Trang vừa được mở lại")


async def test_back_goes_one_step(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path="/dang-ky?buoc=2") as tab:
        await tab.open("/dang-ky?buoc=2", RegisterState.load)
        for _ in range(2):
            await tab.send(RegisterState.back)
        assert (tab.shown(RegisterState, "step"), tab.errors) == (1, [])


async def test_a_registered_number_is_told_beside_the_field(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        await tab.send(RegisterState.submit, form=form(3))
    async with Browser(path=PATH) as tab:
        for step in (1, 3):
            await tab.send(RegisterState.submit, form=form(step))
            assert tab.shown(RegisterState, "errors")["citizen_id"].startswith("Số này đã đăng ký dự thi.")
    assert len(people(served_db)) == 1


@pytest.mark.parametrize(
    "bad",
    [None, 5, "x", [], {}, {"step": 3}, {"step": "9"}, {"step": ["1"], "citizen_id": {}, "consent": "yes"}],
)
async def test_other_types_are_refused_quietly(served_db: Database, bad: object) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        await tab.send(RegisterState.submit, form=bad)
        assert tab.errors == []
        assert errors(tab) == {"citizen_id", "full_name", "birth_date"}
    assert people(served_db) == []


async def test_before_the_contest_is_set_up(served_db: Database) -> None:
    async with Browser(path=PATH) as tab:
        await tab.open(PATH, RegisterState.load)
        assert tab.shown(RegisterState, "notice_code") == "CCHC-301"
        await tab.send(RegisterState.submit, form=form(1))
        assert (tab.shown(RegisterState, "notice_code"), tab.errors) == ("CCHC-301", [])


async def test_whoever_is_signed_in_goes_on(served_db: Database) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    async with Browser(cookie=f"cchc={person.token}", path=PATH) as tab:
        await tab.send(RegisterState.load)
        assert tab.redirects == ["/xep-hang"]


async def test_nothing_personal_is_sent(served_db: Database) -> None:
    make_contest(served_db)
    async with Browser(path=PATH) as tab:
        await tab.open(PATH, SessionState.load, RegisterState.load)
        for sent in (
            form(1, citizen_id="31085012345"),
            form(1, birth_date="05/09/1986"),
            form(1),
            form(2, phone="123"),
            form(2),
            form(3, pin="444444"),
            form(3),
        ):
            await tab.send(RegisterState.submit, form=sent)
        assert tab.shown(SessionState, "go") != ""
        stored = people(served_db)[0]
        secrets = (
            *("31085012345", "85 012345", "0912", "345 678", "407193", "444444"),
            *(stored.citizen_id_index, stored.pin_hash or "", "argon2", "1985-09-05", "05/09/198"),
        )
        assert [secret for secret in secrets if secret in tab.received] == []
