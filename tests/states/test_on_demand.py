"""Tabs whose states are made when asked for say what the framework's tabs say."""

from types import SimpleNamespace

import pytest
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex.state import State

import cchc_app.cchc_app as whole
from cchc_app import states
from cchc_app.states import admin
from cchc_app.states.admin.units import StaffUnitsState
from cchc_app.states.on_demand import (
    FirstValues,
    OnDemandStates,
    _framework_differing,
    differing,
    forget,
    make_states_on_demand,
)
from cchc_app.states.quiz import QuizState
from cchc_app.states.result import ResultState
from cchc_app.states.session import SessionState
from tests.bench.load import first_hashes


async def tab(manager: StateManagerMemory, name: str = "one") -> State:
    """The root state of a new tab."""
    return await manager.get_state(BaseStateToken(ident=name, cls=State))


async def use(root: State) -> None:
    """What a participant's tab does to some states."""
    (await root.get_state(SessionState)).display_name = "Nguyễn Văn An"
    (await root.get_state(QuizState)).screen = "question"
    (await root.get_state(ResultState)).shown = "wrong"


async def test_the_app_makes_states_on_demand() -> None:
    assert isinstance(whole.app.state_manager, OnDemandStates)
    other = SimpleNamespace(state_manager=object(), _state_manager=None)  # states in Redis stay the framework's
    make_states_on_demand(other)
    assert other._state_manager is None


async def test_a_tab_says_what_the_frameworks_tab_says() -> None:
    ours, theirs = await tab(OnDemandStates()), await tab(StateManagerMemory())
    assert ours.dict() == theirs.dict()
    assert ours.dict(initial=True) == theirs.dict(initial=True)
    for root in (ours, theirs):
        root._reset_client_storage()
        root._clean()
        await use(root)
    assert await ours._get_resolved_delta() == await theirs._get_resolved_delta()
    assert ours.dict() == theirs.dict()
    for root in (ours, theirs):
        root._clean()
        assert await root._get_resolved_delta() == {}


async def test_only_what_is_asked_for_is_made() -> None:
    manager = OnDemandStates()
    root = await tab(manager)
    assert list(root.substates) == []
    root.dict()
    await use(root)
    assert {cls.get_name() for cls in (SessionState, QuizState, ResultState)} == set(root.substates)
    assert (await tab(manager)) is root
    assert list((await tab(manager, "two")).substates) == []
    manager._purge_token(BaseStateToken(ident="one", cls=State))
    assert list(root.substates) == []


async def test_what_one_tab_is_told_is_not_anothers() -> None:
    manager = OnDemandStates()
    told, name = (await tab(manager)).dict(), QuizState.get_full_name()
    told[name]["screen_rx_state_"] = "spoilt"
    assert (await tab(manager, "two")).dict()[name]["screen_rx_state_"] == QuizState.get_fields()["screen"].default


@pytest.mark.parametrize("build", ["this", "another", "unknown"])
async def test_a_page_just_opened_is_told_what_the_framework_would_tell(build: str) -> None:
    root, hashes = await tab(OnDemandStates()), await first_hashes()
    await use(root)
    if build == "another":
        hashes = [hashes[0], *("0" * 16 for _ in hashes[1:])]
    elif build == "unknown":
        hashes = ["0" * 16, *hashes[1:]]
    told = root.dict()
    plain = {name: dict(values) for name, values in told.items()}
    assert any(isinstance(values, FirstValues) for values in told.values())
    assert await differing(State, told, hashes) == await _framework_differing(State, plain, hashes)
    assert (len(await differing(State, told, hashes)) <= 4) is (build == "this")


async def test_forgetting_empties_states_and_tells_the_browser() -> None:
    root = await tab(OnDemandStates())
    await use(root)
    (await root.get_state(StaffUnitsState)).done = "Đã lưu"
    root._clean()
    await forget(root, admin.__name__)
    delta = await root._get_resolved_delta()
    assert delta[StaffUnitsState.get_full_name()]["done_rx_state_"] == ""
    assert QuizState.get_full_name() not in delta
    await forget(root, states.__name__)
    delta = await root._get_resolved_delta()
    assert delta[SessionState.get_full_name()]["display_name_rx_state_"] == ""
    assert delta[QuizState.get_full_name()]["screen_rx_state_"] == QuizState.get_fields()["screen"].default
