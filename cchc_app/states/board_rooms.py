"""Who looks at which board: one room of the event socket per board."""

import asyncio
from typing import Any

from cchc_app.states.rooms import Rooms

CATCH_UP_SECONDS = 1.0


class BoardRooms:
    """The rooms of boards of one kind in one process."""

    def __init__(self, kind: str) -> None:
        self.rooms = Rooms(kind)

    async def enter(self, sid: str, board: int) -> None:
        """Let a tab get the messages of one board, and of no other."""
        await self.rooms.enter(sid, str(board))

    async def leave(self, sid: str) -> None:
        """Let a tab get no board's messages any more."""
        await self.rooms.leave(sid)

    def watched(self) -> frozenset[int]:
        """Boards somebody looks at."""
        return frozenset(int(board) for board in self.rooms.open())

    async def send(self, board: int, delta: dict[str, dict[str, Any]]) -> None:
        """Give everybody who looks at a board new values of vars: one message, however many they are."""
        await self.rooms.send_newest(str(board), delta)


board_rooms = BoardRooms("board")
unit_board_rooms = BoardRooms("unit-board")


async def keep_slow_tabs_up() -> None:
    """Give tabs on slow lines the newest board as soon as they can take it, for as long as the server runs."""
    while True:
        await asyncio.sleep(CATCH_UP_SECONDS)
        for rooms in (board_rooms, unit_board_rooms):
            await rooms.rooms.catch_up()
