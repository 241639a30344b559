"""Lines of the event socket: in order however slow the other end, asked whether it is there, and gone when they end."""

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from engineio import async_socket
from engineio.packet import MESSAGE, Packet
from socketio import ASGIApp, AsyncServer

from cchc_app.states import socket_lines
from cchc_app.states.socket_lines import Line, use_own_lines

SCOPE = {
    "type": "websocket",
    "path": "/socket.io/",
    "query_string": b"EIO=4&transport=websocket",
    "headers": [(b"upgrade", b"websocket"), (b"connection", b"Upgrade")],
}


@pytest.fixture(autouse=True)
def _lines_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(async_socket, "AsyncSocket", Line.__base__)
    monkeypatch.setattr(socket_lines, "TOGETHER_SECONDS", 0.01)


@pytest.fixture
def collector_waits() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


class Browser:
    """The other end of a line: what it says is put in, what it is sent is kept; it can stop taking anything."""

    def __init__(self) -> None:
        self.says: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[dict[str, Any]] = []
        self.takes = asyncio.Event()
        self.takes.set()

    def say(self, text: str) -> None:
        """Send a packet."""
        self.says.put_nowait({"type": "websocket.receive", "text": text})

    async def send(self, message: dict[str, Any]) -> None:
        """As a server's way to a browser, which waits before it has written anything."""
        await self.takes.wait()
        self.sent.append(message)
        if message["type"] == "websocket.close":
            self.says.put_nowait({"type": "websocket.disconnect"})

    @property
    def heard(self) -> list[str]:
        """Packets it was sent."""
        return [message["text"] for message in self.sent if message["type"] == "websocket.send"]


async def until(true: Callable[[], Any]) -> None:
    """Wait for something."""
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.005)


def server(*, interval: float = 25.0, timeout: float = 20.0) -> AsyncServer:
    """A socket server with our lines."""
    made = AsyncServer(async_mode="asgi", ping_interval=interval, ping_timeout=timeout, async_handlers=False)
    use_own_lines(SimpleNamespace(sio=made))  # type: ignore[arg-type]
    return made


@asynccontextmanager
async def connected(site: AsyncServer) -> AsyncIterator[tuple[Browser, Line, Awaitable[None]]]:
    """A browser on a line of its own, and the line's end."""
    browser = Browser()
    browser.says.put_nowait({"type": "websocket.connect"})
    browser.say("40")
    ends = asyncio.create_task(ASGIApp(site)(dict(SCOPE), browser.says.get, browser.send))
    await until(lambda: len(browser.heard) == 2)
    yield browser, next(iter(site.eio.sockets.values())), ends
    browser.says.put_nowait({"type": "websocket.disconnect"})
    await asyncio.wait_for(ends, 5)


async def test_what_a_slow_browser_has_not_taken_waits_in_order() -> None:
    site = server()
    async with connected(site) as (browser, line, _):
        before = len(browser.heard)
        browser.takes.clear()
        for number in range(5):
            await line.send(Packet(MESSAGE, str(number)))
        await asyncio.sleep(0.02)
        assert len(browser.heard) == before
        assert line.queue.qsize() >= 4  # those who send boards see it
        browser.takes.set()
        await until(lambda: len(browser.heard) == before + 5)
        await line.send(Packet(MESSAGE, "5"))
        assert browser.heard[before:] == [f"4{number}" for number in range(6)]


async def test_a_quick_browser_has_a_message_before_its_sender_goes_on() -> None:
    site = server()
    async with connected(site) as (browser, line, _):
        await line.send(Packet(MESSAGE, "now"))
        assert browser.heard[-1] == "4now"


async def test_what_waits_for_a_browser_that_leaves_is_forgotten() -> None:
    site = server()
    async with connected(site) as (browser, line, ends):
        browser.takes.clear()
        for number in range(3):
            await line.send(Packet(MESSAGE, str(number)))
        browser.says.put_nowait({"type": "websocket.disconnect"})
        await until(lambda: line.closed)
        await asyncio.wait_for(line.queue.join(), 1)
        browser.takes.set()
        await ends
    assert not site.eio.sockets


async def test_a_browser_that_answers_is_asked_again_once() -> None:
    site = server(interval=0.05)
    async with connected(site) as (browser, line, _):
        for _ in range(5):
            browser.say("3")  # nobody has asked: no question more for that
        await asyncio.sleep(0.02)
        for round_ in range(1, 4):
            await until(lambda asked=round_: browser.heard.count("2") == asked)
            browser.say("3")
        assert not line.closed
        assert browser.heard.count("2") == 3


async def test_a_browser_that_does_not_answer_is_given_up() -> None:
    gone: list[str] = []
    site = server(interval=0.05, timeout=0.1)
    site.on("disconnect", lambda _sid, reason: gone.append(reason))
    async with connected(site) as (browser, line, ends):
        await asyncio.wait_for(ends, 5)
        assert line.closed
        assert browser.sent[-1]["type"] == "websocket.close"
    assert gone == ["ping timeout"]
    assert not site.eio.sockets


async def test_a_line_the_server_ends_is_closed_though_its_browser_stays() -> None:
    site = server(interval=0.05)
    async with connected(site) as (browser, line, ends):
        await line.close(wait=False)
        await asyncio.wait_for(ends, 5)
        assert browser.sent[-1]["type"] == "websocket.close"


@pytest.mark.parametrize("nonsense", ["", "x", "9", "2probe", "5", "42", "4x", '42["unknown"]', "451-[]"])
async def test_what_means_nothing_is_passed_over(nonsense: str) -> None:
    site = server()
    heard: list[str] = []
    site.on("word", lambda _sid, word: heard.append(word))
    async with connected(site) as (browser, line, _):
        browser.say(nonsense)
        browser.say('42["word","after"]') if nonsense != "451-[]" else None
        await asyncio.sleep(0.03)
        assert not line.closed
    assert heard == (["after"] if nonsense != "451-[]" else [])


async def test_a_browser_may_take_its_leave() -> None:
    site = server()
    async with connected(site) as (browser, line, ends):
        browser.say("1")
        await asyncio.wait_for(ends, 5)
        assert line.closed


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.usefixtures("collector_waits")
async def test_a_line_goes_without_the_collector(ours: bool) -> None:
    site = AsyncServer(async_mode="asgi", ping_interval=0.2, monitor_clients=False)
    if ours:
        use_own_lines(SimpleNamespace(sio=site))  # type: ignore[arg-type]
    seen: list[weakref.ref[Any]] = []
    sent: list[str] = []
    coming = iter([{"type": "websocket.connect"}, {"type": "websocket.receive", "text": "40"}])

    async def receive() -> dict[str, Any]:
        if found := next(coming, None):
            return found
        await asyncio.sleep(0.05)  # the answers are out
        seen.extend(weakref.ref(one) for one in site.eio.sockets.values())
        return {"type": "websocket.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message["type"])

    await ASGIApp(site)(dict(SCOPE), receive, send)
    if not ours:
        await asyncio.sleep(0.3)  # the server's last question holds the line until it is due
    assert sent[:3] == ["websocket.accept", "websocket.send", "websocket.send"]
    assert len(seen) == 1
    assert (seen[0]() is None) is ours
