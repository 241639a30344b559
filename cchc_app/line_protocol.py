"""How the server reads a line of the event socket."""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

# Messages nobody has taken yet: a line that sends more is not read until they are.
MOST_WAITING = 8


class LineProtocol(WebSocketsSansIOProtocol):
    """The server's; it would stop reading at every message until that is taken, two calls to the system each time."""

    def send_receive_event_to_app(self) -> None:
        """As the server's, which stops reading unless it believes it has."""
        self.read_paused = self.queue.qsize() < MOST_WAITING
        super().send_receive_event_to_app()
