"""Server time of the organisers' figures and tables on a large contest: `python -m tests.bench.organiser_pages`.

Both databases, fresh, filled in bulk; the 95th percentile of many calls of what the pages call, nothing cached between
them; then the item analysis of all answers, and how long an event loop beside it ever had to wait. Milliseconds unless
said; nothing is asserted. `--people 100000 --weeks 1 2 3 4 --size 15` makes 400,000 papers and 6 million answers.
"""

import argparse
import asyncio
import math
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from cchc_app.contest.access import Role
from cchc_app.data.crypto import new_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.migrations import upgrade
from cchc_app.services.item_jobs import ItemJobs
from cchc_app.services.item_table import item_file, item_table
from cchc_app.services.overview import overview
from cchc_app.services.participation import participation_file, participation_table
from tests.bench.standings_queries import databases
from tests.factories import NOW, WEEK, make_contest
from tests.filled import Filling, fill, more_questions, more_units
from tests.staff import make_staff

UNITS, QUESTIONS = 164, 120
TICK = 0.005
# In the last week of the contest every week can have papers.
AT = NOW + 2 * WEEK


def p95(work: Callable[[], object], calls: int) -> float:
    """95th percentile of a call, in milliseconds, after one to warm up."""
    work()
    taken = []
    for _ in range(calls):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[math.ceil(0.95 * calls) - 1]


async def beside(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of a piece of work in a thread, and the longest an event loop beside it was late, in milliseconds."""
    began, latest = time.perf_counter(), 0.0
    done = asyncio.create_task(asyncio.to_thread(work))
    while not done.done():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        latest = max(latest, time.perf_counter() - before - TICK)
    await done
    return time.perf_counter() - began, latest * 1000


def figures(db: Database, filling: Filling, calls: int) -> None:
    """Fill a database and print its figures."""
    upgrade(db)
    contest = more_units(db, make_contest(db), UNITS)
    more_questions(db, contest, QUESTIONS)
    began = time.perf_counter()
    fill(db, contest, filling)
    papers = filling.people * len(filling.weeks)
    print(
        f"{db.dialect}: {filling.people:,} people, {papers:,} papers, about {papers * filling.size:,} answers, "
        f"{UNITS} units, {QUESTIONS} questions; filled in {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    actor = make_staff(db, Role.ORGANISER).username
    periods = tuple(contest.period_ids[week] for week in filling.weeks)
    jobs = ItemJobs(db)

    def table(**asked: str) -> Callable[[], object]:
        return lambda: participation_table(db, actor=actor, asked=asked, now=AT)

    def items(**asked: str) -> Callable[[], object]:
        return lambda: item_table(db, jobs, actor=actor, asked=asked, now=AT)

    lines: dict[str, Callable[[], object]] = {
        "overview, all figures": lambda: overview(db, flagged=None, now=AT),
        "units, as they come": table(),
        "units, overall, by rate": table(bang="chung-cuoc", xep="ty-le", giam="1"),
        "units, searched": table(tim="bang 12"),
        "units, file": lambda: participation_file(db, actor=actor, asked={}, now=AT),
    }
    for name, work in lines.items():
        print(f"{name:>40} {p95(work, calls):10.1f}", flush=True)
    seconds, stall = asyncio.run(beside(lambda: jobs.start(periods, now=AT).result()))
    print(f"{'item analysis, whole, seconds':>40} {seconds:10.1f}", flush=True)
    print(f"{'loop beside it, longest wait':>40} {stall:10.1f}", flush=True)
    later = {
        "item analysis, table": items(),
        "item analysis, searched, by index": items(tim="q01", xep="phan-biet"),
        "item analysis, file": lambda: item_file(db, jobs, actor=actor, asked={}, now=AT + timedelta(seconds=1)),
    }
    for name, work in later.items():
        print(f"{name:>40} {p95(work, calls):10.1f}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Server time of the organisers' pages on a large contest.")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--weeks", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--size", type=int, default=15, help="questions of a paper")
    parser.add_argument("--calls", type=int, default=40)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    asked = parser.parse_args(arguments)
    use_keyring(new_keyring())
    filling = Filling(people=asked.people, weeks=tuple(asked.weeks), size=asked.size)
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as makers:
        for dialect in asked.databases:
            db = makers[dialect]("organisers")
            figures(db, filling, asked.calls)
            db.dispose()


if __name__ == "__main__":
    main()
