"""Who owes agreement to the privacy notice goes no further than the page that asks, whatever page is open."""

from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import select

from cchc_app.data.engine import Database
from cchc_app.data.tables import Answer, Attempt, Consent, DataRequest
from cchc_app.services.clock import server_now
from cchc_app.services.consents import agree
from cchc_app.states.account import AccountState
from cchc_app.states.my_data import MyDataState
from cchc_app.states.quiz import QuizState
from cchc_app.states.result import ResultState
from cchc_app.states.session import SessionState
from cchc_app.states.sign_in import SignInState
from cchc_app.states.standings import StandingsState
from tests.factories import Person, make_contest, make_person, rules_around
from tests.states.driver import Browser

PRIVATE: list[tuple[str, Any, dict[str, Any]]] = [
    ("/thi", QuizState.open_counted, {}),
    ("/luyen-tap", QuizState.begin, {}),
    ("/thi", QuizState.go, {"position": 0}),
    ("/thi", QuizState.answer, {"form": {"paper": "x", "position": "0", "choice": "0"}}),
    ("/thi", QuizState.finish, {"form": {}}),
    ("/ket-qua/T26-1", ResultState.open, {}),
    ("/tai-khoan", AccountState.load, {}),
    ("/tai-khoan", AccountState.sign_out_device, {"handle": "0123456789abcdef"}),
    ("/tai-khoan/du-lieu", MyDataState.correct, {"form": {"detail": "x"}}),
]


def owing(db: Database) -> Person:
    return make_person(db, make_contest(db, rules_around(server_now())), agrees=False, now=server_now())


def change_notice(db: Database) -> None:
    """As if everybody had agreed to the notice before this one."""
    with db.write() as session:
        session.execute(update(Consent).values(version="0"))


@pytest.mark.parametrize(("path", "handler", "payload"), PRIVATE)
async def test_private_handlers_ask_first(
    served_db: Database, path: str, handler: Any, payload: dict[str, Any]
) -> None:
    person = owing(served_db)
    async with Browser(cookie=f"cchc={person.token}", path=path) as tab:
        await tab.send(handler, **payload)
        assert (len(tab.redirects), tab.redirects[0].startswith("/dong-y?tiep=/"), tab.errors) == (1, True, [])
        assert person.name not in "".join(line for line in tab.received.splitlines() if "display_name" not in line)
    with served_db.read() as session:
        assert (session.exec(select(Attempt)).all(), session.exec(select(DataRequest)).all()) == ([], [])


async def test_one_s_rights_and_the_ways_out_stay_open(served_db: Database) -> None:
    person = owing(served_db)
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan/du-lieu") as tab:
        await tab.open("/tai-khoan/du-lieu", SessionState.load, MyDataState.load)
        assert (tab.shown(SessionState, "signed_in"), tab.shown(MyDataState, "loaded")) == (True, True)
        await tab.send(MyDataState.erase)
        await tab.send(MyDataState.cancel, kind="erasure")
        await tab.send(MyDataState.withdraw)
        assert (tab.redirects, tab.errors) == ([], [])
        await tab.open("/dang-nhap?tiep=/thi", SignInState.load)
        assert tab.redirects == ["/thi"]  # signed in already; the quiz then asks
    with served_db.read() as session:
        found = session.exec(select(DataRequest.kind, DataRequest.status).order_by(DataRequest.id)).all()
    assert found == [("erasure", "cancelled"), ("withdrawal", "open")]


async def test_an_owing_person_has_no_own_row(served_db: Database) -> None:
    person = owing(served_db)
    async with Browser(cookie=f"cchc={person.token}", path="/xep-hang") as tab:
        await tab.open("/xep-hang", SessionState.load, StandingsState.load)
        assert (tab.shown(StandingsState, "own").key, tab.redirects, tab.errors) == ("", [], [])


async def test_a_paper_in_hand_waits_for_the_agreement(served_db: Database) -> None:
    """The paper is on the screen, the state holds it, and still no answer is stored until one has agreed."""
    person = make_person(served_db, make_contest(served_db, rules_around(server_now())), now=server_now())
    async with Browser(cookie=f"cchc={person.token}", path="/thi") as tab:
        await tab.open("/thi", QuizState.open_counted, QuizState.begin)
        form = {"paper": tab.shown(QuizState, "paper"), "position": "0", "choice": "1"}
        change_notice(served_db)
        await tab.send(QuizState.answer, form=form)
        assert (stored_answers(served_db), tab.redirects) == (0, ["/dong-y?tiep=/thi"])
        agree(served_db, participant_id=person.id, now=server_now())
        await tab.send(QuizState.answer, form=form)
        assert (stored_answers(served_db), tab.errors) == (1, [])


def stored_answers(db: Database) -> int:
    with db.read() as session:
        return len(session.exec(select(Answer)).all())
