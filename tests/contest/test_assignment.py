"""Article 12: judges are drawn from a seed, kept from what they may not see, and have as even a load as can be."""

import itertools
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc_app.contest.assignment import assign, drawn_order
from cchc_app.contest.errors import ContestError, ErrorCode


def loads(tasks, judges) -> list[int]:
    counts = Counter(judge for _, judge in tasks)
    return sorted(counts[judge] for judge in judges)


def test_without_conflicts_loads_differ_by_at_most_one() -> None:
    tasks = assign(slogans=range(1, 166), judges=range(1, 8), barred=(), per_slogan=3, seed="s")
    assert loads(tasks, range(1, 8)) == [70] * 2 + [71] * 5  # 495 tasks
    assert Counter(slogan for slogan, _ in tasks) == dict.fromkeys(range(1, 166), 3)
    assert len(set(tasks)) == len(tasks)


def test_a_judge_who_may_judge_little_gets_that_and_the_rest_is_even() -> None:
    barred = [(slogan, 1) for slogan in range(1, 10)]  # judge 1 may see slogan 10 alone
    tasks = assign(slogans=range(1, 11), judges=[1, 2, 3, 4], barred=barred, per_slogan=2, seed="s")
    assert loads(tasks, [1, 2, 3, 4]) == [1, 6, 6, 7]


def test_tasks_are_handed_on_along_a_chain() -> None:
    """Judge 3 can take from 2 alone, and 2 from 1 alone: nobody can hand anything straight from 1 to 3."""
    slogans = {1: [1, 2], 2: [1, 2], 3: [1, 2], 4: [2, 3], 5: [2, 3], 6: [2, 3]}
    barred = [(slogan, judge) for slogan, may in slogans.items() for judge in (1, 2, 3) if judge not in may]
    for seed in map(str, range(20)):
        tasks = assign(slogans=list(slogans), judges=[1, 2, 3], barred=barred, per_slogan=1, seed=seed)
        assert loads(tasks, [1, 2, 3]) == [2, 2, 2]


def test_slogans_that_cannot_have_enough_judges_are_named() -> None:
    with pytest.raises(ContestError) as refused:
        assign(slogans=[5, 6, 7], judges=[1, 2, 3], barred=[(6, 1), (7, 1), (7, 2)], per_slogan=3, seed="s")
    assert (refused.value.code, refused.value.details) == (ErrorCode.JUDGES_LACKING, {"slogans": (6, 7)})
    with pytest.raises(ContestError):
        assign(slogans=[1], judges=[], barred=[], per_slogan=1, seed="s")


def test_another_seed_draws_otherwise() -> None:
    drawn = {assign(slogans=range(20), judges=range(6), barred=(), per_slogan=2, seed=str(n)) for n in range(5)}
    assert len(drawn) == 5
    assert len({drawn_order(range(20), str(n)) for n in range(5)}) == 5


def test_the_numbers_judges_see_come_from_the_seed_alone() -> None:
    order = drawn_order(range(1, 9), "seed")
    assert order == drawn_order([8, 3, 1, 2, 7, 4, 6, 5], "seed")
    assert sorted(order) == list(range(1, 9)) != list(order)


@st.composite
def contests(draw):
    """Some judges, some slogans, some conflicts; every slogan can have its judges."""
    judges = list(range(1, draw(st.integers(1, 6)) + 1))
    slogans = list(range(1, draw(st.integers(0, 12)) + 1))
    pairs = list(itertools.product(slogans, judges))
    barred = set(draw(st.lists(st.sampled_from(pairs), max_size=14))) if pairs else set()
    per_slogan = draw(st.integers(1, len(judges)))
    assume(all(sum((slogan, judge) not in barred for judge in judges) >= per_slogan for slogan in slogans))
    return judges, slogans, barred, per_slogan, draw(st.text(max_size=4))


@given(contests(), st.randoms())
def test_every_draw_is_whole_allowed_and_repeatable(contest, chance) -> None:
    judges, slogans, barred, per_slogan, seed = contest
    tasks = assign(slogans=slogans, judges=judges, barred=barred, per_slogan=per_slogan, seed=seed)
    assert Counter(slogan for slogan, _ in tasks) == dict.fromkeys(slogans, per_slogan)
    assert len(set(tasks)) == len(tasks)
    assert not barred & set(tasks)
    chance.shuffle(judges)
    chance.shuffle(slogans)
    assert assign(slogans=slogans, judges=judges, barred=list(barred), per_slogan=per_slogan, seed=seed) == tasks


@given(contests().filter(lambda contest: len(contest[1]) <= 4 and len(contest[0]) <= 4))
def test_no_assignment_is_more_even(contest) -> None:
    """Against every assignment there is."""
    judges, slogans, barred, per_slogan, seed = contest
    tasks = assign(slogans=slogans, judges=judges, barred=barred, per_slogan=per_slogan, seed=seed)
    choices = [
        list(itertools.combinations([judge for judge in judges if (slogan, judge) not in barred], per_slogan))
        for slogan in slogans
    ]
    every = (
        loads([(0, judge) for panel in panels for judge in panel], judges) for panels in itertools.product(*choices)
    )
    squares = min(sum(load * load for load in found) for found in every)
    assert sum(load * load for load in loads(tasks, judges)) == squares
