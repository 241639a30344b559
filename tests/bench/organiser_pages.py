"""Server time of the organisers' figures and tables on a large contest: `python -m tests.bench.organiser_pages`.

Both databases, fresh, filled in bulk; the 95th percentile of many calls of what the pages call, nothing cached between
them; then the item analysis of all answers, and how long an event loop beside it ever had to wait. Milliseconds unless
said; nothing is asserted. `--people 100000` makes 400,000 papers, 6 million answers and a log of 100,000 entries.
"""

import argparse
import asyncio
import gc
import math
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from cchc_app.contest.access import Role
from cchc_app.contest.staffing import Action
from cchc_app.data.crypto import new_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.migrations import upgrade
from cchc_app.data.tables import AuditEntry
from cchc_app.services.audit_log import log_file, read_log
from cchc_app.services.close_board import close
from cchc_app.services.item_jobs import ItemJobs
from cchc_app.services.item_table import item_file, item_table
from cchc_app.services.merge_people import offers
from cchc_app.services.organise_people import people_file, people_table
from cchc_app.services.organise_representatives import candidates, writer_table
from cchc_app.services.organise_slogans import slogan_table
from cchc_app.services.organise_units import unit_detail, unit_table
from cchc_app.services.overview import overview
from cchc_app.services.paper_log import paper_file, paper_table, timeline
from cchc_app.services.participation import participation_file, participation_table
from cchc_app.services.person_page import person_page
from cchc_app.services.prize_desk import prize_desk
from cchc_app.services.prize_lists import propose
from cchc_app.services.question_bank import bank_table
from cchc_app.services.result_desk import result_desk
from tests.bench.standings_queries import databases
from tests.factories import NOW, WEEK, MadeContest, make_contest
from tests.filled import Filling, fill, more_questions, more_units, tidy, write
from tests.official import after_week, checked, nothing, wish
from tests.staff import Staffer, make_staff

UNITS, QUESTIONS = 164, 120
FILE_CALLS = 3
TICK = 0.005
# In the last week of the contest every week can have papers.
AT = NOW + 2 * WEEK


def p95(work: Callable[[], object], calls: int) -> float:
    """95th percentile of a call, in milliseconds, after one to warm up."""
    work()
    gc.collect()  # what filling and the call before left is not this one's
    taken = []
    for _ in range(calls):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[math.ceil(0.95 * calls) - 1]


def show(lines: dict[str, Callable[[], object]], calls: int) -> None:
    """Measure and print each; the long files less often."""
    for name, work in lines.items():
        print(f"{name:>40} {p95(work, FILE_CALLS if name.endswith('file') else calls):10.1f}", flush=True)


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
    organiser = make_staff(db, Role.ORGANISER)
    actor = organiser.username
    log(db, filling.people, actor)
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
    lines |= tables(db, contest, actor)
    show(lines, calls)
    seconds, stall = asyncio.run(beside(lambda: jobs.start(periods, now=AT).result()))
    print(f"{'item analysis, whole, seconds':>40} {seconds:10.1f}", flush=True)
    print(f"{'loop beside it, longest wait':>40} {stall:10.1f}", flush=True)
    later = {
        "item analysis, table": items(),
        "item analysis, searched, by index": items(tim="q01", xep="phan-biet"),
        "item analysis, file": lambda: item_file(db, jobs, actor=actor, asked={}, now=AT + timedelta(seconds=1)),
    }
    later |= after_closing(db, contest, organiser)
    show(later, calls)


def log(db: Database, entries: int, actor: str) -> None:
    """So many entries of the audit log, unsealed: they are only looked for."""
    actions = [str(action) for action in Action]
    with db.connection() as connection:
        rows = [
            {
                "seq": 1_000 + n,
                "at": NOW + timedelta(seconds=n),
                "actor": actor if n % 5 else f"nguoi-{n % 7}",
                "action": actions[n % len(actions)],
                "subject": f"participant {n}",
                "before": "{}",
                "after": "{}",
                "previous_hash": "",
                "hash": "",
            }
            for n in range(entries)
        ]
        write(connection, AuditEntry, rows)
    tidy(db)


def tables(db: Database, contest: MadeContest, actor: str) -> dict[str, Callable[[], object]]:
    """What every other page with a table asks for."""
    who, admin = {"actor": actor}, {"actor": make_staff(db, Role.ADMINISTRATOR).username}
    paper = paper_table(db, **who, asked={}).lines[0]
    unit = unit_table(db, **who, asked={}, now=AT).lines[0].code
    last = {"trang": "99999"}
    return {
        "people, as they come": lambda: people_table(db, **who, asked={}),
        "people, last page": lambda: people_table(db, **who, asked=last),
        "people, by unit": lambda: people_table(db, **who, asked={"xep": "don-vi"}),
        "people, searched by name": lambda: people_table(db, **who, asked={"tim": "van 4711"}),
        "people, of one unit": lambda: people_table(db, **who, asked={"don-vi": unit}),
        "people, file": lambda: people_file(db, **who, asked={}, now=AT),
        "one person": lambda: person_page(db, **who, participant_id=paper.participant_id, now=AT),
        "merges offered": lambda: offers(db, **who),
        "papers, as they come": lambda: paper_table(db, **who, asked={}),
        "papers, last page": lambda: paper_table(db, **who, asked=last),
        "papers of a week, by score": lambda: paper_table(db, **who, asked={"tuan": "2", "xep": "diem"}),
        "papers, searched by name": lambda: paper_table(db, **who, asked={"tim": "van 4711"}),
        "papers, file": lambda: paper_file(db, **who, asked={}, now=AT),
        "one paper": lambda: timeline(db, **who, receipt=paper.receipt),
        "units with headcounts": lambda: unit_table(db, **who, asked={}, now=AT),
        "one unit": lambda: unit_detail(db, **who, code=unit, now=AT),
        "codes and representatives": lambda: writer_table(db, **who, asked={}),
        "candidates, searched": lambda: candidates(db, **who, unit_code=unit, search="van 4711"),
        "slogans": lambda: slogan_table(db, **who, asked={}),
        "questions": lambda: bank_table(db, **who, asked={}, now=AT),
        "audit log, as it comes": lambda: read_log(db, **admin, asked={}),
        "audit log, last page": lambda: read_log(db, **admin, asked=last),
        "audit log, searched": lambda: read_log(db, **admin, asked={"tim": "participant 4711"}),
        "audit log, file": lambda: log_file(db, **admin, asked={}, now=AT),
    }


def after_closing(db: Database, contest: MadeContest, organiser: Staffer) -> dict[str, Callable[[], object]]:
    """Close the first week and propose its prizes; what the pages of results and prizes ask for then."""
    now = after_week(contest, 1)
    seen = checked(db, organiser, 1, now=now)
    close(db, actor=organiser.username, wish=wish(seen, organiser, now=now), now=now, progress=nothing)
    propose(db, actor=organiser.username, board=1, revision=0, reason="", now=now)
    who, week = {"actor": organiser.username}, {"bang": "1"}
    return {
        "result, as it comes": lambda: result_desk(db, **who, asked=week, now=AT),
        "result, last page": lambda: result_desk(db, **who, asked=week | {"trang": "99999"}, now=AT),
        "result, searched by name": lambda: result_desk(db, **who, asked=week | {"tim": "van 4711"}, now=AT),
        "result, units": lambda: result_desk(db, **who, asked=week | {"xem": "don-vi"}, now=AT),
        "prizes": lambda: prize_desk(db, **who, wanted=None, asked=week),
        "prizes, passed over": lambda: prize_desk(db, **who, wanted=None, asked=week | {"xem": "bi-bo-qua"}),
    }


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
