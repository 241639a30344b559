"""States that several processes share: what has to be said to the framework about Redis."""

import reflex as rx
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from reflex.istate.manager.redis import StateManagerRedis
from reflex.utils.token_manager import RedisTokenManager

# A Redis that restarts is waited for so long: about two seconds, each of these tries being made of as many connections.
# By default a tap would wait for half a minute before anybody is told anything.
TRIES, PAUSE_SECONDS = 2, 0.25


async def wait_little_for_redis(web: rx.App) -> None:
    """Fail soon instead of late when Redis is away. To be called before anybody connects."""
    retry = Retry(ConstantBackoff(PAUSE_SECONDS), TRIES)
    if isinstance(web.state_manager, StateManagerRedis):
        web.state_manager.redis.set_retry(retry)
    tabs = web.event_namespace._token_manager if web.event_namespace else None
    if isinstance(tabs, RedisTokenManager):
        tabs.redis.set_retry(retry)
