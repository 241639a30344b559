"""A browser without a browser: events go through the framework's real pipeline, what it sends back is collected.

The only place of the tests that knows the framework's inner names.
"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import reflex as rx
from reflex.state import State
from reflex_base.event import Event
from reflex_base.event.context import EventContext
from reflex_base.event.processor import BaseStateEventProcessor
from reflex_base.utils.format import format_event_handler, json_dumps

from cchc_app.states.on_demand import OnDemandStates

WIRE_SUFFIX = "_rx_state_"


class Browser:
    """One tab. Use as `async with Browser(…) as tab`.

    Args:
        cookie: The Cookie header of the connection.
        address: Where the connection comes from.
        path: The page it shows, with its query.
    """

    def __init__(self, *, cookie: str = "", address: str = "192.0.2.1", path: str = "/") -> None:
        self.token = str(uuid4())
        self.cookie, self.address, self.path = cookie, address, path
        self.sid = f"sid-{self.token}"
        self.errors: list[Exception] = []  # what handlers raised: always a bug
        self.redirects: list[str] = []
        self._wire: list[str] = []
        self._shown: dict[str, dict[str, Any]] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Browser":
        self._processor = BaseStateEventProcessor(
            backend_exception_handler=self._note_error, graceful_shutdown_timeout=5
        )
        self._manager = OnDemandStates()
        self._processor._root_context = EventContext(
            token="",
            state_manager=self._manager,
            enqueue_impl=self._processor.enqueue_many,
            emit_delta_impl=self._take_delta,
            emit_event_impl=self._take_events,
        )
        await self._stack.enter_async_context(self._processor)
        await self.connect()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self._stack.aclose()
        await self._manager.close()

    async def connect(self) -> None:
        """What a tab does at its first connection and at every later one."""
        await self._run(Event(name=format_event_handler(State.event_handlers["hydrate"])))

    async def restart_server(self) -> None:
        """The server has come back without its memory; the tab connects again."""
        self._manager.states.clear()
        self._shown.clear()
        await self.connect()

    async def open(self, path: str, *on_load: Callable[..., Any]) -> None:
        """Show a page and run handlers as it does when it loads."""
        self.path = path
        for handler in on_load:
            await self.send(handler)

    async def send(self, handler: Any, **payload: Any) -> None:
        """Call a handler with whatever arguments, and wait until all that follows is done."""
        await self._run(Event(name=format_event_handler(handler), payload=payload))

    def shown(self, state: type[rx.State], name: str) -> Any:
        """The value of a var as this tab has it."""
        return self._shown[state.get_full_name()][f"{name}{WIRE_SUFFIX}"]

    @property
    def received(self) -> str:
        """Everything the server has sent so far, as it went over the wire."""
        return "\n".join(self._wire)

    async def _run(self, event: Event) -> None:
        routed = Event(name=event.name, payload=event.payload, router_data=self._router_data())
        future = await self._processor.enqueue(self.token, routed)
        try:
            await future.wait_all()
        except Exception as error:
            if error not in self.errors:
                self.errors.append(error)

    def _router_data(self) -> dict[str, Any]:
        pathname, _, query = self.path.partition("?")
        pairs = (pair.partition("=") for pair in query.split("&") if pair)
        return {
            "pathname": pathname,
            "asPath": self.path,
            "query": {name: value for name, _, value in pairs},
            "token": self.token,
            "sid": self.sid,
            "ip": self.address,
            "headers": {"host": "localhost:8000", "origin": "http://localhost:8000", "cookie": self.cookie},
        }

    async def _take_delta(self, token: str, delta: Any) -> None:
        self._wire.append(json_dumps(delta))
        for state, values in delta.items():
            self._shown.setdefault(state, {}).update(values)

    async def _take_events(self, token: str, *events: Event) -> None:
        for event in events:
            self._wire.append(json_dumps({"name": event.name, "payload": event.payload}))
            if event.name == "_redirect":
                self.redirects.append(event.payload["path"])

    def _note_error(self, error: Exception) -> None:
        self.errors.append(error)
