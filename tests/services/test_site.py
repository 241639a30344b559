"""The visit counter counts visits, nothing more; the frame's names come from the contest."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError

from cchc_app.data.engine import Database
from cchc_app.data.visits import VisitSums, add_visits
from cchc_app.services.site import GONE, Site
from tests.factories import make_contest

WEDNESDAY = datetime(2026, 3, 4, 5, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def visits(db: Database, site: Site, now: datetime) -> VisitSums:
    site.refresh(db, now=now)
    assert site.facts is not None
    return site.facts.visits


def test_visits_are_counted_as_they_came(db: Database) -> None:
    site = Site()
    assert visits(db, site, WEDNESDAY) == VisitSums(0, 0, 0)
    for day, count in ((-9, 5), (-2, 2), (0, 3)):
        for _ in range(count):
            site.note_visit()
        site.refresh(db, now=WEDNESDAY + day * DAY)
    assert visits(db, site, WEDNESDAY) == VisitSums(today=3, week=5, total=10)


def test_a_day_begins_at_midnight_in_the_contests_zone(db: Database) -> None:
    site, midnight = Site(), datetime(2026, 3, 3, 17, 0, tzinfo=UTC)
    site.note_visit()
    site.refresh(db, now=midnight - timedelta(milliseconds=1))
    assert visits(db, site, midnight) == VisitSums(today=0, week=1, total=1)


def test_processes_add_to_the_same_day(db: Database) -> None:
    def add(_: int) -> None:
        with db.write() as session:
            add_visits(session, day=WEDNESDAY.date(), count=1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    assert visits(db, Site(), WEDNESDAY) == VisitSums(40, 40, 40)


def test_visits_wait_while_the_database_is_away(db: Database, tmp_path) -> None:
    site = Site()
    site.note_visit()
    empty = Database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    with pytest.raises((OperationalError, ProgrammingError)):
        site.refresh(empty, now=WEDNESDAY)
    empty.dispose()
    assert visits(db, site, WEDNESDAY) == VisitSums(1, 1, 1)


def test_names_come_from_the_contest(db: Database) -> None:
    site = Site()
    visits(db, site, WEDNESDAY)
    assert site.facts is not None
    assert site.facts.short_title == ""
    make_contest(db)
    visits(db, site, WEDNESDAY)
    assert site.facts.short_title == "Test"


def test_browsers_of_all_processes_are_online_until_one_ends(db: Database) -> None:
    here, there = Site(), Site()
    here.connected, there.connected = (lambda: 3), (lambda: 4)
    for second, site in enumerate((here, there, here)):
        site.refresh(db, now=WEDNESDAY + second * SECOND)
    assert (here.online(), there.online()) == (7, 7)
    here.connected = lambda: 5
    assert here.online() == 9  # its own at once
    here.refresh(db, now=WEDNESDAY + SECOND + GONE)
    assert here.online() == 9
    here.refresh(db, now=WEDNESDAY + 2 * SECOND + GONE)
    assert here.online() == 5
    there.refresh(db, now=WEDNESDAY + 3 * SECOND + GONE)  # it only was slow
    here.refresh(db, now=WEDNESDAY + 4 * SECOND + GONE)
    assert (here.online(), there.online()) == (9, 9)
