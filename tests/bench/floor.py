"""The floor to compare with: bare Socket.IO and SQLite, group commit, `synchronous=FULL`, and nothing else.

Served by tests/bench/run.py in the same run as the app; CCHC_DATA_DIR says where the file is.
"""

import asyncio
import sqlite3
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import socketio

from cchc_app.settings import get_settings

QUESTIONS = 20
OPTIONS = 4
KEY = {position: position % OPTIONS for position in range(QUESTIONS)}


class Ledger:
    """Group commit of (person, position, option), the first answer stays."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE IF NOT EXISTS answer "
            "(person TEXT, position INTEGER, option INTEGER, PRIMARY KEY (person, position)) WITHOUT ROWID",
        ):
            self._connection.execute(statement)
        self._waiting: deque[tuple[tuple[str, int, int], asyncio.Future[None]]] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1)

    async def record(self, answer: tuple[str, int, int]) -> None:
        """Store one answer; returns after its commit."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((answer, future))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await future

    async def _write(self) -> None:
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
            await asyncio.get_running_loop().run_in_executor(self._thread, self._commit, [a for a, _ in batch])
            for _, future in batch:
                future.set_result(None)

    def _commit(self, answers: list[tuple[str, int, int]]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?, ?)", answers)
        self._connection.execute("COMMIT")


ledger = Ledger(get_settings().data_dir / "floor.sqlite3")
server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], cors_allowed_origins="*")


@server.on("event", namespace="/_event")
async def event(sid: str, data: dict[str, Any]) -> None:
    """Store an answer, then say whether it is right."""
    form = data["payload"].get("form")
    correct = False
    if form is not None:
        position, option = int(form["position"]), int(form["choice"])
        await ledger.record((str(form["paper"]), position, option))
        correct = KEY[position] == option
    await server.emit("event", {"correct": correct, "final": True}, to=sid, namespace="/_event")


@server.on("connect", namespace="/_event")
async def connect(sid: str, environ: dict[str, Any]) -> None:
    """Everybody may come in."""


async def ready(scope, receive, send) -> None:
    """Answers the question whether the server is there; everything else is events."""
    if scope["type"] == "http" and scope["path"] == "/readyz":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await events(scope, receive, send)


events = socketio.ASGIApp(server, socketio_path="/_event")
app = ready
