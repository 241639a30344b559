"""Two accounts of one person: both histories stay, one entry counts, the boards are as if recounted."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, OPEN
from cchc_app.data.retention import anonymise
from cchc_app.data.tables import OVERALL, Attempt, AuditEntry, Participant, PersonMerge, Standing
from cchc_app.services.audit_log import verify_log
from cchc_app.services.merge_people import Merged, merge, offers
from cchc_app.services.sessions import viewer
from tests.factories import NOW, MadeContest, Person, every_row, finish_paper, make_contest, make_person, rules
from tests.staff import make_staff

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
    return by_organiser(db, kept_id=kept.id, merged_id=old.id, reason="the same person")


def by_organiser(db: Database, **what: Any) -> Merged:
    organiser = make_staff(db, Role.ORGANISER)
    return merge(db, actor=organiser.username, code=organiser.code(NOW), now=NOW, **what)


def test_the_pair_is_offered(db: Database) -> None:
    contest = make_contest(db)
    kept, old = two(db, contest)
    make_person(db, contest, name="Trần Thị Bình", **CMND)
    auditor = make_staff(db, Role.AUDITOR).username
    (pair,) = offers(db, actor=auditor)
    assert (pair.card.participant_id, pair.old.participant_id) == (kept.id, old.id)
    assert "•" in pair.card.citizen_id_masked
    merged(db, kept, old)
    assert offers(db, actor=auditor) == ()


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
    before = contest_rows(db)
    with pytest.raises(ContestError) as refused:
        by_organiser(db, kept_id=kept_id, merged_id=merged_id, reason="x")
    assert refused.value.code is ErrorCode.MERGE_REFUSED
    assert contest_rows(db) == before


def contest_rows(db: Database) -> dict[str, Any]:
    """Everything but the staff who try and their tries."""
    theirs = ("staff_account", "staff_session", "sign_in_guard")
    return {name: rows for name, rows in every_row(db).items() if name not in theirs}


@pytest.mark.parametrize(
    ("role", "reason", "code", "expected"),
    [
        (Role.AUDITOR, "x", True, ErrorCode.NOT_ALLOWED),
        (Role.ADMINISTRATOR, "x", True, ErrorCode.NOT_ALLOWED),
        (Role.ORGANISER, " \n", True, ErrorCode.REASON_MISSING),
        (Role.ORGANISER, "x", False, ErrorCode.CODE_WRONG),
    ],
)
def test_who_may_not_or_has_no_reason_or_code(
    db: Database, role: Role, reason: str, code: bool, expected: ErrorCode
) -> None:
    contest = make_contest(db)
    kept, old = two(db, contest)
    one = make_staff(db, role)
    before, typed = contest_rows(db), one.code(NOW) if code else "000000"
    with pytest.raises(ContestError) as refused:
        merge(db, actor=one.username, code=typed, kept_id=kept.id, merged_id=old.id, reason=reason, now=NOW)
    assert (refused.value.code, contest_rows(db)) == (expected, before)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
def test_offers_are_for_who_reads_the_contest(db: Database, role: Role) -> None:
    make_contest(db)
    with pytest.raises(ContestError) as refused:
        offers(db, actor=make_staff(db, role).username)
    assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_the_log_names_rows_and_counts_only(db: Database) -> None:
    contest = make_contest(db)
    kept, old = two(db, contest)
    finish_paper(db, contest, old, correct=3)
    merged(db, kept, old)
    with db.read() as session:
        [entry] = session.exec(select(AuditEntry).where(AuditEntry.action == Action.MERGED))
        assert session.exec(select(PersonMerge.reason)).one() == "the same person"
    assert (entry.subject, entry.after) == (
        f"participant:{old.id}",
        f'{{"kept":"participant:{kept.id}","moved":1,"surplus":0}}',
    )
    assert verify_log(db).problems == ()


def test_whose_cmnd_is_on_the_staff_is_not_ranked_by_the_cccd_either(db: Database) -> None:
    """The staff member gave the CMND number, so the account with the CCCD did not look like one of the staff."""
    contest = make_contest(db)
    kept, old = two(db, contest, ranked=False)
    finish_paper(db, contest, kept, correct=3)
    merged(db, kept, old)
    assert board(db) == {}
    with db.read() as session:
        assert not session.get_one(Participant, kept.id).ranked
        entries = session.exec(select(AuditEntry.subject).where(AuditEntry.action == Action.UNRANKED)).all()
    assert entries == [f"participant:{kept.id}"]


def test_erased_people_are_neither_offered_nor_merged(db: Database) -> None:
    """They all have the same name and birth date then."""
    contest = make_contest(db)
    kept, old = two(db, contest)
    with db.write() as session:
        anonymise(session, [kept.id, old.id], name="", contest_id=contest.contest_id, now=NOW)
    assert offers(db, actor=make_staff(db, Role.ORGANISER).username) == ()
    with pytest.raises(ContestError):
        merged(db, kept, old)
