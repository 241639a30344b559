"""Lines of the event socket that leave nothing behind when they end.

Two rings of the socket server hold all of a line, some 40 KB a closed page, until somebody looks at everything
(`services/collector.py`). The error that ended it is kept in a task and keeps the frames it passed, one of which keeps
the task. And each request has a class of its own, which as all classes holds itself, and with it the way to the line.
"""

import asyncio
from typing import Any

import reflex as rx
from engineio.async_drivers.asgi import WebSocket, translate_request
from starlette.types import Message, Receive, Scope, Send

# By then the error has passed all its frames.
FORGET_SECONDS = 1.0


class Line(WebSocket):
    """The framework's; the error that ends it soon forgets where it passed."""

    async def wait(self) -> str | bytes:
        """As the framework's: what comes next from the other end; OSError when it is gone."""
        try:
            return await super().wait()
        except OSError as gone:
            asyncio.get_running_loop().call_later(FORGET_SECONDS, gone.with_traceback, None)
            raise


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


def forget_ended_lines(web: rx.App) -> None:
    """Use these lines. To be called before anybody has connected."""
    if web.sio is not None:
        web.sio.eio._async = {**web.sio.eio._async, "websocket": Line, "translate_request": translated}
