"""Rooms on a real event socket server: one board at a time, nothing after leaving."""

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from engineio.async_socket import AsyncSocket
from reflex_base.utils.format import json_dumps
from socketio import AsyncNamespace, AsyncServer

from cchc_app.states.board_rooms import BoardRooms
from cchc_app.states.rooms import MOST_WAITING
from cchc_app.states.socket_rooms import IndexedRooms

NAMESPACE = "/_event"


@pytest.fixture
async def rooms() -> tuple[BoardRooms, AsyncServer]:
    """Rooms of a server with the tabs `a` and `b` connected."""
    wire = SimpleNamespace(dumps=json_dumps, loads=json.loads)  # as the framework has it
    server = AsyncServer(client_manager=IndexedRooms(), async_mode="asgi", namespaces=[NAMESPACE], json=wire)
    rooms = BoardRooms("board")
    rooms.rooms.app = SimpleNamespace(sio=server, event_namespace=SimpleNamespace(namespace=NAMESPACE))  # type: ignore
    return rooms, server


async def connected(server: Any, name: str) -> str:
    return await server.manager.connect(f"socket-{name}", NAMESPACE)


def members(server: AsyncServer, board: int) -> set[Any]:
    return {sid for sid, _ in server.manager.get_participants(NAMESPACE, f"board:{board}")}


async def test_a_tab_watches_one_board_at_a_time(rooms: tuple[BoardRooms, AsyncServer]) -> None:
    room, server = rooms
    one, two = await connected(server, "a"), await connected(server, "b")
    await room.enter(one, 1)
    await room.enter(two, 2)
    assert room.watched() == {1, 2}
    await room.enter(one, 2)
    assert (room.watched(), members(server, 2)) == ({2}, {one, two})
    await room.leave(one)
    assert members(server, 2) == {two}
    await cast(Any, server.manager).disconnect(two, NAMESPACE)
    assert room.watched() == frozenset()


async def test_a_tab_that_is_gone_enters_nothing(rooms: tuple[BoardRooms, AsyncServer]) -> None:
    room, server = rooms
    await room.enter("gone", 2)
    await room.leave("gone")
    one = await connected(server, "a")
    await room.enter("gone", 2)
    assert room.watched() == frozenset()
    await room.enter(one, 2)
    assert room.watched() == {2}


async def test_without_an_app_nobody_is_reached() -> None:
    rooms = BoardRooms("board")
    await rooms.enter("a", 1)
    await rooms.leave("a")
    await rooms.send(1, {})
    assert rooms.watched() == frozenset()


async def test_a_slow_tab_gets_the_newest_only_and_when_it_can_take_it(rooms: tuple[BoardRooms, AsyncServer]) -> None:
    room, server = rooms
    namespace = AsyncNamespace(NAMESPACE)
    server.register_namespace(namespace)
    cast(Any, room.rooms.app).event_namespace = namespace
    tabs = [await connected(server, name) for name in "ab"]
    lines = [AsyncSocket(server.eio, f"socket-{name}") for name in "ab"]  # nobody takes what is queued there
    for tab, line in zip(tabs, lines, strict=True):
        line.connected = True
        cast(Any, server.eio).sockets[line.sid] = line
        await room.enter(tab, 1)
    slow, quick = lines

    def taken(line: AsyncSocket) -> list[str]:
        return [line.queue.get_nowait().data for _ in range(line.queue.qsize())]

    for number in range(6):
        await room.send(1, {"state": {"number": number}})
        assert len(taken(quick)) == 1
    assert slow.queue.qsize() == MOST_WAITING
    await room.rooms.catch_up()
    assert slow.queue.qsize() == MOST_WAITING
    taken(slow)
    await room.rooms.catch_up()
    (newest,) = taken(slow)
    assert '"number":5' in newest.replace(" ", "")
    await room.rooms.catch_up()
    assert taken(slow) == taken(quick) == []
