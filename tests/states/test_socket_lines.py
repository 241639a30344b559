"""A line that has ended leaves nothing that only the collector would find."""

import asyncio
import gc
import weakref
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from socketio import ASGIApp, AsyncServer

from cchc_app.states import socket_lines
from cchc_app.states.socket_lines import forget_ended_lines

SCOPE = {
    "type": "websocket",
    "path": "/socket.io/",
    "query_string": b"EIO=4&transport=websocket",
    "headers": [(b"upgrade", b"websocket"), (b"connection", b"Upgrade")],
}


@pytest.fixture(autouse=True)
def _collector_waits() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("ours", [True, False])
async def test_the_socket_goes_with_its_line(monkeypatch: pytest.MonkeyPatch, ours: bool) -> None:
    monkeypatch.setattr(socket_lines, "FORGET_SECONDS", 0.02)
    # The last question whether the other end is there holds the socket until it is due.
    site = AsyncServer(async_mode="asgi", ping_interval=0.2, monitor_clients=False)
    if ours:
        forget_ended_lines(SimpleNamespace(sio=site))  # type: ignore[arg-type]
    sent: list[dict[str, Any]] = []
    seen: list[weakref.ref[Any]] = []
    coming = iter([{"type": "websocket.connect"}, {"type": "websocket.receive", "text": "40"}])

    async def receive() -> dict[str, Any]:
        if found := next(coming, None):
            return found
        await asyncio.sleep(0.05)  # the answers are out
        seen.extend(weakref.ref(one) for one in site.eio.sockets.values())
        return {"type": "websocket.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await ASGIApp(site)(dict(SCOPE), receive, send)
    await asyncio.sleep(0.3)
    assert [message["type"] for message in sent][:3] == ["websocket.accept", "websocket.send", "websocket.send"]
    assert len(seen) == 1
    assert (seen[0]() is None) is ours
