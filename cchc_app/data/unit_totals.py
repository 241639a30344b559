"""What the people of every unit did on every board: changed with the standings, in one transaction, by what changed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from cchc_app.data import freezing
from cchc_app.data.boards import raise_version
from cchc_app.data.inserts import INSERTS
from cchc_app.data.tables import OVERALL, FrozenUnitTotal, Standing, UnitTotal

SUMMED = ("attempts", "points", "correct", "total", "time_used_ms")  # of the rows, as they are
FIGURES = ("participants", "papers", *SUMMED)
KEY = ("contest_id", "period_number", "unit_id")
ROWS = select(
    *(col(getattr(Standing, name)) for name in ("participant_id", "period_number", "unit_id", *SUMMED))
).where(
    col(Standing.participant_id).in_(bindparam("people", expanding=True)),
    col(Standing.contest_id) == bindparam("contest"),
)

# What something adds up to on a board for a unit, in the order of FIGURES.
Sums = dict[tuple[int, int], Counter[str]]


@contextmanager
def changing(session: Session, *, contest_id: int, people: Collection[int], now: datetime) -> Iterator[None]:
    """Whoever changes board rows of some people does it inside: the units' totals follow, the boards get a version.

    A freeze that has begun is drawn up before. At the end one waits for everybody else who is at the same point, so
    nothing long may follow in the transaction.

    Args:
        people: Locked by the caller: nobody else writes their rows meanwhile.
        now: When (aware).
    """
    freezing.draw_up(session, contest_id=contest_id, now=now)
    before = _sums(session, contest_id, people)
    yield
    session.flush()
    after = _sums(session, contest_id, people)
    raise_version(session, contest_id)
    changes = [
        {"contest_id": contest_id, "period_number": board, "unit_id": unit, **{name: change[name] for name in FIGURES}}
        for (board, unit), change in _difference(before, after).items()
    ]
    _add(session, changes)


def totals(session: Session, *, contest_id: int, board: int, frozen: bool = False) -> Mapping[int, UnitTotal]:
    """The totals of a board by unit; units without people are missing.

    Args:
        frozen: As they were when the freeze of the board began.
    """
    table: Any = FrozenUnitTotal if frozen else UnitTotal
    columns = [getattr(table, name) for name in (*KEY, *FIGURES)]
    query = select(*columns).where(table.contest_id == contest_id, table.period_number == board, table.participants > 0)
    return {row.unit_id: UnitTotal(**row._asdict()) for row in session.execute(query)}


def recount(session: Session, contest_id: int) -> None:
    """Count every total again from the standings, after a change to very many of them. The boards get a version."""
    raise_version(session, contest_id)
    session.execute(delete(UnitTotal).where(col(UnitTotal.contest_id) == contest_id))
    keys = [col(getattr(Standing, name)) for name in KEY]
    sums = [func.sum(col(getattr(Standing, name))) for name in SUMMED]
    counted = select(*keys, func.count(), func.count(), *sums).where(keys[0] == contest_id).group_by(*keys)
    session.execute(insert(UnitTotal).from_select((*KEY, *FIGURES), counted))
    week = aliased(UnitTotal)
    papers = select(func.sum(week.papers)).where(
        col(week.contest_id) == contest_id,
        col(week.unit_id) == col(UnitTotal.unit_id),
        col(week.period_number) != OVERALL,
    )
    overall = update(UnitTotal).where(col(UnitTotal.contest_id) == contest_id, col(UnitTotal.period_number) == OVERALL)
    session.execute(overall.values(papers=papers.scalar_subquery()).execution_options(synchronize_session=False))


def _sums(session: Session, contest_id: int, people: Collection[int]) -> Sums:
    """What some people's rows add to the totals."""
    rows = session.execute(ROWS, {"contest": contest_id, "people": list(people)}).all()
    weeks = Counter(row.participant_id for row in rows if row.period_number != OVERALL)
    found: Sums = defaultdict(Counter)
    for row in rows:
        papers = weeks[row.participant_id] if row.period_number == OVERALL else 1
        found[row.period_number, row.unit_id].update(
            {"participants": 1, "papers": papers, **{name: getattr(row, name) for name in SUMMED}}
        )
    return found


def _difference(before: Sums, after: Sums) -> Sums:
    change: Sums = defaultdict(Counter)
    for key in sorted({*before, *after}):
        change[key].update(after.get(key, Counter()))
        change[key].subtract(before.get(key, Counter()))
    return {key: figures for key, figures in change.items() if any(figures.values())}


def _add(session: Session, changes: Sequence[Mapping[str, int]]) -> None:
    """Add to the totals there are, or begin them."""
    if changes:
        session.execute(_ADDING[session.get_bind().dialect.name], changes)


def _adding(insert: Any) -> Any:
    """The statement that adds a change to a total; of the table itself, because the ORM takes longer over it."""
    table = UnitTotal.__table__  # pyright: ignore[reportAttributeAccessIssue]  (SQLModel gives it one)
    statement = insert(table)
    added = {name: table.c[name] + statement.excluded[name] for name in FIGURES}
    return statement.on_conflict_do_update(index_elements=list(KEY), set_=added)


_ADDING = {dialect: _adding(insert) for dialect, insert in INSERTS.items()}
