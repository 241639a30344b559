"""Events reach their handlers at once, in order for each tab; messages are written as the framework would."""

import asyncio
import gc
import json
import logging
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reflex.event import Event, EventHandler
from reflex.state import StateUpdate
from reflex_base.event.processor.event_processor import EventProcessor
from reflex_base.registry import RegisteredEventHandler, RegistrationContext
from reflex_base.utils.format import json_dumps

from cchc_app.states import event_path
from cchc_app.states.event_path import dumps, loads, shorten_event_path


class Colour(Enum):
    """A value with a name."""

    RED = "red"


@dataclass
class View:
    """What a screen shows."""

    title: str = "Kỳ 2"
    lines: list[int] = field(default_factory=lambda: [1, 2])


class Desk:
    """A processor whose events go our way, and what its handlers did."""

    def __init__(self, processor: EventProcessor) -> None:
        self.processor = processor
        self.did: list[str] = []
        self.go_on = asyncio.Event()

    async def slow(self, who: str) -> None:
        """Begin, wait, end."""
        self.did.append(f"{who} begins")
        await self.go_on.wait()
        self.did.append(f"{who} ends")

    async def send(self, tab: str, name: str = "slow", **payload: Any) -> Any:
        """One event of a tab."""
        return await self.processor.enqueue(tab, Event(name=name, payload=payload))


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    """A running processor."""
    async with EventProcessor().configure() as processor:
        made = Desk(processor)
        await shorten_event_path(SimpleNamespace(event_processor=processor, event_namespace=None, sio=None))  # type: ignore[arg-type]
        handlers = {"slow": RegisteredEventHandler(handler=EventHandler(fn=made.slow), states=())}
        with RegistrationContext(event_handlers=handlers):
            yield made


async def test_an_event_begins_with_the_next_turn_of_the_loop() -> None:
    async with desk() as here:
        await here.send("a", who="first")
        await asyncio.sleep(0)
        assert here.did == ["first begins"]
        here.go_on.set()


async def test_events_of_one_tab_take_turns_and_tabs_do_not_wait_for_each_other() -> None:
    async with desk() as here:
        sent = [await here.send(tab, who=who) for tab, who in (("a", "a1"), ("a", "a2"), ("b", "b1"), ("a", "a3"))]
        await asyncio.sleep(0.01)
        assert here.did == ["a1 begins", "b1 begins"]
        here.go_on.set()
        await asyncio.gather(*sent)
        assert [did for did in here.did if did.startswith("a")] == [
            f"a{number} {what}" for number in (1, 2, 3) for what in ("begins", "ends")
        ]


@pytest.mark.parametrize("ours", [True, False])
async def test_events_that_came_of_one_another_go_without_the_collector(
    ours: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk() as here:
        if not ours:
            monkeypatch.setattr(event_path, "let_go", lambda _: None)
        seen: list[weakref.ref[Any]] = []

        async def then(left: int) -> None:
            if left:
                sent = await here.processor.enqueue("a", Event(name="then", payload={"left": left - 1}))
                seen.append(weakref.ref(sent))

        RegistrationContext.get().event_handlers["then"] = RegisteredEventHandler(
            handler=EventHandler(fn=then), states=()
        )
        gc.disable()
        try:
            first = await here.send("a", name="then", left=3)
            await first.wait_all()
            await asyncio.sleep(0.01)
            del first
            assert [one() is None for one in seen] == [ours] * 3
        finally:
            gc.enable()


async def test_an_event_nobody_handles_leaves_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async with desk() as here:
        with caplog.at_level(logging.WARNING):
            sent = await here.send("a", name="made_up")
        await asyncio.sleep(0)
        assert sent.cancelled()
        assert not here.processor._futures
        here.go_on.set()
        await (await here.send("a", who="next"))
    assert [record.getMessage() for record in caplog.records] == ["an event that nobody handles"]


async def test_an_event_taken_back_before_its_turn_never_begins() -> None:
    async with desk() as here:
        first = await here.send("a", who="first")
        second = await here.send("a", who="second")
        second.cancel()
        third = await here.send("a", who="third")
        here.go_on.set()
        await asyncio.gather(first, third)
        assert "second begins" not in here.did


async def test_a_message_is_on_its_line_before_its_sender_goes_on_and_finds_other_processes() -> None:
    emitted: list[tuple[str, str, str]] = []
    elsewhere: list[str] = []

    async def emit(kind: str, _update: StateUpdate, place: str, to: str) -> None:
        emitted.append((kind, place, to))

    async def framework(_update: StateUpdate, token: str) -> None:
        elsewhere.append(token)

    tabs = SimpleNamespace(
        instance_id="me",
        token_to_socket={
            "mine": SimpleNamespace(instance_id="me", sid="s1"),
            "theirs": SimpleNamespace(instance_id="other", sid="s2"),
        },
    )
    namespace = SimpleNamespace(namespace="/_event", emit_update=framework, _token_manager=tabs)
    json_of = SimpleNamespace(dumps=None, loads=None)
    async with EventProcessor().configure() as processor:
        web = SimpleNamespace(
            event_processor=processor,
            event_namespace=namespace,
            sio=SimpleNamespace(packet_class=SimpleNamespace(json=json_of), manager=SimpleNamespace(emit=emit)),
        )
        await shorten_event_path(web)  # type: ignore[arg-type]
    with pytest.raises(StopIteration):  # done without a turn of the loop
        namespace.emit_update(update=StateUpdate(), token="mine").send(None)
    for token in ("theirs", "unknown"):
        await namespace.emit_update(update=StateUpdate(), token=token)
    assert (emitted, elsewhere) == ([("event", "/_event", "s1")], ["theirs", "unknown"])
    assert (json_of.dumps, json_of.loads) == (dumps, loads)


plain = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    plain | words,
    lambda inner: st.lists(inner) | st.dictionaries(words | st.integers(-100, 100), inner),
    max_leaves=20,
)


@given(values)
def test_values_are_written_as_the_framework_would(value: Any) -> None:
    assert json.loads(dumps(value)) == json.loads(json_dumps(value))


@pytest.mark.parametrize(
    "value",
    [
        View(),
        [{"view": View(title='"Đúng" </script> \u2028')}],
        datetime(2026, 11, 28, 17, 5, tzinfo=UTC),
        date(2026, 11, 28),
        timedelta(seconds=90),
        Colour.RED,
        {1, 2},
        (1, "two"),
        2**64,
        object(),
        StateUpdate(delta={"quiz": {"feedback": View(), "marks": ["right", ""]}}, final=True),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_states_hold_is_written_as_the_framework_would(value: Any) -> None:
    assert json.loads(dumps(value, separators=(",", ":"))) == json.loads(json_dumps(value))


sent_numbers = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner) | st.dictionaries(words, inner),
    max_leaves=20,
)


@given(sent_numbers)
def test_what_browsers_write_is_read(value: Any) -> None:
    assert loads(json.dumps(value)) == json.loads(json.dumps(value))


@pytest.mark.parametrize("said", ['"\\ud83d"', "NaN", "[Infinity]"])
def test_what_only_the_framework_reads_is_left_to_it(said: str) -> None:
    assert repr(loads(said)) == repr(json.loads(said))


@pytest.mark.parametrize("said", ["", "{", "[1,]", '{"a"}', "nonsense"])
def test_what_nobody_reads_fails_as_before(said: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        loads(said)
