"""States in memory, each made when something is first asked of it.

The framework makes all states of a tab when the tab arrives: sixty objects with their values, of which a participant
uses four. States nobody has touched are the same for everybody, so their values are told from one copy.
"""

from functools import cache
from typing import Any

import reflex as rx
from reflex import state as framework
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex.state import BaseState, State

_framework_differing = framework._diff_against_initial_state


class OnDemandStates(StateManagerMemory):
    """The framework's manager, without the states nobody uses."""

    def _get_or_create_state(self, token: Any) -> Any:
        if token.cache_key not in self.states and isinstance(token, BaseStateToken):
            root = token.cls.get_root_state()(init_substates=False, _reflex_internal_init=True)
            object.__setattr__(root, "substates", _Substates(root))
            self.states[token.cache_key] = root
        return super()._get_or_create_state(token)


def make_states_on_demand(web: rx.App) -> None:
    """Use this manager where the framework would keep states in memory. To be called when all pages are added."""
    if isinstance(web.state_manager, StateManagerMemory):
        web._state_manager = OnDemandStates()
        framework._diff_against_initial_state = differing


class FirstValues(dict[str, Any]):
    """The values of a state nobody has touched."""


async def differing(root: type[BaseState], told: dict[str, dict[str, Any]], hashes: list[str]) -> dict[str, Any]:
    """As the framework's: what a page that has just been opened does not know yet.

    A page of this build knows the first values, so states nobody has touched need not be compared with them.

    Args:
        root: The class of the root state.
        told: Values by state and variable.
        hashes: Of the page's first values.
    """
    built = framework._initial_snapshot_cache.get(root)
    if built is not None and hashes == [built.names_digest, *(built.hashes[name] for name in sorted(built.hashes))]:
        told = {name: values for name, values in told.items() if not isinstance(values, FirstValues)}
    return await _framework_differing(root, told, hashes)


class _Substates(dict[str, Any]):
    """Substates of a state by name: all of them are in it, and made when taken out."""

    __slots__ = ("_parent",)

    def __init__(self, parent: BaseState) -> None:
        super().__init__()
        self._parent = parent

    def __missing__(self, name: str) -> BaseState:
        cls = _classes(type(self._parent))[name]
        made = cls(parent_state=self._parent, init_substates=False, _reflex_internal_init=True)
        if cls.get_substates():
            object.__setattr__(made, "substates", _Substates(made))
        self[name] = made
        return made

    def __contains__(self, name: object) -> bool:
        return name in _classes(type(self._parent))

    def values(self) -> Any:
        """Those that were made, and for each of the others what stands for it."""
        made = {**self}
        return [made[name] if name in made else _untouched(cls) for name, cls in _classes(type(self._parent)).items()]


class _Untouched:
    """Stands for a state with its first values, for every tab that has not asked for it."""

    def __init__(self, state: BaseState) -> None:
        self.substates: dict[str, Any] = {}
        self._state = state
        self._told: dict[tuple[bool, bool], dict[str, dict[str, Any]]] = {}

    def dict(self, include_computed: bool = True, initial: bool = False) -> "dict[str, dict[str, Any]]":
        """As of the state itself."""
        known = (include_computed, initial)
        if known not in self._told:
            self._told[known] = self._state.dict(include_computed=include_computed, initial=initial)
        return {name: FirstValues(values) for name, values in self._told[known].items()}

    def _reset_client_storage(self) -> None:
        """No state here keeps anything in browser storage through the framework."""


@cache
def _classes(parent: type[BaseState]) -> dict[str, type[BaseState]]:
    return {cls.get_name(): cls for cls in parent.get_substates()}


@cache
def _untouched(cls: type[BaseState]) -> _Untouched:
    return _Untouched(_first_tree(cls.get_root_state()).get_substate(cls.get_full_name().split(".")))


@cache
def _first_tree(root: type[BaseState]) -> BaseState:
    return root(_reflex_internal_init=True)


async def forget(state: BaseState, package: str) -> None:
    """Empty every state of a tab that a package defines: another person sits behind it.

    Args:
        state: Any state of the tab.
        package: The `__name__` of `cchc_app.states`, or of one below it.
    """
    for cls in _classes(State).values():
        if cls.__module__.startswith(f"{package}."):
            (await state.get_state(cls)).reset()
