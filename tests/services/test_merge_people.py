"""Two accounts of one person: both histories stay, one entry counts, the boards are as if recounted."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, OPEN
from cchc_app.data.tables import OVERALL, Attempt, Participant, PersonMerge, Standing
from cchc_app.services.merge_people import Merged, merge, offers
from cchc_app.services.sessions import viewer
from tests.factories import NOW, MadeContest, Person, every_row, finish_paper, make_contest, make_person, rules

NAME = "Nguyễn Văn An"
CMND: dict[str, Any] = {"identity_normalised": False}
MINUTE = timedelta(minutes=1)


def two(db: Database, contest: MadeContest, **changes: Any) -> tuple[Person, Person]:
    """The account with a CCCD and the one with a CMND."""
    return make_person(db, contest, name=NAME), make_person(db, contest, name=NAME, unit=1, **(CMND | changes))


def board(db: Database) -> dict[tuple[int, int], tuple[int, int]]:
    """Points and attempts by board and person."""
    with db.read() as session:
        rows = session.exec(select(Standing)).all()
    return {(row.period_number, row.participant_id): (row.points, row.attempts) for row in rows}


def owners(db: Database) -> dict[str, int]:
    with db.read() as session:
        return dict(session.exec(select(Attempt.receipt, Attempt.participant_id)).all())


def merged(db: Database, kept: Person, old: Person) -> Merged:
    return merge(db, kept_id=kept.id, merged_id=old.id, reason="the same person", now=NOW)


def test_the_pair_is_offered(db: Database) -> None:
    contest = make_contest(db)
    kept, old = two(db, contest)
    make_person(db, contest, name="Trần Thị Bình", **CMND)
    (pair,) = offers(db)
    assert (pair.card.participant_id, pair.old.participant_id) == (kept.id, old.id)
    assert "•" in pair.card.citizen_id_masked
    merged(db, kept, old)
    assert offers(db) == ()


def test_papers_of_different_weeks_come_together(db: Database) -> None:
    contest = make_contest(db)
    kept, old = two(db, contest)
    other = make_person(db, contest)
    own = finish_paper(db, contest, kept, week=1, correct=2)
    moved = finish_paper(db, contest, old, week=2, correct=3)
    finish_paper(db, contest, other, week=2, correct=1)
    assert merged(db, kept, old) == Merged(moved=1, surplus=0)
    assert {receipt: owners(db)[receipt] for receipt in (own, moved)} == {own: kept.id, moved: kept.id}
    assert board(db) == {
        (1, kept.id): (2, 1),
        (2, kept.id): (3, 1),
        (OVERALL, kept.id): (5, 2),
        (2, other.id): (1, 1),
        (OVERALL, other.id): (1, 1),
    }
    with db.read() as session:
        assert {row.unit_id for row in session.exec(select(Standing).where(Standing.participant_id == kept.id))} == {
            kept.unit_id
        }


@pytest.mark.parametrize("first", ["card", "old"])
def test_of_one_week_the_paper_begun_first_counts(db: Database, first: str) -> None:
    contest = make_contest(db)
    kept, old = two(db, contest)
    began = contest.rule_set.periods[1].opens_at
    late = began + MINUTE
    finish_paper(db, contest, kept, correct=1, started_at=began if first == "card" else late)
    finish_paper(db, contest, old, correct=4, started_at=late if first == "card" else began)
    assert merged(db, kept, old).surplus == 1
    points = 1 if first == "card" else 4
    assert board(db) == {(2, kept.id): (points, 1), (OVERALL, kept.id): (points, 1)}
    assert sorted(owners(db).values()) == [kept.id, old.id]  # nothing is lost


def test_as_many_papers_count_as_one_person_may_write(db: Database) -> None:
    contest = make_contest(db, rules(attempts_allowed=2))
    kept, old = two(db, contest)
    began = contest.rule_set.periods[1].opens_at
    finish_paper(db, contest, old, correct=4, started_at=began)
    finish_paper(db, contest, kept, correct=1, started_at=began + MINUTE)
    finish_paper(db, contest, kept, correct=3, number=2, started_at=began + 2 * MINUTE)
    assert merged(db, kept, old) == Merged(moved=2, surplus=1)
    assert board(db)[2, kept.id] == (4, 2)
    with db.read() as session:
        (record,) = session.exec(select(PersonMerge)).all()
        numbers = session.exec(
            select(Attempt.number).where(Attempt.participant_id == kept.id).order_by(col(Attempt.number))
        ).all()
    assert [(owner, number) for _, owner, number in record.moved] == [(old.id, 1), (kept.id, 2)]
    assert len(set(numbers)) == 2


def test_nobody_enters_by_the_closed_account(db: Database) -> None:
    contest = make_contest(db)
    kept, old = two(db, contest)
    merged(db, kept, old)
    assert viewer(db, token_hash=old.token_hash, now=NOW) is None
    assert viewer(db, token_hash=kept.token_hash, now=NOW) is not None
    with db.read() as session:
        row = session.get_one(Participant, old.id)
    assert (row.blocked, row.ranked) == (True, False)


def test_who_is_not_ranked_stays_unranked(db: Database) -> None:
    contest = make_contest(db)
    kept, old = make_person(db, contest, name=NAME, ranked=False), make_person(db, contest, name=NAME, **CMND)
    finish_paper(db, contest, old, correct=3)
    merged(db, kept, old)
    assert board(db) == {}


@pytest.mark.parametrize(
    "case", ["itself", "the wrong way round", "two cards", "another name", "nobody", "twice", "an open paper"]
)
def test_what_is_refused_changes_nothing(db: Database, case: str) -> None:
    contest = make_contest(db)
    kept, old = two(db, contest, **({"identity_normalised": True} if case == "two cards" else {}))
    kept_id, merged_id = kept.id, old.id
    if case == "itself":
        merged_id = kept.id
    elif case == "the wrong way round":
        kept_id, merged_id = old.id, kept.id
    elif case == "another name":
        merged_id = make_person(db, contest, name="Trần Thị Bình", **CMND).id
    elif case == "nobody":
        merged_id = 10**9
    elif case == "twice":
        merged(db, kept, old)
    elif case == "an open paper":
        finish_paper(db, contest, old, correct=1)
        with db.write() as session:
            attempt = session.exec(select(Attempt).where(Attempt.kind == COUNTED)).one()
            attempt.status, attempt.finished_at = OPEN, None
    before = every_row(db)
    with pytest.raises(ContestError) as refused:
        merge(db, kept_id=kept_id, merged_id=merged_id, reason="", now=NOW)
    assert refused.value.code is ErrorCode.MERGE_REFUSED
    assert every_row(db) == before
