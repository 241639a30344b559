"""The headcount in force on a day."""

from datetime import date

from cchc_app.data.engine import Database
from cchc_app.data.tables import UnitHeadcount
from cchc_app.data.units import headcounts
from tests.factories import NOW, make_contest


def test_the_newest_day_that_has_come_counts(db: Database) -> None:
    contest = make_contest(db)
    first, second = contest.unit_ids
    with db.write() as session:
        session.add_all(
            UnitHeadcount(unit_id=first, effective_from=day, headcount=count, source="list", set_by="lan", set_at=NOW)
            for day, count in ((date(2026, 3, 9), 60), (date(2026, 3, 16), 70))
        )
    with db.read() as session:
        counts = [headcounts(session, contest.contest_id, on=date(2026, 3, day))[first] for day in (8, 9, 15, 16)]
        other = headcounts(session, contest.contest_id, on=date(2026, 3, 20))[second]
    assert (counts, other) == ([50, 60, 60, 70], 50)


def test_no_headcount_before_the_first_day(db: Database) -> None:
    contest = make_contest(db)
    with db.read() as session:
        assert headcounts(session, contest.contest_id, on=date(1999, 12, 31)) == {}
