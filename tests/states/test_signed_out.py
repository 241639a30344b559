"""Open pages of a session that was ended elsewhere go to the door; nobody else's do."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from reflex.state import StateUpdate
from socketio import AsyncServer

from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.services.sessions import sign_out
from cchc_app.states.rooms import session_rooms
from cchc_app.states.signed_out import tell
from tests.factories import make_contest, make_person

NAMESPACE = "/_event"


class Told:
    """Who was told what: the namespace's `emit`, with a list behind it instead of sockets."""

    namespace = NAMESPACE

    def __init__(self) -> None:
        self.updates: list[tuple[str, StateUpdate]] = []

    async def emit(self, event: str, update: StateUpdate, *, room: str) -> None:
        self.updates.append((room, update))


@pytest.fixture
def told() -> Iterator[Told]:
    """Rooms on a real socket server."""
    listener = Told()
    server = AsyncServer(async_mode="asgi", namespaces=[NAMESPACE])
    session_rooms.app = SimpleNamespace(sio=server, event_namespace=listener)  # type: ignore[assignment]
    yield listener
    session_rooms.app = None


async def open_page(hashed: str) -> None:
    sio: Any = session_rooms.app and session_rooms.app.sio
    await session_rooms.enter(await sio.manager.connect(f"socket-{hashed}", NAMESPACE), hashed)


async def test_a_page_of_an_ended_session_is_sent_to_the_door_once(served_db: Database, told: Told) -> None:
    contest = make_contest(served_db)
    person, neighbour = (make_person(served_db, contest, now=server_now()) for _ in range(2))
    for one in (person, neighbour):
        await open_page(one.token_hash)
    since = server_now() - timedelta(seconds=10)
    assert await tell(set(), since=since) == set()
    sign_out(served_db, token_hash=person.token_hash, now=server_now())
    known = await tell(set(), since=since)
    assert known == {person.token_hash}
    await tell(known, since=since)
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
    await tell(set(), since=server_now() - timedelta(seconds=10))
    assert told.updates == []
