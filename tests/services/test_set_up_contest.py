"""Setting up a contest: everything at once, once, whatever races."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import digest
from cchc_app.contest.schedule import Phase
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import BoardVersion, Contest, Participant, Period, QuestionVersion, Unit
from cchc_app.services import take_quiz
from cchc_app.services.home import home_view
from cchc_app.services.preset_files import PresetError
from cchc_app.services.set_up_contest import set_up
from cchc_app.services.site import Site
from cchc_app.states.home import contest_texts
from tests.factories import MadeContest, every_row, make_person

NOW = datetime(2025, 11, 12, 5, 0, tzinfo=UTC)
REAL = "hai-phong-2025"


def test_the_real_contest_is_whole(db: Database) -> None:
    done = set_up(db, name=REAL, now=NOW)
    assert (done.created, done.slug, done.units, done.people, done.papers) == (True, REAL, 164, 0, 0)
    with db.read() as session:
        contest = contest_in_force(session)
        periods = session.exec(select(Period).order_by(Period.number)).all()
        units = session.exec(select(Unit).order_by(Unit.position)).all()
        versions = session.exec(select(QuestionVersion)).all()
        boards = session.exec(select(BoardVersion)).all()
    assert contest.digest == digest(contest.rule_set)
    assert [(p.opens_at, p.closes_at) for p in periods] == [(p.opens_at, p.closes_at) for p in contest.rule_set.periods]
    assert [unit.position for unit in units] == list(range(1, 165))
    assert (units[0].name, units[14].name) == ("Văn phòng Ủy ban nhân dân thành phố", "UBND phường Thành Đông")
    assert (len(versions), {version.version for version in versions}) == (done.questions, {1})
    assert [(board.contest_id, board.version) for board in boards] == [(contest.contest_id, 0)]


def test_units_are_found_by_other_names_and_old_districts(db: Database) -> None:
    set_up(db, name=REAL, now=NOW)
    with db.read() as session:
        key = session.exec(select(Unit.search_key).where(Unit.name == "UBND phường Thủy Nguyên")).one()
        cat_hai = session.exec(select(Unit.search_key).where(Unit.name == "UBND đặc khu Cát Hải")).one()
    assert key.startswith("ubnd phuong thuy nguyen")
    assert cat_hai == "ubnd dac khu cat hai huyen cat hai"


def test_the_pages_say_what_the_preset_says(db: Database) -> None:
    set_up(db, name=REAL, now=NOW)
    view = home_view(db, participant_id=None, now=NOW)
    texts = contest_texts(view)
    assert texts.title == "Tìm hiểu công tác cải cách hành chính thành phố Hải Phòng năm 2025"
    assert "Bằng khen" in texts.prizes
    assert all(item.title for item in texts.news)
    assert view.current is not None
    assert (view.current.number, view.slogan_phase) == (2, Phase.CLOSED)
    site = Site()
    site.refresh(db, now=NOW)
    assert site.facts is not None
    assert (site.facts.short_title, site.facts.organiser) == (
        *("Hội thi CCHC Hải Phòng 2025", "Ủy ban nhân dân thành phố Hải Phòng"),
    )


def test_a_paper_and_a_practice_paper_can_be_taken(db: Database) -> None:
    set_up(db, name=REAL, now=NOW)
    with db.read() as session:
        contest = contest_in_force(session)
        unit_id = session.exec(select(Unit.id)).first() or 0
    made = MadeContest(contest.contest_id, contest.rule_set, (unit_id,), dict(contest.period_ids))
    person = make_person(db, made, now=NOW)
    for kind in ("counted", "practice"):
        receipt = take_quiz.begin(db, participant_id=person.id, kind=kind, now=NOW)
        paper = take_quiz.open_paper(db, participant_id=person.id, kind=kind, now=NOW)
        assert receipt.startswith("HP25-")
        assert paper is not None
        assert len(paper.items) == 20


@pytest.mark.parametrize("name", [REAL, "demo"])
def test_twice_changes_no_row(db: Database, name: str) -> None:
    first = set_up(db, name=name, now=NOW)
    before = every_row(db)
    for again in (name, None):
        kept = set_up(db, name=again, now=NOW + timedelta(days=30))
        assert (kept.created, kept.slug, kept.title) == (False, name, first.title)
        assert every_row(db) == before


def test_an_empty_database_gets_the_demonstration(db: Database) -> None:
    done = set_up(db, name=None, now=NOW)
    assert (done.slug, done.people, done.papers) == ("demo", 220, 280)
    with db.read() as session:
        people = session.exec(select(Participant)).all()
    assert {person.synthetic for person in people} == {True}
    assert len({person.unit_id for person in people}) > 60


def test_setting_up_at_once_makes_one_contest(db: Database) -> None:
    barrier = Barrier(4)

    def run(_: int) -> bool:
        barrier.wait()
        return set_up(db, name=REAL, now=NOW).created

    with ThreadPoolExecutor(4) as pool:
        created = sorted(pool.map(run, range(4)))
    assert created == [False, False, False, True]
    with db.read() as session:
        assert session.exec(select(Contest.slug)).all() == [REAL]
        assert len(session.exec(select(Unit.id)).all()) == 164


def test_another_contest_is_never_laid_over(db: Database) -> None:
    title = set_up(db, name=REAL, now=NOW).title
    before = every_row(db)
    with pytest.raises(ContestError) as caught:
        set_up(db, name="demo", now=NOW)
    assert (caught.value.code, caught.value.details) == (ErrorCode.ANOTHER_CONTEST, {"title": title})
    assert every_row(db) == before


def test_an_unknown_preset_writes_nothing(db: Database) -> None:
    before = every_row(db)
    with pytest.raises(PresetError):
        set_up(db, name="nowhere", now=NOW)
    assert every_row(db) == before


def test_half_a_demonstration_is_none(db: Database) -> None:
    """The people come last: when they fail, the contest is not there either."""
    with db.connection() as connection:
        connection.exec_driver_sql("DROP TABLE answer")
    with pytest.raises(DBAPIError, match="answer"):
        set_up(db, name="demo", now=NOW)
    with db.read() as session:
        assert session.exec(select(Contest)).all() == []
        assert session.exec(select(Participant)).all() == []
