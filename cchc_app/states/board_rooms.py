"""Who looks at which board: one room of the event socket per board."""

from typing import Any

from cchc_app.states.rooms import Rooms


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
        """Give everybody who looks at a board new values of vars; one message, whoever many they are."""
        await self.rooms.send(str(board), delta)


board_rooms = BoardRooms("board")
unit_board_rooms = BoardRooms("unit-board")
