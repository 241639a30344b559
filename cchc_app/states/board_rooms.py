"""Who looks at which board: one room of the event socket per board. Rooms are left by themselves when a tab closes."""

from typing import Any

import reflex as rx
from reflex.state import StateUpdate

ROOM = "board:"
EVENT = "event"


class BoardRooms:
    """The rooms of one process. The composition root gives it the app; without one nobody can be reached."""

    app: rx.App | None = None

    async def enter(self, sid: str, board: int) -> None:
        """Let a tab get the messages of one board, and of no other."""
        await self.leave(sid)
        if self._sio is not None and self._connected(sid):
            await self._sio.enter_room(sid, f"{ROOM}{board}", namespace=self._namespace)

    async def leave(self, sid: str) -> None:
        """Let a tab get no board's messages any more."""
        if self._sio is None:
            return
        for room in self._sio.rooms(sid, self._namespace):
            if room.startswith(ROOM):
                await self._sio.leave_room(sid, room, namespace=self._namespace)

    def watched(self) -> frozenset[int]:
        """Boards somebody looks at."""
        return frozenset(int(room.removeprefix(ROOM)) for room in self._rooms if str(room).startswith(ROOM))

    async def send(self, board: int, delta: dict[str, dict[str, Any]]) -> None:
        """Give everybody who looks at a board new values of vars; one message, whoever many they are."""
        if self.app is not None and self.app.event_namespace is not None:
            await self.app.event_namespace.emit(EVENT, StateUpdate(delta=delta), room=f"{ROOM}{board}")

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


board_rooms = BoardRooms()
