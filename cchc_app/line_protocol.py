"""How the server reads and writes a line of the event socket."""

from collections.abc import MutableMapping
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode

from cchc_app.settings import LINE_ENDS

# Messages nobody has taken yet: a line that sends more is not read until they are.
MOST_WAITING = 8
# Where asyncio's end of a line holds its own way of reading.
READS = "_read_ready_cb"
# Where a message has itself as it goes over the line.
FRAME = "cchc.frame"


class LineProtocol(WebSocketsSansIOProtocol):
    """The server's; it would stop reading at every message until that is taken, two calls to the system each time.

    What is between it and the line (`states/socket_lines.py`) has nothing to do with single messages: the line gets its
    ends. The longest message is the protocol's to refuse.
    """

    async def run_asgi(self) -> None:
        """As the server's, giving the line its ends."""
        scope = cast(dict[str, Any], self.scope)
        scope[LINE_ENDS] = self.receive, self.send
        try:
            await super().run_asgi()
        finally:
            del scope[LINE_ENDS]  # or the line would hold itself until the collector comes

    def connection_lost(self, exc: Exception | None) -> None:
        """As the server's; the event loop's end of the line, which holds its own way of reading, lets go of it."""
        super().connection_lost(exc)
        if hasattr(self.transport, READS):
            setattr(self.transport, READS, None)

    async def send(self, message: Any) -> None:
        """As the server's; what many get is written as it was made ready."""
        frame = message.get(FRAME)
        if frame is None or self.close_sent or self.disconnected or not self.writable.is_set():
            await super().send(message)
        else:
            self.transport.write(frame)

    def send_receive_event_to_app(self) -> None:
        """As the server's, which stops reading unless it believes it has."""
        self.read_paused = self.queue.qsize() < MOST_WAITING
        super().send_receive_event_to_app()


def ready_made(message: MutableMapping[str, Any]) -> dict[str, Any]:
    """A message that many lines get, made ready once; any other server sends what it had before.

    Args:
        message: As an application sends it.
    """
    text = message.get("text")
    frame = Frame(Opcode.BINARY, message["bytes"]) if text is None else Frame(Opcode.TEXT, text.encode())
    return {**message, FRAME: frame.serialize(mask=False)}
