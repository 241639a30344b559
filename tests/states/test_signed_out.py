"""Open pages of a session that was ended elsewhere go to the door; nobody else's do."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from reflex.state import StateUpdate
from socketio import AsyncServer

from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.services.sessions import sign_out
from cchc_app.services.staff_accounts import change_role, set_disabled
from cchc_app.services.staff_sessions import staff_sign_out
from cchc_app.states.admin.overview import OverviewState
from cchc_app.states.rooms import Rooms, session_rooms, staff_rooms
from cchc_app.states.signed_out import PARTICIPANTS, STAFF, tell
from cchc_app.states.socket_rooms import IndexedRooms
from tests.factories import make_contest, make_person
from tests.staff import Staffer, make_staff
from tests.states.driver import Browser

NAMESPACE = "/_event"


class Told:
    """Who was told what: the namespace's `emit`, with a list behind it instead of sockets."""

    namespace = NAMESPACE

    def __init__(self) -> None:
        self.updates: list[tuple[str, StateUpdate]] = []

    async def emit(self, event: str, update: StateUpdate, *, room: str, skip_sid: list[str] | None = None) -> None:
        assert not skip_sid  # nobody here is slow
        self.updates.append((room, update))


@pytest.fixture
def told() -> Iterator[Told]:
    """Rooms on a real socket server."""
    listener = Told()
    server = AsyncServer(client_manager=IndexedRooms(), async_mode="asgi", namespaces=[NAMESPACE])
    app: Any = SimpleNamespace(sio=server, event_namespace=listener)
    session_rooms.app = staff_rooms.app = app
    yield listener
    session_rooms.app = staff_rooms.app = None


async def open_page(hashed: str, rooms: Rooms = session_rooms) -> None:
    await rooms.enter(await socket(rooms, hashed), hashed)


async def socket(rooms: Rooms, name: str) -> str:
    sio: Any = rooms.app and rooms.app.sio
    return await sio.manager.connect(f"socket-{name}", NAMESPACE)


async def test_a_page_of_an_ended_session_is_sent_to_the_door_once(served_db: Database, told: Told) -> None:
    contest = make_contest(served_db)
    person, neighbour = (make_person(served_db, contest, now=server_now()) for _ in range(2))
    for one in (person, neighbour):
        await open_page(one.token_hash)
    since = server_now() - timedelta(seconds=10)
    assert await tell(PARTICIPANTS, set(), since=since) == set()
    sign_out(served_db, token_hash=person.token_hash, now=server_now())
    known = await tell(PARTICIPANTS, set(), since=since)
    assert known == {person.token_hash}
    await tell(PARTICIPANTS, known, since=since)
    [(room, update)] = told.updates
    [event] = update.events
    assert (room, event.name, event.payload["path"]) == (
        f"session:{person.token_hash}",
        "_redirect",
        "/dang-nhap?loi=CCHC-251",
    )


async def test_sessions_nobody_has_open_here_are_nobody_s_message(served_db: Database, told: Told) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    sign_out(served_db, token_hash=person.token_hash, now=server_now())
    await tell(PARTICIPANTS, set(), since=server_now() - timedelta(seconds=10))
    assert told.updates == []


def disable(db: Database, admin: Staffer, other: Staffer) -> None:
    now = server_now()
    set_disabled(db, actor=admin.username, username=other.username, disabled=True, code=admin.code(now), now=now)


def demote(db: Database, admin: Staffer, other: Staffer) -> None:
    now = server_now()
    change_role(db, actor=admin.username, username=other.username, role="judge", code=admin.code(now), now=now)


def leave(db: Database, _: Staffer, other: Staffer) -> None:
    staff_sign_out(db, token_hash=other.token_hash, now=server_now())


@pytest.mark.parametrize("end", [disable, demote, leave])
async def test_a_page_of_the_staff_is_sent_to_its_door(served_db: Database, told: Told, end: Any) -> None:
    admin, other = (make_staff(served_db, role, now=server_now()) for role in (Role.ADMINISTRATOR, Role.AUDITOR))
    for one in (admin, other):
        await open_page(one.token_hash, staff_rooms)
    end(served_db, admin, other)
    known = await tell(STAFF, set(), since=server_now() - timedelta(seconds=10))
    await tell(STAFF, known, since=server_now() - timedelta(seconds=10))
    [(room, update)] = told.updates
    [event] = update.events
    assert (room, event.name, event.payload["path"]) == (
        f"staff:{other.token_hash}",
        "_redirect",
        "/quan-tri/dang-nhap?loi=CCHC-251",
    )


async def test_a_page_of_the_staff_is_in_the_room_of_its_session(served_db: Database, told: Told) -> None:
    one = make_staff(served_db, Role.JUDGE, now=server_now())
    async with Browser(cookie=one.cookie, path="/quan-tri") as tab:
        tab.sid = await socket(staff_rooms, tab.token)
        await tab.send(OverviewState.load)
        assert staff_rooms.open() == {one.token_hash}
        staff_sign_out(served_db, token_hash=one.token_hash, now=server_now())
        await tab.send(OverviewState.load)
        assert (staff_rooms.open(), tab.errors) == (frozenset(), [])
