"""An event's way from its line to its handler and back, without the turns of the loop that nobody needs.

The framework puts every event into a queue, which a task reads to start a task for each, and waits a turn after every
message so that another task may write it. Here the event's task starts where the event arrives, and lines write by
themselves (`states/socket_lines.py`).
"""

import asyncio
import json
import logging
from typing import Any

import orjson
import reflex as rx
from reflex import state as framework
from reflex.state import StateUpdate
from reflex_base.event.processor.event_processor import EventProcessor, EventQueueEntry
from reflex_base.event.processor.future import EventFuture
from reflex_base.registry import RegistrationContext
from reflex_base.utils import format as framework_format
from reflex_base.utils.serializers import serialize

# Dataclasses and instants as the framework writes them.
OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME

log = logging.getLogger(__name__)


class AtOnce(asyncio.Queue[EventQueueEntry]):
    """In place of a processor's queue: what is put in goes to its handler, in order for each tab."""

    def __init__(self, processor: EventProcessor) -> None:
        super().__init__()
        self._processor = processor

    async def put(self, item: EventQueueEntry) -> None:
        """Start the event's task, or let it wait for the one of the same tab before it."""
        future = self._processor._futures.get(item.ctx.txid)
        if future is not None and future.parent is not None:
            future.add_done_callback(let_go)
        found = RegistrationContext.get().event_handlers.get(item.event.name)
        if found is None:
            log.warning("an event that nobody handles")
            if future is not None:
                future.cancel()
        elif found.handler.is_background:
            self._processor._create_event_task(entry=item, registered_handler=found)
        else:
            self._processor._enqueue_for_token(entry=item, registered_handler=found)


def let_go(future: EventFuture) -> None:
    """Let events that came of one another go, now that the last of them is done: they hold each other."""
    first = future
    while first.parent is not None:
        first = first.parent
    chain = [first] if first.all_done() else []
    while chain:
        done = chain.pop()
        chain.extend(done.children)
        done.children.clear()


async def shorten_event_path(web: rx.App) -> None:
    """Let events and messages go this way. To be called before anybody connects."""
    web.event_processor._queue = AtOnce(web.event_processor)
    namespace = web.event_namespace
    if namespace is None or web.sio is None:
        return
    elsewhere, tabs = namespace.emit_update, namespace._token_manager
    rooms: Any = web.sio.manager

    async def emit_update(update: StateUpdate, token: str) -> None:
        here = tabs.token_to_socket.get(token)
        if here is None or here.instance_id != tabs.instance_id:
            await elsewhere(update, token)
        else:
            await rooms.emit("event", update, namespace.namespace, to=here.sid)

    namespace.emit_update = emit_update
    framework._serialize_var = dumps  # what values are compared with the first ones by
    framework._initial_snapshot_cache.clear()
    packets: Any = web.sio.packet_class
    packets.json.dumps, packets.json.loads = dumps, loads


def loads(said: str | bytes, **_: Any) -> Any:
    """As the framework's, which is asked about what only it can read: half a character, numbers without end.

    A whole number of more than 64 bits becomes a fraction, as it is in browsers.
    """
    try:
        return orjson.loads(said)
    except orjson.JSONDecodeError:
        return json.loads(said)


def dumps(value: Any, **options: Any) -> str:
    """As the framework's, several times as quick; what only that can write is left to it."""
    try:
        return orjson.dumps(value, default=serialize, option=OPTIONS).decode()
    except TypeError:
        return framework_format.json_dumps(value, **options)
