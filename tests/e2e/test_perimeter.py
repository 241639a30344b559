"""Every event handler any browser can call: the exact list, each called by nobody and with wrong arguments."""

import inspect
import json
from typing import Any

import aiohttp
import pytest
import reflex as rx
from sqlalchemy import text

import cchc_app.cchc_app  # noqa: F401  (registers every state)
from cchc_app.data.engine import Database
from tests.live_site import LiveSite
from tests.participant import Participant, in_own_loop

HANDLERS = {
    "AccountState": {"load"},
    "AuditLogState": {"load", "older", "search"},
    "FrameState": {"close_trouble", "fail", "load"},
    "HomeState": {"load", "show_qr"},
    "InvitationState": {"load", "submit"},
    "OverviewState": {"load"},
    "QuizState": {
        "answer",
        "begin",
        "finish",
        "go",
        "next_question",
        "open_counted",
        "open_practice",
        "show_panel",
        "time_up",
    },
    "RegisterState": {"back", "load", "opened", "submit"},
    "ResultState": {"filter_review", "open", "toggle_review"},
    "RulesState": {"load"},
    "StandingsState": {"load", "refresh", "search", "show_more"},
    "SessionState": {"load"},
    "SignInState": {"load", "submit"},
    "StaffPeopleState": {"change_role", "choose", "disable", "enable", "invite", "load", "withdraw"},
    "StaffSignInState": {"load", "start_over", "submit_code", "submit_password"},
}
# Added by the framework to every state: it refuses to set anything that has no setter.
FRAMEWORK = {"setvar"}
WRONG_VALUES: tuple[Any, ...] = (None, True, -1, 10**30, "", "x" * 5000, "<script>", [], [[]], {}, {"paper": {}}, 1.5)
# The visit counter counts whoever opens a tab.
PUBLIC_TABLES = {"visit_day"}


def own_states() -> list[type[rx.State]]:
    """The states of the app, not of the framework."""
    found, waiting = [], [rx.State]
    while waiting:
        for state in waiting.pop().get_substates():
            waiting.append(state)
            if state.__module__.startswith("cchc_app."):
                found.append(state)
    return sorted(found, key=lambda state: state.__name__)


STATES = own_states()


def test_the_list_of_handlers_is_exact() -> None:
    listed = {state.__name__: set(state.event_handlers) - FRAMEWORK for state in STATES}
    assert {name: handlers for name, handlers in listed.items() if handlers} == HANDLERS


def calls() -> list[tuple[str, dict[str, Any]]]:
    """Every handler with no arguments, unknown ones, and every wrong value in every place."""
    made: list[tuple[str, dict[str, Any]]] = []
    for state in STATES:
        for name, handler in state.event_handlers.items():
            event = f"{state.get_full_name()}.{name}"
            places = [place for place in inspect.signature(handler.fn).parameters if place != "self"]
            made += [(event, {}), (event, {"unheard_of": 1})]
            made += [(event, dict.fromkeys(places, value)) for value in WRONG_VALUES if places]
    return made


def rows(site: LiveSite) -> dict[str, int]:
    """How many rows every table has."""
    db = Database(site.environment["CCHC_DATABASE_URL"])
    with db.engine.connect() as connection:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        counts = {
            table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()
            for table in tables
            if table not in PUBLIC_TABLES
        }
    db.dispose()
    return counts


async def call_all(site: LiveSite, made: list[tuple[str, dict[str, Any]]], *, cookie: str = "") -> str:
    """Everything the server sends back to one tab that makes these calls."""
    async with aiohttp.ClientSession() as http:
        tab = Participant(site.url, cookie=cookie)
        tab.keeps_updates = True
        await tab.connect(http)
        for event, payload in made:
            await tab.event(event, **payload)
        await tab.close()
        return json.dumps(tab.updates)


def traces(sent: str) -> list[str]:
    """What nobody outside should ever be sent."""
    return [word for word in ("Traceback", "Error(", "sqlalchemy", "cchc_app/") if word in sent]


def test_nobody_changes_nothing_and_sees_no_traceback(site: LiveSite) -> None:
    before = rows(site)
    sent = in_own_loop(call_all(site, calls()))
    assert rows(site) == before
    assert traces(sent) == []
    assert site.traceback() == ""


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null"])
def test_a_foreign_page_gets_no_socket(site: LiveSite, origin: str) -> None:
    async def knock() -> int:
        address = f"{site.url}/_event/?EIO=4&transport=websocket&token=t"
        async with aiohttp.ClientSession() as http:
            try:
                async with http.ws_connect(address, headers={"Origin": origin}):
                    return 101
            except aiohttp.WSServerHandshakeError as refused:
                return refused.status

    assert in_own_loop(knock()) in range(400, 404)
