"""The event socket's lines: each reads and writes by itself, and leaves nothing behind when it ends.

The socket server makes two tasks and two timers for every message and wakes a third task to write the answer, keeps a
task asleep on every line until the next question whether the page is there, and looks at one line after the other to
find those that did not answer. Each costs little among fifty people and a third of a processor among fifteen thousand.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import reflex as rx
from engineio import async_socket, packet
from engineio.async_drivers.asgi import translate_request
from engineio.async_socket import AsyncSocket
from engineio.exceptions import SocketIsClosedError
from engineio.packet import PING, Packet
from starlette.types import Message, Receive, Scope, Send

from cchc_app.line_protocol import ready_made
from cchc_app.settings import LINE_ENDS

# Lines whose turn comes within this time have it together.
TOGETHER_SECONDS = 0.25
# What a packet of the other end begins with.
CLOSE, PONG, MESSAGE = "1", "3", "4"
# What writing to a line that has ended, or is being closed, raises: nothing to tell anybody, its reader knows.
ENDED = (OSError, RuntimeError)

log = logging.getLogger(__name__)


class Shared(Packet):
    """A message that many lines get.

    Args:
        data: What it says.
    """

    def __init__(self, data: str | bytes) -> None:
        super().__init__(packet.MESSAGE, data)
        self.message = ready_made(_message(Packet(packet.MESSAGE, data)))


class Agenda:
    """When each line has its next turn. Use from one event loop."""

    def __init__(self) -> None:
        self._lines: defaultdict[int, set[Line]] = defaultdict(set)

    def put(self, line: "Line", seconds: float) -> int:
        """Give a line a turn some seconds from now; returns which, for `drop`."""
        loop = asyncio.get_running_loop()
        turn = int((loop.time() + seconds) / TOGETHER_SECONDS) + 1
        if turn not in self._lines:
            loop.call_at(turn * TOGETHER_SECONDS, self._come, turn)
        self._lines[turn].add(line)
        return turn

    def drop(self, line: "Line", turn: int) -> None:
        """Take the turn back."""
        if turn in self._lines:
            self._lines[turn].discard(line)

    def _come(self, turn: int) -> None:
        for line in self._lines.pop(turn):
            line.have_turn()


class Line(AsyncSocket):
    """One line, in place of the socket server's own."""

    def __init__(self, server: Any, sid: str) -> None:
        super().__init__(server, sid)
        self._agenda: Agenda = vars(server).setdefault("agenda", Agenda())
        self._turn = 0
        self._ending: asyncio.Task[None] | None = None
        self._sends: Any = None
        self._catching_up: asyncio.Task[None] | None = None

    def schedule_ping(self) -> None:
        """The other end is there: ask again in a while."""
        self.last_ping = None
        self._next_turn(self.server.ping_interval)

    def have_turn(self) -> None:
        """Ask whether the other end is there; close a line that was asked before, or told to go, and is not gone."""
        if self.closed or self.last_ping is not None:
            self._ending = asyncio.create_task(self._give_up())
            return
        self.last_ping = time.time()
        self._next_turn(self.server.ping_timeout)
        self._hand_over(Packet(PING))

    async def send(self, pkt: Packet) -> None:
        """As the server's: hand a packet to the other end. Never waits.

        Raises:
            SocketIsClosedError: the line has ended.
        """
        if self.closed:
            raise SocketIsClosedError
        self._hand_over(pkt)

    def _next_turn(self, seconds: float) -> None:
        self._agenda.drop(self, self._turn)
        self._turn = self._agenda.put(self, seconds)

    def _hand_over(self, pkt: Packet) -> None:
        """Write at once when the other end takes what it is sent; else after what waits already."""
        if self._sends is None or self._catching_up is not None:
            self.queue.put_nowait(pkt)
        elif not _done_at_once(self._sends(_message(pkt))):
            self.queue.put_nowait(pkt)
            self._catching_up = asyncio.create_task(self._catch_up())

    async def _catch_up(self) -> None:
        while not self.queue.empty():
            pkt = self.queue.get_nowait()
            try:
                with suppress(*ENDED):
                    await self._sends(_message(pkt))
            finally:
                self.queue.task_done()
        self._catching_up = None

    async def handle_get_request(self, environ: dict[str, Any]) -> str:
        """As the server's: talk until the other end is gone.

        Args:
            environ: The request, with the ways to its sender.
        """
        await environ["asgi.send"]({"type": "websocket.accept"})
        receives, self._sends = environ["asgi.scope"].get(LINE_ENDS) or (environ["asgi.receive"], environ["asgi.send"])
        self.connected = self.upgraded = True
        while not self.queue.empty():
            self._hand_over(self.queue.get_nowait())
            self.queue.task_done()
        try:
            await self._read(receives)
        finally:
            self._agenda.drop(self, self._turn)
            self._leave_what_waits()
            await self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
            await self._close_line()
        return ""

    async def _read(self, receive: Receive) -> None:
        """Take what comes until the other end is gone or takes its leave; what means nothing is passed over."""
        while (message := await receive())["type"] == "websocket.receive":
            said = message.get("text") or ""
            if said[:1] == MESSAGE:
                await self._tell(said[1:])
            elif said[:1] == PONG:
                self.schedule_ping()
            elif said[:1] == CLOSE:
                await self.close(wait=False, abort=True, reason=self.server.reason.CLIENT_DISCONNECT)
                return

    def _leave_what_waits(self) -> None:
        if self._catching_up is not None:
            self._catching_up.cancel()
        while not self.queue.empty():
            self.queue.get_nowait()
            self.queue.task_done()

    async def _tell(self, said: str) -> None:
        try:
            await self.server.handlers["message"](self.sid, said)
        except Exception:
            log.exception("a message could not be taken")

    async def _give_up(self) -> None:
        await self.close(wait=False, abort=True, reason=self.server.reason.PING_TIMEOUT)
        await self._close_line()

    async def _close_line(self) -> None:
        with suppress(*ENDED):
            await self._sends({"type": "websocket.close"})


def _message(pkt: Packet) -> Message:
    if isinstance(pkt, Shared):
        return pkt.message
    encoded = pkt.encode()
    return {"type": "websocket.send", "bytes" if isinstance(encoded, bytes) else "text": encoded}


def _done_at_once(writing: Coroutine[Any, Any, None]) -> bool:
    """Write without a task. Whether it is done: a full line waits before it has written anything, and is left so."""
    try:
        writing.send(None)
    except (StopIteration, *ENDED):
        return True
    writing.close()
    return False


async def translated(scope: Scope, receive: Receive, send: Send) -> dict[str, Any]:
    """As the framework's, but what it makes to read a body, which a line has none of, cannot reach the line."""
    if scope["type"] != "websocket":
        return await translate_request(scope, receive, send)
    way = [receive]

    async def first() -> Message:
        return await way[0]()

    environ = await translate_request(scope, first, send)
    way.clear()
    return environ | {"wsgi.input": None, "asgi.receive": receive} if environ else environ


def use_own_lines(web: rx.App) -> None:
    """Use these lines. To be called before anybody has connected."""
    if web.sio is not None:
        server: Any = web.sio.eio
        server.start_service_task = False  # each line is asked in its turn
        server._async = {**server._async, "translate_request": translated}
        async_socket.AsyncSocket = Line  # what the server makes lines of
