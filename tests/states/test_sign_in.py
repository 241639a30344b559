"""The sign-in page, event by event."""

import pytest

from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.services.register import Application, register
from cchc_app.states.session import SessionState
from cchc_app.states.sign_in import SignInState
from tests.factories import make_contest, make_person
from tests.states.driver import Browser

NUMBER, PIN = "031085012345", "407193"
RIGHT = {"citizen_id": "031 0 85 012345", "pin": PIN}


async def one_person(db: Database) -> None:
    make_contest(db)
    form = Application(NUMBER, "Nguyễn Văn An", "05/09/1985", "U0", "0912345678", PIN, PIN, True)
    await register(db, form, address="192.0.2.9", now=server_now())


async def test_the_right_pin_sends_the_browser_for_its_cookie(served_db: Database) -> None:
    await one_person(served_db)
    async with Browser(path="/dang-nhap?tiep=/xep-hang") as tab:
        await tab.open("/dang-nhap?tiep=/xep-hang", SessionState.load, SignInState.load)
        assert tab.shown(SignInState, "register_path") == "/dang-ky?buoc=1&tiep=/xep-hang"
        await tab.send(SignInState.submit, form=RIGHT)
        go = tab.shown(SessionState, "go")
        assert go.startswith("/phien/nhan?ve=")
        assert go.endswith("&tiep=/xep-hang")
        await tab.send(SignInState.submit, form=RIGHT)  # a second tap on the way
        assert tab.shown(SessionState, "go") == go
        await tab.open("/xep-hang", SessionState.load)
        assert (tab.shown(SessionState, "go"), tab.errors) == ("", [])


@pytest.mark.parametrize("elsewhere", ["", "?tiep=//evil.example", "?tiep=/dang-nhap", "?tiep=https://evil.example"])
async def test_without_a_page_to_return_to_the_quiz_is_next(served_db: Database, elsewhere: str) -> None:
    await one_person(served_db)
    async with Browser(path=f"/dang-nhap{elsewhere}") as tab:
        await tab.send(SignInState.submit, form=RIGHT)
        assert tab.shown(SessionState, "go").endswith("&tiep=/thi")


async def test_wrong_pin_five_times(served_db: Database) -> None:
    await one_person(served_db)
    async with Browser(path="/dang-nhap") as tab:
        said = []
        for _ in range(5):
            await tab.send(SignInState.submit, form={**RIGHT, "pin": "555123"})
            said.append((tab.shown(SignInState, "notice_code"), tab.shown(SignInState, "busy")))
        assert said == [("CCHC-202", False)] * 4 + [("CCHC-203", False)]
        assert tab.shown(SignInState, "notice").startswith("Đã nhập sai nhiều lần nên tạm khóa đăng nhập.")
        assert (tab.shown(SignInState, "refusals"), tab.errors) == (5, [])


async def test_errors_stand_beside_their_fields(served_db: Database) -> None:
    await one_person(served_db)
    async with Browser(path="/dang-nhap") as tab:
        await tab.send(SignInState.submit, form={"citizen_id": "31085012345", "pin": "12"})
        assert tab.shown(SignInState, "citizen_id_error").startswith("Số này có 11 chữ số")
        assert tab.shown(SignInState, "pin_error") == "Mã PIN gồm đúng 6 chữ số. Bạn nhập lại."
        await tab.send(SignInState.submit, form={**RIGHT, "pin": "555123"})
        assert (tab.shown(SignInState, "citizen_id_error"), tab.shown(SignInState, "pin_error")) == ("", "")


@pytest.mark.parametrize("form", [None, 5, "x", [], {}, {"citizen_id": 31, "pin": None}, {"pin": ["407193"]}])
async def test_other_types_are_refused_quietly(served_db: Database, form: object) -> None:
    await one_person(served_db)
    async with Browser(path="/dang-nhap") as tab:
        await tab.send(SignInState.submit, form=form)
        assert tab.errors == []
        assert tab.shown(SignInState, "citizen_id_error").startswith("Bạn chưa nhập số CCCD/CMND.")
        assert tab.shown(SessionState, "go") == ""


@pytest.mark.parametrize(
    ("query", "code"), [("?loi=CCHC-207", "CCHC-207"), ("?loi=CCHC-999", ""), ("?loi=<script>", ""), ("", "")]
)
async def test_the_page_says_why_one_was_sent_back(served_db: Database, query: str, code: str) -> None:
    make_contest(served_db)
    async with Browser(path=f"/dang-nhap{query}") as tab:
        await tab.open(f"/dang-nhap{query}", SignInState.load)
        assert tab.shown(SignInState, "notice_code") == code


async def test_whoever_is_signed_in_goes_on(served_db: Database) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    async with Browser(cookie=f"cchc={person.token}", path="/dang-nhap?tiep=/xep-hang") as tab:
        await tab.send(SignInState.load)
        assert tab.redirects == ["/xep-hang"]


async def test_nothing_personal_is_sent(served_db: Database) -> None:
    """Neither what was typed nor what is stored comes back, whatever the outcome."""
    await one_person(served_db)
    async with Browser(path="/dang-nhap") as tab:
        await tab.open("/dang-nhap", SessionState.load, SignInState.load)
        for form in (
            {"citizen_id": "31085012345", "pin": "1"},
            {**RIGHT, "pin": "555123"},
            {"citizen_id": "031085099999", "pin": "555123"},
            RIGHT,
        ):
            await tab.send(SignInState.submit, form=form)
        secrets = ("31085012345", "31 0 85 012345", "031085099999", PIN, "555123", "0912345678", "argon2")
        assert tab.shown(SessionState, "go") != ""
        assert [secret for secret in secrets if secret in tab.received] == []
