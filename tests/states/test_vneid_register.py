"""The page that asks whoever VNeID has named for what is missing."""

from datetime import date

import pytest
from sqlmodel import select

from cchc_app import routes
from cchc_app.contest.assurance import Assurance
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant
from cchc_app.services.clock import server_now
from cchc_app.services.vneid import round_trip
from cchc_app.services.vneid.identity import Identity
from cchc_app.states.session import SessionState
from cchc_app.states.vneid_register import VneidRegisterState
from cchc_app.texts import message
from tests.factories import make_contest
from tests.states.driver import Browser

AN = Identity("031085012345", "Nguyễn Văn An", date(1985, 9, 5), Assurance.FULL)
PAGE = routes.vneid_register("/xep-hang")


def arrived(db: Database) -> str:
    """VNeID has named somebody; the cookie of that browser."""
    make_contest(db)
    found = round_trip._receive(db, AN, "/xep-hang", server_now())
    assert isinstance(found, round_trip.Arrived)
    return f"other=1; cchc-vneid={found.browser}"


def registered(db: Database) -> int:
    with db.read() as session:
        return len(session.exec(select(Participant)).all())


async def test_the_page_shows_the_person_and_no_number(served_db: Database) -> None:
    async with Browser(cookie=arrived(served_db)) as tab:
        await tab.open(PAGE, VneidRegisterState.load)
        assert tab.shown(VneidRegisterState, "full_name") == AN.full_name
        assert tab.shown(VneidRegisterState, "masked_citizen_id") == "031•••••••45"
        assert AN.number not in tab.received
        assert "1985" not in tab.received


async def test_registering_leads_on(served_db: Database) -> None:
    async with Browser(cookie=arrived(served_db)) as tab:
        await tab.open(PAGE, VneidRegisterState.load)
        await tab.send(VneidRegisterState.submit, form={"unit": "", "phone": "1", "consent": False})
        errors = tab.shown(VneidRegisterState, "errors")
        assert errors == {
            "unit": message(ErrorCode.UNIT_MISSING),
            "phone": message(ErrorCode.PHONE_INVALID),
            "consent": message(ErrorCode.CONSENT_MISSING),
        }
        await tab.send(VneidRegisterState.submit, form={"unit": "U0", "phone": "", "consent": "on"})
        go = tab.shown(SessionState, "go")
        assert go.startswith("/phien/nhan?ve=")
        assert go.endswith("&tiep=/xep-hang")
        await tab.send(VneidRegisterState.submit, form={"unit": "U0", "consent": True})
        assert tab.errors == []
    assert registered(served_db) == 1


@pytest.mark.parametrize("cookie", ["", "cchc-vneid=guessed", "cchc-vneid="])
async def test_without_the_cookie_one_is_sent_to_the_door(served_db: Database, cookie: str) -> None:
    arrived(served_db)
    async with Browser(cookie=cookie) as tab:
        await tab.open(PAGE, VneidRegisterState.load)
        assert tab.redirects == [routes.sign_in_refused(ErrorCode.VNEID_EXPIRED, "/xep-hang")]
        await tab.send(VneidRegisterState.submit, form={"unit": "U0", "phone": "", "consent": True})
        assert tab.shown(VneidRegisterState, "notice_code") == ErrorCode.VNEID_EXPIRED
        assert tab.shown(SessionState, "go") == ""
    assert registered(served_db) == 0


@pytest.mark.parametrize("form", [None, [], "x", 7, {"unit": ["U0"], "consent": True}, {"unit": {}, "consent": 1}])
async def test_wrong_types_are_refused_quietly(served_db: Database, form: object) -> None:
    async with Browser(cookie=arrived(served_db)) as tab:
        await tab.send(VneidRegisterState.submit, form=form)
        assert tab.errors == []
    assert registered(served_db) == 0
