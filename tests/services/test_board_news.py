"""News of boards between processes, over a real Redis; here two carriers stand for two processes."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cchc_app.services import live_boards
from cchc_app.services.board_news import carry
from cchc_app.services.live_boards import PUBLISH_SECONDS, board_changed, heard_of_change, untold_change
from tests.redis_server import RedisServer

PATIENCE = 10.0


class Process:
    """One process: what it has to tell, and when it heard of others."""

    def __init__(self) -> None:
        self.untold = threading.Event()
        self.heard: list[float] = []

    def hear(self) -> None:
        self.heard.append(time.monotonic())

    async def hears(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.heard) < times:
                await asyncio.sleep(0.02)


@asynccontextmanager
async def carriers(url: str, *processes: Process) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(carry(url, untold=one.untold, heard=one.hear)) for one in processes]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_another_process_hears_and_the_teller_does_not(redis_server: RedisServer) -> None:
    one, other = Process(), Process()
    async with carriers(redis_server.url, one, other):
        await asyncio.gather(one.hears(1), other.hears(1))  # once by itself: there may have been news before
        one.untold.set()
        await other.hears(2)
    assert (len(one.heard), len(other.heard), one.untold.is_set()) == (1, 2, False)


async def test_many_changes_are_told_once_a_second_at_most(redis_server: RedisServer) -> None:
    one, other = Process(), Process()
    async with carriers(redis_server.url, one, other):
        await asyncio.gather(one.hears(1), other.hears(1))
        while len(other.heard) < 4:
            one.untold.set()
            await asyncio.sleep(0.01)
    # Told at these instants or a little before; two ticks of the listening end are what they may differ by.
    gaps = [after - before for before, after in zip(other.heard[1:], other.heard[2:], strict=False)]
    assert min(gaps) >= PUBLISH_SECONDS - 2 * live_boards.TICK_SECONDS


async def test_news_goes_on_when_redis_comes_back(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    one, other = Process(), Process()
    with RedisServer(tmp_path) as redis:
        async with carriers(redis.url, one, other):
            await asyncio.gather(one.hears(1), other.hears(1))
            redis.kill()
            one.untold.set()
            await until(lambda: len(caplog.records) == 2)
            await asyncio.to_thread(redis.start)
            await asyncio.gather(one.hears(2), other.hears(2))
            heard = len(other.heard)
            one.untold.set()
            await other.hears(heard + 1)
    assert {record.message for record in caplog.records} == {
        "news of boards goes through the database: Redis does not answer"
    }


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.02)


def test_what_is_heard_is_not_told_again() -> None:
    untold_change.clear()
    heard_of_change()
    assert not untold_change.is_set()
    board_changed()
    assert untold_change.is_set()
    untold_change.clear()
