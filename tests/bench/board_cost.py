"""What a board costs as attempts grow: `python -m tests.bench.board_cost [attempts …]`.

Both databases, fresh, filled in bulk: week 2 with so many people and finished papers on its board and as many on the
overall one, 164 units. Per size, the quickest of some calls in milliseconds (other work on the machine only ever adds),
in one process: what one message takes on the server (a change seen, the board read, put into words, written as JSON),
its size, the same of the units' board, one's own place, the last page, and what closing a paper costs with its totals.
Nothing is asserted.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cchc_app.data.boards import raise_version
from cchc_app.data.crypto import new_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.migrations import upgrade
from cchc_app.data.tables import Unit, UnitHeadcount
from cchc_app.data.units import ALWAYS
from cchc_app.services import standings
from cchc_app.services.live_boards import BoardFeed
from cchc_app.services.unit_standings import unit_board
from cchc_app.states import standings as people_page
from cchc_app.states import unit_board_views as unit_page
from tests.bench.standings_queries import databases
from tests.factories import NOW, MadeContest, fill_boards, finish_paper, make_contest, make_person

SIZES = (1_000, 10_000, 100_000)
CALLS = 30
UNITS = 164


def measured(work: Callable[[], object], calls: int = CALLS) -> float:
    """Milliseconds of the quickest call, after one to warm up."""
    work()
    taken = []
    for _ in range(calls):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return min(taken)


def figures(db: Database, size: int) -> dict[str, float]:
    """One line of the table."""
    upgrade(db)
    contest = make_contest(db)
    contest = with_units(db, contest)
    newcomers = iter([make_person(db, contest) for _ in range(CALLS + 1)])
    middle = make_person(db, contest, name="Lê Ở Giữa")
    finish_paper(db, contest, middle, correct=4, used_ms=330_000)
    began = time.perf_counter()
    fill_boards(db, contest, people=size - 1)
    filled = time.perf_counter() - began
    people, units = BoardFeed(db), BoardFeed(db, unit_board)
    who = {"participant_id": middle.id, "period_number": 2, "now": NOW}
    return {
        "filled s": filled,
        "people ms": measured(lambda: _message(db, contest, people, _people)),
        "people KB": len(_people(people)) / 1024,
        "units ms": measured(lambda: _message(db, contest, units, _units)),
        "units KB": len(_units(units)) / 1024,
        "own place ms": measured(lambda: standings.own_place(db, **who)),
        "last page ms": measured(lambda: standings.board(db, period_number=2, now=NOW, offset=size - 100, limit=100)),
        "close ms": measured(lambda: finish_paper(db, contest, next(newcomers), correct=1)),
    }


def with_units(db: Database, contest: MadeContest) -> MadeContest:
    """The same contest with as many units as a city has."""
    with db.write() as session:
        more = [
            Unit(
                contest_id=contest.contest_id,
                code=f"X{n}",
                name=f"UBND phường số {n}",
                bloc="cap_xa",
                search_key=f"ubnd phuong so {n}",
                position=n,
            )
            for n in range(len(contest.unit_ids), UNITS)
        ]
        session.add_all(more)
        session.flush()
        heads = {"effective_from": ALWAYS, "headcount": 500, "source": "synthetic", "set_by": "preset", "set_at": NOW}
        session.add_all(UnitHeadcount(unit_id=unit.id or 0, **heads) for unit in more)
        return replace(contest, unit_ids=(*contest.unit_ids, *(unit.id or 0 for unit in more)))


def _message(db: Database, contest: MadeContest, feed: BoardFeed, write: Callable[[BoardFeed], str]) -> None:
    """What follows a change that somebody else made, up to what is handed to the socket."""
    with db.write() as session:
        raise_version(session, contest.contest_id)
    write(feed)


def _people(feed: BoardFeed) -> str:
    return _json(people_page.live_view(feed.top(2, now=NOW), NOW))


def _units(feed: BoardFeed) -> str:
    return _json(unit_page.live_view(feed.top(2, now=NOW), NOW))


def _json(view: object) -> str:
    return json.dumps(view, default=vars, ensure_ascii=False)


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table."""
    use_keyring(new_keyring())
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as makers:
        for dialect, make in makers.items():
            for number, size in enumerate(sizes):
                db = make(f"cost_{number}")
                line = figures(db, size)
                if number == 0:
                    print(f"\n{dialect:>12}" + "".join(f"{name:>14}" for name in line))
                print(f"{size:>12,}" + "".join(f"{value:>14.2f}" for value in line.values()), flush=True)
                db.dispose()


if __name__ == "__main__":
    main(tuple(int(argument) for argument in sys.argv[1:]) or SIZES)
