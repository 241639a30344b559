"""Between processes: "a board has changed", through Redis.

Without Redis, or while it is away, the version column says the same up to a second later (services/live_boards.py).
"""

import asyncio
import logging
import threading
import time
import uuid
from collections.abc import Callable

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from cchc_app.services.live_boards import PUBLISH_SECONDS, TICK_SECONDS, heard_of_change, untold_change
from cchc_app.settings import get_settings

log = logging.getLogger(__name__)

CHANNEL = "cchc:boards"
AGAIN_SECONDS = 1.0


async def carry_board_news() -> None:
    """Tell other processes of this one's changes and hear of theirs, for as long as the server runs."""
    if get_settings().redis_url:
        await carry(get_settings().redis_url, untold=untold_change, heard=heard_of_change)


async def carry(url: str, *, untold: threading.Event, heard: Callable[[], None]) -> None:
    """Carry news both ways until cancelled; a Redis that is away is asked again every second.

    Args:
        url: Of Redis.
        untold: Set when a board has changed here; cleared when others were told, at most once a second.
        heard: Called when another process has told of a change.
    """
    me, lost = uuid.uuid4().hex.encode(), False
    while True:
        try:
            async with Redis.from_url(url, retry=Retry(NoBackoff(), 0)) as redis, redis.pubsub() as channel:
                await channel.subscribe(CHANNEL)
                # Whatever was said while nobody listened.
                heard()
                lost = False
                await _carry(redis, channel, me=me, untold=untold, heard=heard)
        except (RedisError, OSError):
            if not lost:
                log.warning("news of boards goes through the database: Redis does not answer")
            lost = True
            await asyncio.sleep(AGAIN_SECONDS)


async def _carry(
    redis: Redis, channel: PubSub, *, me: bytes, untold: threading.Event, heard: Callable[[], None]
) -> None:
    told = 0.0
    while True:
        message = await channel.get_message(ignore_subscribe_messages=True, timeout=TICK_SECONDS)
        if message is not None and message["data"] != me:
            heard()
        if untold.is_set() and time.monotonic() - told >= PUBLISH_SECONDS:
            untold.clear()
            told = time.monotonic()
            await redis.publish(CHANNEL, me)
