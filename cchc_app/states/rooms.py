"""Rooms of the event socket: who gets which message. Rooms are left by themselves when a tab closes."""

from typing import Any

import reflex as rx
from reflex.state import StateUpdate
from reflex_base.event import Event

MESSAGE = "event"
# Messages a tab may not have taken yet: a quick one has none, a slow line is not filled up behind its back.
MOST_WAITING = 2


class Rooms:
    """The rooms of one kind in one process; a tab is in at most one of them.

    The composition root gives it the app; without one nobody can be reached.

    Args:
        kind: What their names begin with on the socket.
    """

    app: rx.App | None = None

    def __init__(self, kind: str) -> None:
        self._kind, self._prefix = kind, f"{kind}:"
        self._owed: dict[str, tuple[str, StateUpdate]] = {}

    async def enter(self, sid: str, room: str) -> None:
        """Let a tab get the messages of one room, and of no other of this kind; of none when `room` is empty."""
        await self.leave(sid)
        if room and self._sio is not None and self._connected(sid):
            await self._sio.enter_room(sid, f"{self._prefix}{room}", namespace=self._namespace)

    async def leave(self, sid: str) -> None:
        """Let a tab get no messages of this kind any more."""
        if self._sio is None:
            return
        for room in self._sio.rooms(sid, self._namespace):
            if room.startswith(self._prefix):
                await self._sio.leave_room(sid, room, namespace=self._namespace)

    def open(self) -> frozenset[str]:
        """Rooms somebody is in."""
        if self._sio is None:
            return frozenset()
        names = self._sio.manager.open_rooms(self._namespace, self._kind)
        return frozenset(name.removeprefix(self._prefix) for name in names)

    def any_open(self) -> bool:
        """Whether somebody is in any of them."""
        return self._sio is not None and self._sio.manager.any_open(self._namespace, self._kind)

    def somebody_in(self, rooms: set[str]) -> set[str]:
        """Those of these rooms that are open."""
        return {room for room in rooms if f"{self._prefix}{room}" in self._rooms}

    async def send(self, room: str, delta: dict[str, dict[str, Any]]) -> None:
        """Give everybody in a room new values of vars; one message, whoever many they are."""
        await self._emit(room, StateUpdate(delta=delta))

    async def send_newest(self, room: str, delta: dict[str, dict[str, Any]]) -> None:
        """As `send`, for messages that each take the place of the one before.

        Tabs on a slow line that have not taken the last ones get only the newest, with `catch_up`, when they have.
        """
        update = StateUpdate(delta=delta)
        slow = [sid for sid in self._members(room) if self._waiting(sid) >= MOST_WAITING]
        for sid in self._members(room):
            self._owed.pop(sid, None)
        self._owed |= dict.fromkeys(slow, (room, update))
        await self._emit(room, update, skip_sid=slow)

    async def catch_up(self) -> None:
        """Send the newest message to tabs that were too slow for it and no longer are."""
        for sid, (room, update) in list(self._owed.items()):
            here = sid in self._members(room)
            if not here or self._waiting(sid) < MOST_WAITING:
                self._owed.pop(sid, None)
            if here and sid not in self._owed and self.app is not None and self.app.event_namespace is not None:
                await self.app.event_namespace.emit(MESSAGE, update, to=sid)

    async def send_on(self, room: str, path: str) -> None:
        """Send everybody in a room to another page of this site."""
        leave = Event(name="_redirect", payload={"path": path, "external": False, "popup": False, "replace": True})
        await self._emit(room, StateUpdate(events=[leave]))

    async def _emit(self, room: str, update: StateUpdate, skip_sid: list[str] | None = None) -> None:
        if self.app is not None and self.app.event_namespace is not None:
            await self.app.event_namespace.emit(MESSAGE, update, room=f"{self._prefix}{room}", skip_sid=skip_sid)

    def _members(self, room: str) -> list[str]:
        return list(self._rooms.get(f"{self._prefix}{room}", {}))

    def _waiting(self, sid: str) -> int:
        """Messages for a tab that its line has not taken."""
        socket = self._sio.eio.sockets.get(self._sio.manager.eio_sid_from_sid(sid, self._namespace))
        return 0 if socket is None else socket.queue.qsize()

    def _connected(self, sid: str) -> bool:
        # A socket may be gone by the time its event is handled; the next one enters when it loads the page.
        return sid in self._rooms.get(None, {})

    @property
    def _sio(self) -> Any:
        return None if self.app is None else self.app.sio

    @property
    def _namespace(self) -> str:
        return "" if self.app is None or self.app.event_namespace is None else self.app.event_namespace.namespace

    @property
    def _rooms(self) -> dict[Any, Any]:
        return {} if self._sio is None else self._sio.manager.rooms.get(self._namespace, {})


# One room per signed-in session, by its token's hash: the tabs of one browser share it.
session_rooms = Rooms("session")
staff_rooms = Rooms("staff")
# The same of tabs that show the organisers' overview.
overview_rooms = Rooms("overview")
