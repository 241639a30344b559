"""States that several processes share: what has to be said to the framework about Redis."""

from typing import Any

import reflex as rx
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from reflex.istate.manager import _release_state_tree
from reflex.istate.manager.redis import StateManagerRedis
from reflex.istate.manager.token import StateToken
from reflex.utils.token_manager import RedisTokenManager

# A Redis that restarts is waited for so long: about two seconds, each of these tries being made of as many connections.
# By default a tap would wait for half a minute before anybody is told anything.
TRIES, PAUSE_SECONDS = 2, 0.25


async def prepare_redis(web: rx.App) -> None:
    """Fail soon instead of late when Redis is away, and keep no state that is back in it.

    To be called before anybody connects.
    """
    retry = Retry(ConstantBackoff(PAUSE_SECONDS), TRIES)
    if isinstance(web.state_manager, StateManagerRedis):
        web.state_manager.redis.set_retry(retry)
        let_states_go(web.state_manager)
    tabs = web.event_namespace._token_manager if web.event_namespace else None
    if isinstance(tabs, RedisTokenManager):
        tabs.redis.set_retry(retry)


def let_states_go(manager: StateManagerRedis) -> None:
    """Take a state apart when it was written back and is held no more.

    The framework does so with states in memory; those from Redis, one for every answer of a person who thinks for some
    seconds, would stay until somebody looks at everything (`services/collector.py`).
    """
    keep = manager.set_state

    async def keep_and_let_go(token: StateToken[Any], state: Any, **context: Any) -> None:
        await keep(token, state, **context)
        # A lease that ends takes the state out of those held before it writes it back.
        ending = token.lock_key in manager._local_leases and token.lock_key not in manager._cached_states
        if ending and isinstance(state, rx.State):
            _release_state_tree(state)

    manager.set_state = keep_and_let_go
