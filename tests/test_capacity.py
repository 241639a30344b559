"""The simulation behind docs/capacity.md does what its words say."""

import itertools
import random
from dataclasses import replace

import pytest

from tests.bench.capacity import SECONDS, SQLITE, Costs, Hour, arrivals, simulate

FREE = Costs(*([0.0] * 10))


def test_everybody_comes_and_the_burst_is_as_told() -> None:
    hour = Hour(papers=12_000, burst=10, burst_seconds=180)
    coming = arrivals(hour, random.Random(7))
    assert len(coming) == SECONDS
    assert sum(coming) == pytest.approx(12_000, rel=0.03)
    assert sum(coming[:180]) == pytest.approx(10 * 180 * 12_000 / SECONDS, rel=0.05)


def test_a_burst_never_brings_more_than_there_are() -> None:
    assert sum(arrivals(Hour(papers=1_000, burst=1_000), random.Random(1))) == pytest.approx(1_000, rel=0.1)


def test_what_costs_nothing_waits_for_nothing() -> None:
    found = simulate(FREE, Hour(), processes=1)
    assert (max(found.waits), found.busiest, found.database_cores) == (0, 0, 0)
    assert found.people_at_once > 1_000


def test_more_processes_never_make_anybody_wait_longer() -> None:
    waits = [simulate(SQLITE, Hour(), processes=count).waits for count in (1, 2, 4)]
    for fewer, more in itertools.pairwise(waits):
        assert all(b <= a for a, b in zip(fewer, more, strict=True))


def test_work_is_what_the_steps_cost() -> None:
    costs, hour = replace(FREE, hand_in=10.0), Hour(papers=3_600, burst=1, watchers=0)
    found = simulate(costs, hour, processes=1)
    assert found.busiest == pytest.approx(0.01, rel=0.5)  # one paper a second, 10 ms each
    watching = simulate(replace(FREE, watch=0.1), Hour(papers=0, watchers=2_000), processes=1)
    assert watching.busiest == pytest.approx(0.2)


def test_replicas_take_what_is_read_and_nothing_else() -> None:
    hour = Hour(papers=36_000, burst=1)  # ten papers a second
    reads = simulate(replace(FREE, database_open=20.0), hour, processes=1)
    writes = simulate(replace(FREE, database_begin=20.0), hour, processes=1)
    assert reads.replica_cores == reads.database_cores == pytest.approx(0.2, rel=0.3)
    assert (writes.replica_cores, writes.database_cores) == (0, pytest.approx(0.2, rel=0.3))
