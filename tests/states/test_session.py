"""Who the server takes a tab for: what the cookie's session says, looked up each time."""

from datetime import timedelta

import pytest

from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.services.sessions import sign_out
from cchc_app.states.account import AccountState
from cchc_app.states.my_data import MyDataState
from cchc_app.states.quiz import QuizState
from cchc_app.states.session import SessionState, cookie_value, initials
from tests.factories import make_contest, make_person
from tests.states.driver import Browser


async def test_a_signed_in_tab(served_db: Database) -> None:
    person = make_person(served_db, make_contest(served_db), name="Nguyễn Văn An", now=server_now())
    async with Browser(cookie=f"theme=dark; cchc={person.token}; x=y") as tab:
        await tab.open("/", SessionState.load)
        assert not tab.errors
        assert tab.shown(SessionState, "signed_in") is True
        assert (tab.shown(SessionState, "display_name"), tab.shown(SessionState, "initials")) == ("Nguyễn Văn An", "NA")
        assert person.token not in tab.received
        assert person.token_hash not in tab.received


@pytest.mark.parametrize("cookie", ["", "cchc=", "cchc=made-up", "other=x", ";;=;cchc", "cchc=a=b; \x00"])
async def test_an_anonymous_tab(served_db: Database, cookie: str) -> None:
    make_contest(served_db)
    async with Browser(cookie=cookie) as tab:
        await tab.open("/", SessionState.load)
        assert not tab.errors
        assert (tab.shown(SessionState, "signed_in"), tab.shown(SessionState, "initials")) == (False, "")


async def test_signing_out_elsewhere_is_seen_at_the_next_event(served_db: Database) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
        await tab.open("/tai-khoan", SessionState.load, AccountState.load)
        assert tab.shown(AccountState, "full_name") == person.name
        sign_out(served_db, token_hash=person.token_hash, now=server_now())
        await tab.send(AccountState.load)
        assert (tab.shown(AccountState, "full_name"), tab.shown(SessionState, "signed_in")) == ("", False)
        assert tab.redirects == ["/dang-nhap?tiep=/tai-khoan"]


async def test_nothing_of_one_person_is_left_for_the_next_behind_the_same_tab(served_db: Database) -> None:
    contest = make_contest(served_db)
    one = make_person(served_db, contest, name="Nguyễn Văn Một", now=server_now())
    two = make_person(served_db, contest, name="Trần Thị Hai", now=server_now())
    async with Browser(cookie=f"cchc={one.token}") as tab:
        await tab.open("/tai-khoan", SessionState.load, AccountState.load)
        tab.cookie = f"cchc={two.token}"
        await tab.connect()
        await tab.open("/", SessionState.load)
        assert not tab.errors
        assert tab.shown(AccountState, "full_name") == ""
        assert tab.shown(SessionState, "display_name") == "Trần Thị Hai"


async def test_an_ended_session_does_not_hide_whose_values_are_in_the_tab(served_db: Database) -> None:
    """One is signed out elsewhere while the page is open, another signs in behind the same tab, no page in between."""
    contest = make_contest(served_db)
    one = make_person(served_db, contest, name="Nguyễn Văn Một", now=server_now())
    two = make_person(served_db, contest, name="Trần Thị Hai", now=server_now())
    async with Browser(cookie=f"cchc={one.token}") as tab:
        await tab.open("/tai-khoan/du-lieu", SessionState.load, AccountState.load, MyDataState.load)
        await tab.open("/luyen-tap", SessionState.load, QuizState.open_practice, QuizState.begin)
        receipt = tab.shown(QuizState, "paper")
        sign_out(served_db, token_hash=one.token_hash, now=server_now())
        await tab.send(QuizState.show_panel, panel="grid")
        tab.cookie = f"cchc={two.token}"
        await tab.send(QuizState.show_panel, panel="grid")
        assert not tab.errors
        assert receipt
        assert tab.shown(QuizState, "paper") == ""
        assert tab.shown(AccountState, "full_name") == ""
        assert tab.shown(MyDataState, "facts") == []
        assert tab.shown(SessionState, "display_name") == "Trần Thị Hai"


@pytest.mark.parametrize("path", ["/tai-khoan", "/tai-khoan/du-lieu", "/thi", "/xep-hang"])
async def test_an_expired_session_shows_nothing(served_db: Database, path: str) -> None:
    long_ago = server_now() - timedelta(days=91)
    person = make_person(served_db, make_contest(served_db), name="Nguyễn Văn Một", now=long_ago)
    async with Browser(cookie=f"cchc={person.token}", path=path) as tab:
        await tab.open(path, SessionState.load, AccountState.load, MyDataState.load, QuizState.open_counted)
        assert (tab.errors, tab.shown(SessionState, "signed_in"), person.name in tab.received) == ([], False, False)


@pytest.mark.parametrize(
    ("name", "letters"), [("Nguyễn Văn An", "NA"), ("Đỗ Ý", "ĐÝ"), ("Plato", "P"), ("đinh thị hà", "ĐH"), ("", "")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_cookies_are_read_whatever_stands_beside_them() -> None:
    assert cookie_value('a="b;c"; cchc=abc; d', "cchc") == "abc"
    assert cookie_value("xcchc=abc", "cchc") == ""
