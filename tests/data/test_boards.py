"""The boards' statements walk the indexes, on both databases."""

import pytest
from sqlalchemy import Select, text
from sqlmodel import Session

from cchc_app.data import boards
from cchc_app.data.engine import Database
from cchc_app.data.tables import Standing
from tests.factories import fill_boards, finish_paper, make_contest, make_person

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


@pytest.fixture
def row(db: Database) -> Standing:
    """The own row of one person among many."""
    contest = make_contest(db)
    person = make_person(db, contest)
    finish_paper(db, contest, person, correct=2)
    fill_boards(db, contest, people=3000)
    # As a database in use does by itself after a while.
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if db.dialect == "sqlite" else "VACUUM ANALYZE standing"))
    with db.read() as session:
        found = boards.own_row(session, contest_id=contest.contest_id, board=2, participant_id=person.id)
    assert found is not None
    return found


def plan(session: Session, query: Select) -> str:
    """How the database would run a statement."""
    bind = session.get_bind()
    sql = str(query.compile(bind, compile_kwargs={"literal_binds": True})).replace("%%", "%")
    rows = session.connection().exec_driver_sql(EXPLAIN[bind.dialect.name] + sql.replace("%", "%%"))
    return "\n".join(str(line[-1]) for line in rows)


@pytest.mark.parametrize("offset", [0, 2000])
def test_a_page_is_read_off_the_index(db: Database, row: Standing, offset: int) -> None:
    query = boards.page_query(contest_id=row.contest_id, board=2, offset=offset, limit=50)
    with db.read() as session:
        told = plan(session, query)
        assert len(session.execute(query).all()) == 50
    assert "ix_standing_board" in told
    assert not any(scan in told for scan in ("Seq Scan on standing", "SCAN standing", "Seq Scan on participant"))


def test_a_rank_is_a_count_on_the_index(db: Database, row: Standing) -> None:
    with db.read() as session:
        told = plan(session, boards.ahead_query(row))
        assert session.execute(boards.ahead_query(row)).scalar_one() > 1000
    assert "ix_standing" in told, told  # either index holds what is counted
    assert "Seq Scan" not in told and "SCAN standing" not in told


def test_the_version_counts_and_starts_by_itself(db: Database) -> None:
    contest = make_contest(db)
    with db.write() as session:
        session.execute(text("DELETE FROM board_version"))
        assert boards.version(session, contest.contest_id) == 0
        for _ in range(2):
            boards.raise_version(session, contest.contest_id)
        assert boards.version(session, contest.contest_id) == 2


def test_a_search_keeps_the_order_of_the_board(db: Database, row: Standing) -> None:
    with db.read() as session:
        place = {"contest_id": row.contest_id, "board": 2}
        assert boards.size(session, **place) == 3001
        whole = [
            line for offset in range(0, 3100, 100) for line in boards.page(session, **place, offset=offset, limit=100)
        ]
        everybody = boards.search(session, **place, folded="nguyen", limit=40)
        some = boards.search(session, **place, folded="van 77", limit=40)
    assert [line.rank for line in whole] == list(range(1, 3002))
    assert everybody == whole[:40]
    assert some == [line for line in whole if line.full_name.startswith("Nguyễn Văn 77")]
    assert len(some) > 5
