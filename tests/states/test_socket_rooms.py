"""The rooms with an index do what the framework's do, whatever happens in which order."""

import json
import random
from typing import Any

import pytest
from engineio.async_socket import AsyncSocket
from socketio import AsyncServer
from socketio.async_manager import AsyncManager

from cchc_app.states.socket_rooms import AT_ONCE, IndexedRooms

NAMESPACE = "/_event"
ROOMS = ["board:1", "board:2", "session:a", "session:b", "overview:all"]


def server(manager: AsyncManager) -> Any:
    return AsyncServer(client_manager=manager, async_mode="asgi", namespaces=[NAMESPACE])


async def connected(site: Any, name: str) -> tuple[str, AsyncSocket]:
    """A client whose socket nobody reads."""
    line = AsyncSocket(site.eio, f"socket-{name}")
    line.connected = True
    site.eio.sockets[line.sid] = line
    return await site.manager.connect(line.sid, NAMESPACE), line


@pytest.mark.parametrize("seed", range(20))
async def test_the_same_rooms_as_without_an_index(seed: int) -> None:
    chance, plain, indexed = random.Random(seed), server(AsyncManager()), server(IndexedRooms())
    clients: list[tuple[str, str]] = []
    for step in range(150):
        deed = chance.choice(["connect", "enter", "enter", "enter", "leave", "close", "going", "disconnect"])
        one = chance.choice(clients) if clients else ("gone", "gone")
        room = chance.choice(ROOMS)
        if deed == "connect":
            arrived = [(await connected(site, str(step)))[0] for site in (plain, indexed)]
            clients.append((arrived[0], arrived[1]))
        elif deed == "close":
            for site in (plain, indexed):
                await site.manager.close_room(room, NAMESPACE)
        elif not clients:
            continue
        for site, sid in zip((plain, indexed), one, strict=True):
            if deed == "enter":
                await site.manager.enter_room(sid, NAMESPACE, room)
            elif deed == "leave":
                await site.manager.leave_room(sid, NAMESPACE, room)
            elif deed == "going":
                site.manager.pre_disconnect(sid, NAMESPACE)
            elif deed == "disconnect":
                await site.manager.disconnect(sid, NAMESPACE)
        if deed in ("going", "disconnect") and one in clients:
            for site, sid in zip((plain, indexed), one, strict=True):
                await site.manager.disconnect(sid, NAMESPACE)
            clients.remove(one)
        _same(plain.manager, indexed.manager, clients)


def _same(plain: AsyncManager, indexed: IndexedRooms, clients: list[tuple[str, str]]) -> None:
    names = {sid: str(n) for n, pair in enumerate(clients) for sid in pair}

    def told(manager: AsyncManager) -> dict[str, set[str]]:
        rooms = manager.rooms.get(NAMESPACE, {})
        return {names.get(str(room), str(room)): {names[sid] for sid in members} for room, members in rooms.items()}

    assert told(plain) == told(indexed)
    for one, other in clients:
        mine = [{names.get(room, room) for room in rooms} for rooms in _rooms_of(plain, indexed, one, other)]
        assert mine[0] == mine[1]
    for kind in ("board", "session", "overview"):
        assert indexed.open_rooms(NAMESPACE, kind) == {room for room in told(plain) if room.startswith(f"{kind}:")}
        assert indexed.any_open(NAMESPACE, kind) == bool(indexed.open_rooms(NAMESPACE, kind))
    assert len(indexed._of_client) == len(clients)
    assert (plain.pending_connect, plain.pending_disconnect) == (indexed.pending_connect, indexed.pending_disconnect)


def _rooms_of(plain: AsyncManager, indexed: IndexedRooms, one: str, other: str) -> tuple[list[str], list[str]]:
    return plain.get_rooms(one, NAMESPACE), indexed.get_rooms(other, NAMESPACE)


async def test_everybody_in_the_room_gets_the_message_but_those_left_out() -> None:
    site = server(IndexedRooms())
    here = [await connected(site, str(n)) for n in range(3 * AT_ONCE)]
    for sid, _ in here[1:]:
        await site.manager.enter_room(sid, NAMESPACE, "board:1")
    here[2][1].closed = True  # the line broke a moment ago
    await site.manager.emit("event", {"a": "ă"}, NAMESPACE, room="board:1", skip_sid=[here[3][0]])
    assert [line.queue.qsize() for _, line in here[:5]] == [0, 1, 0, 0, 1]
    assert all(line.queue.qsize() == 1 for _, line in here[4:])
    shared = here[1][1].queue.get_nowait()
    packet = shared.encode()
    assert shared is here[4][1].queue.get_nowait()
    assert shared.message["text"] == packet
    assert json.loads(packet.removeprefix("42/_event,")) == ["event", {"a": "ă"}]


async def test_a_message_to_one_is_one_packet_to_one() -> None:
    site = server(IndexedRooms())
    here = [await connected(site, str(n)) for n in range(3)]
    await site.manager.emit("event", None, NAMESPACE, to=here[1][0])
    assert [line.queue.qsize() for _, line in here] == [0, 1, 0]
    await site.manager.emit("event", "x", "/nowhere", room="board:1")
