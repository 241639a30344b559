"""A line is read without stopping at every message, and not for ever."""

from typing import Any

from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.client import ClientProtocol
from websockets.uri import parse_uri

from cchc_app.line_protocol import MOST_WAITING, LineProtocol


class Transport:
    """What the event loop gives a protocol, counting."""

    def __init__(self) -> None:
        self.stops = self.starts = 0
        self.written = b""

    def get_extra_info(self, _name: str) -> None:
        """Nothing is known of the other end."""

    def is_closing(self) -> bool:
        """Never."""
        return False

    def write(self, data: bytes) -> None:
        """Keep it."""
        self.written += data

    def close(self) -> None:
        """Nothing to close."""

    def pause_reading(self) -> None:
        """Count it."""
        self.stops += 1

    def resume_reading(self) -> None:
        """Count it."""
        self.starts += 1


async def _accepts(_scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})


async def test_reading_stops_when_many_messages_wait_and_goes_on_when_none_does() -> None:
    config = Config(_accepts, ws_per_message_deflate=False, ws_ping_interval=None, log_config=None, lifespan="off")
    config.load()
    line, transport, browser = LineProtocol(config, ServerState(), {}), Transport(), ClientProtocol(parse_uri("ws://x"))
    line.connection_made(transport)  # type: ignore[arg-type]
    browser.send_request(browser.connect())
    line.data_received(b"".join(browser.data_to_send()))
    (task,) = line.tasks
    await task
    browser.receive_data(transport.written)
    list(browser.events_received())

    def say(word: str) -> None:
        browser.send_text(word.encode())
        line.data_received(b"".join(browser.data_to_send()))

    for number in range(MOST_WAITING):
        say(str(number))
        assert transport.stops == 0
    say("one more")
    assert transport.stops == 1
    told = [await line.receive() for _ in range(MOST_WAITING + 1)]
    assert [message.get("text") for message in told] == [*map(str, range(MOST_WAITING)), "one more"]
    assert transport.starts == 1
