"""Who is in which room of the event socket, and messages to rooms, quick however many are connected.

python-socketio looks through the rooms of everybody to find those of one client, and each client has a room of its own:
opening a page among 10,000 others looked 80,000 times. It also makes a task for every recipient of a message.
"""

import asyncio
from collections import defaultdict
from functools import partial
from typing import Any

import reflex as rx
from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE, Packet
from socketio.async_manager import AsyncManager
from socketio.packet import EVENT

from cchc_app.states.socket_lines import Shared

# Recipients of one message after which others of the process have their turns. Writing to so many takes some
# milliseconds, and an answer needs some ten turns of the loop: it would wait for as many shares if they came at once.
AT_ONCE = 250
OTHERS_SECONDS = 0.002


class IndexedRooms(AsyncManager):
    """The socket server's rooms with an index by client, and one by what comes before the colon of a name."""

    def __init__(self) -> None:
        super().__init__()
        self.server: Any
        self._of_client: defaultdict[tuple[str, str], set[str | None]] = defaultdict(set)
        self._of_kind: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def open_rooms(self, namespace: str, kind: str) -> frozenset[str]:
        """Names of the rooms `kind:…` somebody is in."""
        return frozenset(self._of_kind.get((namespace, kind), ()))

    def any_open(self, namespace: str, kind: str) -> bool:
        """Whether there is one of them."""
        return bool(self._of_kind.get((namespace, kind)))

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        """As the framework's: the rooms a client is in."""
        return [room for room in self._of_client.get((namespace, sid), ()) if room is not None]

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        """As the framework's."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._of_client[namespace, sid].add(room)
        if room is not None and ":" in room:
            self._of_kind[namespace, _kind(room)].add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """As the framework's."""
        super().basic_leave_room(sid, namespace, room)
        self._of_client.get((namespace, sid), set()).discard(room)
        if room is not None and room not in self.rooms.get(namespace, {}):
            self._of_kind.get((namespace, _kind(room)), set()).discard(room)

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """As the framework's, of the client's own rooms alone."""
        for room in tuple(self._of_client.get((namespace, sid), ())):
            self.basic_leave_room(sid, namespace, room)
        self._of_client.pop((namespace, sid), None)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]

    async def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: str | None = None,
        skip_sid: str | list[str] | None = None,
        callback: Any = None,
        to: str | None = None,
        **kwargs: Any,
    ) -> None:
        """As the framework's: handing a message to a socket's queue never waits, so recipients need no task each."""
        if callback is not None or isinstance(data, tuple):
            await super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, to=to, **kwargs)
            return
        content = [event] if data is None else [event, data]
        encoded = self.server.packet_class(EVENT, namespace=namespace, data=content).encode()
        kind = Shared if to is None else partial(Packet, MESSAGE)
        packets = [kind(part) for part in (encoded if isinstance(encoded, list) else [encoded])]
        skipped = {skip_sid} if isinstance(skip_sid, str) else set(skip_sid or ())
        for number, (sid, eio_sid) in enumerate(self.get_participants(namespace, to or room), 1):
            if sid not in skipped:
                await self._hand_over(eio_sid, packets)
            if number % AT_ONCE == 0:
                await asyncio.sleep(OTHERS_SECONDS)

    async def _hand_over(self, eio_sid: str, packets: list[Packet]) -> None:
        try:
            for packet in packets:
                await self.server._send_eio_packet(eio_sid, packet)
        except SocketIsClosedError:
            return  # gone meanwhile


def _kind(room: str) -> str:
    return room.partition(":")[0]


def index_rooms(web: rx.App) -> None:
    """Use these rooms. To be called before anybody has connected."""
    if web.sio is not None:
        web.sio.manager = IndexedRooms()
        web.sio.manager.set_server(web.sio)
