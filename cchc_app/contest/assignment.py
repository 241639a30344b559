"""Who judges which slogan (Article 12): drawn from a seed, nobody the own unit's, everybody about as many.

The recipe, so that anybody can recompute a draw. Write `h(purpose, id)` for the SHA-256, in lower-case hex, of the
UTF-8 text `seed:purpose:id`; "in the order of h" means ascending, as text.

1. Slogans get their turn by how many judges may judge them, fewest first, among equals in the order of
   `h("slogan", slogan)`. Each takes the judges with the fewest tasks so far, among equals in the order of
   `h("judge", slogan/judge)`.
2. While tasks can be handed on, one by one along a chain of judges, from a judge to one who has at least two fewer,
   that is done. When no such chain is left, no assignment is more even (a flow with convex costs has no cheaper cycle).
"""

import hashlib
from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence

from cchc_app.contest.errors import ContestError, ErrorCode

Task = tuple[int, int]  # slogan, judge


def drawn_order(ids: Collection[int], seed: str) -> tuple[int, ...]:
    """The ids in the order of `h("code", id)`: by it slogans get the numbers under which judges see them."""
    return tuple(sorted(ids, key=lambda one: _hash(seed, "code", one)))


def assign(
    *, slogans: Collection[int], judges: Collection[int], barred: Collection[Task], per_slogan: int, seed: str
) -> tuple[Task, ...]:
    """Give every slogan its judges: the same for the same seed, whatever order the arguments are in.

    Args:
        slogans: Row ids.
        judges: Row ids.
        barred: Who may not judge what: (slogan, judge).
        per_slogan: How many judges each slogan gets.
        seed: Any text.

    Raises:
        ContestError: JUDGES_LACKING, its detail `slogans` the ids of those that cannot have enough judges.
    """
    able = {slogan: [judge for judge in sorted(judges) if (slogan, judge) not in barred] for slogan in sorted(slogans)}
    lacking = tuple(slogan for slogan, may in able.items() if len(may) < per_slogan)
    if lacking:
        raise ContestError(ErrorCode.JUDGES_LACKING, slogans=lacking)
    panels: dict[int, set[int]] = {}
    loads = Counter(dict.fromkeys(judges, 0))
    for slogan in sorted(able, key=lambda one: (len(able[one]), _hash(seed, "slogan", one))):
        by_turn = sorted(able[slogan], key=lambda judge: (loads[judge], _hash(seed, "judge", f"{slogan}/{judge}")))
        panels[slogan] = set(by_turn[:per_slogan])
        loads.update(panels[slogan])
    while _even_out(panels, able, loads):
        pass
    return tuple((slogan, judge) for slogan in sorted(panels) for judge in sorted(panels[slogan]))


def _even_out(panels: dict[int, set[int]], able: dict[int, list[int]], loads: Counter[int]) -> bool:
    """Hand tasks on along one chain to a judge who has at least two fewer; False when there is none."""
    for busy in sorted(loads, key=lambda judge: (-loads[judge], judge)):
        chain = _chain(busy, panels, able, loads)
        if chain:
            for giver, slogan, taker in chain:
                panels[slogan].remove(giver)
                panels[slogan].add(taker)
                loads[giver] -= 1
                loads[taker] += 1
            return True
    return False


def _chain(
    busy: int, panels: dict[int, set[int]], able: dict[int, list[int]], loads: Counter[int]
) -> Sequence[tuple[int, int, int]]:
    """The shortest chain of (giver, slogan, taker) from a judge to one with at least two tasks fewer; empty if none."""
    came_by: dict[int, tuple[int, int, int] | None] = {busy: None}
    waiting = deque([busy])
    while waiting:
        giver = waiting.popleft()
        for slogan, taker in _could_take(giver, panels, able):
            if taker in came_by:
                continue
            came_by[taker] = (giver, slogan, taker)
            if loads[taker] <= loads[busy] - 2:
                return _walked(taker, came_by)
            waiting.append(taker)
    return ()


def _could_take(giver: int, panels: dict[int, set[int]], able: dict[int, list[int]]) -> Iterator[Task]:
    for slogan in sorted(panels):
        if giver in panels[slogan]:
            yield from ((slogan, taker) for taker in able[slogan] if taker not in panels[slogan])


def _walked(last: int, came_by: dict[int, tuple[int, int, int] | None]) -> list[tuple[int, int, int]]:
    chain = []
    while (step := came_by[last]) is not None:
        chain.append(step)
        last = step[0]
    return chain[::-1]


def _hash(seed: str, purpose: str, identifier: object) -> str:
    return hashlib.sha256(f"{seed}:{purpose}:{identifier}".encode()).hexdigest()
