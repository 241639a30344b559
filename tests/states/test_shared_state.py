"""A state that was written back to Redis and is held no more goes at once; one that is held stays whole."""

import gc
import weakref
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from reflex.istate.manager.token import BaseStateToken
from reflex.state import State

import cchc_app.cchc_app  # noqa: F401 - every state is defined
from cchc_app.states.shared_state import let_states_go

TOKEN = BaseStateToken(ident="tab", cls=State)


@pytest.fixture(autouse=True)
def _collector_waits() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def manager(*, leased: bool, held: Any = None) -> Any:
    async def set_state(token: Any, state: Any, **_: Any) -> None:
        assert state.substates  # whole until it is written

    leases = {TOKEN.lock_key: None} if leased else {}
    return SimpleNamespace(
        set_state=set_state, _local_leases=leases, _cached_states={TOKEN.lock_key: held} if held else {}
    )


async def test_a_lease_that_ends_leaves_nothing() -> None:
    framework = manager(leased=True)
    let_states_go(framework)
    state = State(_reflex_internal_init=True)  # type: ignore[call-arg]
    gone = weakref.ref(next(iter(state.substates.values())))
    await framework.set_state(TOKEN, state, lock_id=b"1")
    del state
    assert gone() is None


async def test_a_state_that_is_held_or_whose_event_goes_on_stays_whole() -> None:
    state = State(_reflex_internal_init=True)  # type: ignore[call-arg]
    for framework in (manager(leased=True, held=state), manager(leased=False)):
        let_states_go(framework)
        await framework.set_state(TOKEN, state, lock_id=b"1")
        assert state.substates
