"""How many processes the opening hour needs: `python -m tests.bench.capacity`, worked out from measured costs.

Second by second, work arrives by chance at processes that share it evenly, one core each; what is not done waits.
No server is started (docs/capacity.md).
"""

import math
import random
import statistics
from dataclasses import dataclass, replace

SECONDS = 3_600


@dataclass(frozen=True)
class Costs:
    """Processor milliseconds of the site and of PostgreSQL, and kilobytes of an open page."""

    open_page: float
    begin: float
    answer: float  # with the next question
    hand_in: float
    watch: float  # one message to one watcher
    database_open: float  # reads only, so a replica can do it
    database_begin: float
    database_answer: float
    database_hand_in: float
    page_kb: float


@dataclass(frozen=True)
class Hour:
    """The opening hour of a week.

    Attributes:
        papers: Begun in it.
        burst: How many times as many people come in the first minutes as on average.
        burst_seconds: How long that lasts; it takes its people from the rest of the hour.
        think_seconds: Between two answers of a person.
        watchers: Open boards.
        board_every: Seconds between two messages of a board.
    """

    papers: int = 12_000
    burst: float = 10
    burst_seconds: int = 180
    questions: int = 20
    think_seconds: float = 20
    watchers: int = 2_000
    board_every: float = 1


# What `tests.bench.steps` and `tests.bench.watchers` printed; see docs/capacity.md.
SQLITE = Costs(4.2, 6.3, 0.34, 5.1, 0.02, 0, 0, 0, 0, 70)
POSTGRESQL = Costs(5.4, 6.5, 0.36, 6.8, 0.02, 1.5, 3.4, 0.14, 2.7, 68)
# Share of a core that a process really gets to use: the collector, other work, the system.
USABLE = 0.8


@dataclass(frozen=True)
class Outcome:
    """What people of the hour met."""

    waits: tuple[float, ...]  # seconds of work ahead of what came in each second
    busiest: float  # share of the processes' time in the busiest minute
    people_at_once: int
    database_cores: float  # in the busiest minute
    replica_cores: float  # of these, what replicas can do


def arrivals(hour: Hour, chance: random.Random) -> list[int]:
    """People who begin a paper in each second: a burst at the opening, the rest spread evenly, both by chance."""
    evenly = hour.papers / SECONDS
    first = min(hour.burst * evenly, hour.papers / max(1, hour.burst_seconds))
    later = max(0.0, hour.papers - first * hour.burst_seconds) / (SECONDS - hour.burst_seconds)
    return [_poisson(first if second < hour.burst_seconds else later, chance) for second in range(SECONDS)]


def simulate(costs: Costs, hour: Hour, *, processes: int, seed: int = 1) -> Outcome:
    """Play the hour.

    Args:
        processes: Of the site, one core each.
        seed: Of chance.
    """
    chance = random.Random(seed)
    coming, stay = arrivals(hour, chance), round(hour.questions * hour.think_seconds)
    watching = hour.watchers * costs.watch / hour.board_every
    waits, work, writing, reading, present, most, backlog = [], [], [], [], 0, 0, 0.0
    for second, begun in enumerate(coming):
        leaving = coming[second - stay] if second >= stay else 0
        present += begun - leaving
        most = max(most, present)
        answered = _poisson(present / hour.think_seconds, chance)
        own = begun * (costs.open_page + costs.begin) + leaving * costs.hand_in
        own += answered * costs.answer + watching
        work.append(own)
        reading.append(begun * costs.database_open / 1000)
        changes = begun * costs.database_begin + answered * costs.database_answer + leaving * costs.database_hand_in
        writing.append(changes / 1000)
        backlog = max(0.0, backlog + own - processes * 1000 * USABLE)
        waits.append(backlog / (processes * 1000 * USABLE))
    replicas = _busiest_minute(reading)
    both = _busiest_minute([read + written for read, written in zip(reading, writing, strict=True)])
    return Outcome(tuple(waits), _busiest_minute(work) / (1000 * processes), most, both, replicas)


def _busiest_minute(seconds: list[float]) -> float:
    return max(sum(seconds[at : at + 60]) / 60 for at in range(0, SECONDS, 60))


def _poisson(mean: float, chance: random.Random) -> int:
    if mean > 30:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        count, product = count + 1, product * chance.random()
    return count


def table(costs: Costs, hour: Hour) -> None:
    """Print one hour for more and more processes, until nobody waits."""
    print(
        f"{hour.papers:,} papers, {hour.burst:g} times the average for {hour.burst_seconds} s, "
        f"{hour.watchers:,} watchers"
    )
    for processes in (1, 2, 3, 4, 6, 8, 12):
        found = simulate(costs, hour, processes=processes)
        p95 = statistics.quantiles(found.waits, n=100)[94]
        print(
            f"{processes:>3} processes: busiest minute {100 * found.busiest:4.0f} %, added wait p95 {p95:6.2f} s, "
            f"longest {max(found.waits):6.1f} s, {found.people_at_once:,} people at once, "
            f"{found.people_at_once * costs.page_kb / 2**20:.1f} GB, database {found.database_cores:.2f} cores, "
            f"{found.replica_cores:.2f} of them for replicas"
        )
        if max(found.waits) < 0.05:
            break


def main() -> None:
    """Print the hours of docs/capacity.md."""
    for hour in (Hour(), replace(Hour(), papers=60_000, burst=1), Hour(papers=120_000)):
        for name, costs in (("SQLite", SQLITE), ("PostgreSQL", POSTGRESQL)):
            print(f"{name}: ", end="")
            table(costs, hour)


if __name__ == "__main__":
    main()
