"""A line is read without stopping at every message, and not for ever; what many get is written as it is."""

import asyncio
import gc
import weakref
from typing import Any

import aiohttp
import pytest
from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.client import ClientProtocol
from websockets.frames import Frame
from websockets.uri import parse_uri

from cchc_app.line_protocol import MOST_WAITING, LineProtocol, ready_made
from cchc_app.settings import LINE_ENDS


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


async def _accepts(scope: Any, receive: Any, send: Any) -> None:
    assert await receive() == {"type": "websocket.connect"}
    await scope[LINE_ENDS][1]({"type": "websocket.accept"})


async def open_line(app: Any = _accepts) -> tuple[LineProtocol, Transport, ClientProtocol]:
    """A line that has been accepted, and its browser."""
    config = Config(app, ws_per_message_deflate=False, ws_ping_interval=None, log_config=None, lifespan="off")
    config.load()
    line, transport, browser = LineProtocol(config, ServerState(), {}), Transport(), ClientProtocol(parse_uri("ws://x"))
    line.connection_made(transport)  # type: ignore[arg-type]
    browser.send_request(browser.connect())
    line.data_received(b"".join(browser.data_to_send()))
    (task,) = line.tasks
    await task
    assert heard(transport, browser) == []
    return line, transport, browser


def heard(transport: Transport, browser: ClientProtocol) -> list[Any]:
    """Messages a browser has been sent since it was asked last."""
    browser.receive_data(transport.written)
    transport.written = b""
    return [event.data for event in browser.events_received() if isinstance(event, Frame)]


async def test_reading_stops_when_many_messages_wait_and_goes_on_when_none_does() -> None:
    line, transport, browser = await open_line()

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


@pytest.mark.parametrize("length", [0, 5, 125, 126, 70_000])
async def test_what_many_get_says_what_it_would_have_said(length: int) -> None:
    line, transport, browser = await open_line()
    text = {"type": "websocket.send", "text": "ệ" * length}
    data = {"type": "websocket.send", "bytes": b"\x00" * length}
    for message in (text, ready_made(text), data, ready_made(data), text):
        await line.send(message)
    one, same, other, the_same, last = heard(transport, browser)
    assert one == same == last == ("ệ" * length).encode()
    assert other == the_same == b"\x00" * length


async def test_what_many_get_waits_for_a_line_that_takes_nothing_and_is_not_written_to_an_ended_one() -> None:
    line, transport, _ = await open_line()
    message = ready_made({"type": "websocket.send", "text": "news"})
    transport.written = b""
    line.pause_writing()
    waiting = line.send(message)
    waiting.send(None)
    assert transport.written == b""
    line.resume_writing()
    with pytest.raises(StopIteration):
        waiting.send(None)
    assert b"news" in transport.written
    await line.send({"type": "websocket.close"})
    transport.written = b""
    with pytest.raises(RuntimeError):
        await line.send(message)
    assert transport.written == b""


async def _answers(_scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


async def _talks(scope: Any, receive: Any, send: Any) -> None:
    await _accepts(scope, receive, send)
    while (await receive())["type"] != "websocket.disconnect":
        pass


@pytest.mark.parametrize("kind", [LineProtocol, WebSocketsSansIOProtocol])
async def test_a_line_goes_without_the_collector(kind: type[WebSocketsSansIOProtocol]) -> None:
    config = Config(
        _talks if kind is LineProtocol else _answers,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        log_config=None,
        lifespan="off",
    )
    config.load()
    made: list[weakref.ref[Any]] = []

    class Seen(kind):  # type: ignore[misc, valid-type]
        def connection_made(self, transport: Any) -> None:
            made.extend((weakref.ref(self), weakref.ref(transport)))
            super().connection_made(transport)

    state = ServerState()
    server = await asyncio.get_running_loop().create_server(lambda: Seen(config, state, {}), "127.0.0.1", 0)
    gc.disable()
    try:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with aiohttp.ClientSession() as http, http.ws_connect(address) as line:
            await line.send_str("hello")
        async with asyncio.timeout(5):
            while state.connections or state.tasks:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        assert len(made) == 2
        assert ([one() for one in made] == [None, None]) is (kind is LineProtocol)
    finally:
        gc.enable()
        server.close()
        await server.wait_closed()
