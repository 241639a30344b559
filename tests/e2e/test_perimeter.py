"""Every event handler any browser can call: the exact list, each called by nobody and with wrong arguments."""

import inspect
import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
import reflex as rx
from sqlalchemy import text

import cchc_app.cchc_app  # noqa: F401  (registers every state)
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import Database
from cchc_app.settings import MAX_MESSAGE
from cchc_app.states.sign_in import SignInState
from tests.live_site import LiveSite
from tests.participant import SUFFIX, Participant, in_own_loop

HANDLERS = {
    "AccountState": {"change_pin", "load", "sign_out_device"},
    "AuditLogState": {"load", "search"},
    "ConsentState": {"agree", "load"},
    "DataRequestsState": {"choose", "corrected", "erase", "load", "refuse", "search"},
    "ContestState": {"load", "preview", "remove_file", "save"},
    "FrameState": {"close_trouble", "fail", "load"},
    "HomeState": {"load", "show_qr"},
    "JudgeDeskState": {
        "ask",
        "give",
        "hand_in",
        "load",
        "open_task",
        "put_off",
        "show_round",
        "step_back",
        "write_comment",
        "write_note",
    },
    "JudgingRoundsState": {
        "search",
        "ask",
        "choose",
        "close_round",
        "lift_conflict",
        "load",
        "note_conflict",
        "open_main",
        "open_tie",
        "reassign",
    },
    "ParticipantState": {
        "block",
        "disqualify",
        "extra_time",
        "load",
        "move",
        "offer_pin",
        "put_away",
        "reinstate",
        "reveal",
        "unblock",
    },
    "ParticipantsState": {"load", "search"},
    "PinResetState": {"load", "submit"},
    "StaffPaperState": {"load"},
    "StaffPapersState": {"load", "search"},
    "StaffUnitsState": {"add", "load", "save", "search", "set_headcount"},
    "UnitImportState": {"confirm", "drop", "load"},
    "MyDataState": {"cancel", "correct", "erase", "load", "withdraw"},
    "InvitationState": {"load", "submit"},
    "MergesState": {"choose", "load", "merge", "search"},
    "NewContestState": {"create", "load"},
    "NewsDeskState": {"load", "search"},
    "NewsEditorState": {"load", "preview", "remove", "save"},
    "NewsState": {"load"},
    "OfficialResultsState": {"check", "close", "follow", "load", "search"},
    "QuestionBankState": {"cancel", "confirm", "load", "prepare", "search"},
    "QuestionEditorState": {"approve", "load", "restore", "retire", "save", "toggle_answer"},
    "QuestionImportState": {"accept", "confirm", "drop", "keep", "load", "refresh"},
    "QuestionImportsState": {"load", "search"},
    "PrizesState": {"confirm", "decide", "load", "propose", "publish", "search", "withdraw"},
    "OverviewState": {"load", "search"},
    "QuizState": {
        "answer",
        "begin",
        "finish",
        "go",
        "open_counted",
        "open_practice",
        "show_panel",
        "time_up",
    },
    "RegisterState": {"back", "load", "opened", "submit"},
    "ResultState": {"filter_review", "open", "toggle_review"},
    "RuleDraftState": {"discard", "load", "move", "publish", "save", "toggle"},
    "RulesState": {"load"},
    "SloganState": {"ask", "edit", "load", "refresh", "save_draft", "settle", "show_panel", "submit", "withdraw"},
    "SimulationState": {"jump", "load", "look"},
    "StandingsState": {"load", "refresh", "search"},
    "UnitStandingsState": {"load", "load_blocs", "refresh", "search"},
    "ProjectorState": {"load", "go_on"},
    "BoardFreezeState": {"load", "save"},
    "SessionState": {"load"},
    "SignInState": {"load", "submit"},
    "UnitCodeState": {"load", "redeem"},
    "UnitDeskState": {"load"},
    "VneidRegisterState": {"load", "submit"},
    "StaffPeopleState": {
        "change_role",
        "choose",
        "disable",
        "enable",
        "invite",
        "load",
        "offer_reset",
        "search",
        "withdraw",
    },
    "ItemAnalysisState": {"follow", "load", "search"},
    "SloganDeskState": {"disqualify", "extend", "load", "reinstate", "search"},
    "SloganGalleryState": {"load", "search"},
    "SloganPublicationState": {"load", "publish"},
    "SloganReminderState": {"load"},
    "SlogansAlikeState": {"load"},
    "UnitCodesState": {
        "appoint",
        "dismiss",
        "find_people",
        "load",
        "make_chosen",
        "make_for_missing",
        "put_away",
        "search",
    },
    "WinnersState": {"load"},
    "StaffSignInState": {"load", "start_over", "submit_code", "submit_password"},
}
# Added by the framework to every state: it refuses to set anything that has no setter.
FRAMEWORK = {"setvar"}
WRONG_VALUES: tuple[Any, ...] = (None, True, -1, 10**30, "", "x" * 5000, "<script>", [], [[]], {}, {"paper": {}}, 1.5)
# The visit counter counts whoever opens a tab, and processes say how many are connected.
PUBLIC_TABLES = {"visit_day", "process_presence"}


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


def test_a_foreign_host_gets_neither_page_nor_socket(site: LiveSite) -> None:
    async def knock() -> tuple[int, int]:
        async with aiohttp.ClientSession(headers={"Host": "rebound.example"}) as http:
            async with http.get(site.url) as page:
                status = page.status
            try:
                async with http.ws_connect(f"{site.url}/_event/?EIO=4&transport=websocket&token=t"):
                    return status, 101
            except aiohttp.WSServerHandshakeError as refused:
                return status, refused.status

    page, socket = in_own_loop(knock())
    assert (page, socket in range(400, 404)) == (400, True)


def test_a_message_that_is_too_long_ends_its_socket_and_nothing_else(site: LiveSite) -> None:
    async def send(size: int) -> tuple[bool, int | None]:
        async with aiohttp.ClientSession() as http:
            address = f"{site.url}/_event/?EIO=4&transport=websocket&token=t{size}"
            async with http.ws_connect(address, headers={"Origin": site.url}) as socket:
                await socket.receive(5)
                await socket.send_str("40/_event,")
                await socket.receive(5)
                await socket.send_str("x" * size)
                answer = await socket.receive(5)
                return answer.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED), socket.close_code

    assert in_own_loop(send(MAX_MESSAGE + 1)) == (True, 1009)
    assert site.traceback() == ""


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A site behind a proxy on this machine."""
    live = LiveSite(tmp_path_factory.mktemp("proxied"), environment={"CCHC_TRUSTED_PROXIES": "127.0.0.1/32, ::1/128"})
    live.run("init", "--preset", "demo")
    live.start()
    yield live
    live.stop()


def test_forged_addresses_do_not_lengthen_the_allowance(proxied: LiveSite) -> None:
    """Thirty failures from one address, each with another forged entry in front of it; then a real other one."""

    async def said(http: aiohttp.ClientSession, forwarded: str, number: int) -> str:
        visitor = Participant(proxied.url, path="/dang-nhap", forwarded_for=forwarded)
        await visitor.connect(http)
        form = {"citizen_id": f"0310850{number:05}", "pin": "555123"}
        await visitor.send(f"{SignInState.get_full_name()}.submit", {"form": form})
        while True:
            delta = (await visitor.receive()).get("delta") or {}
            code = delta.get(SignInState.get_full_name(), {}).get(f"notice_code{SUFFIX}")
            if code:
                await visitor.close()
                return code

    async def guess() -> list[str]:
        async with aiohttp.ClientSession() as http:
            codes = [await said(http, f"198.51.100.{n}, 203.0.113.7", n) for n in range(31)]
            return [*codes, await said(http, "203.0.113.8", 40)]

    failed, too_many = ErrorCode.SIGN_IN_FAILED.value, ErrorCode.TOO_MANY_REQUESTS.value
    assert in_own_loop(guess()) == [failed] * 30 + [too_many, failed]
