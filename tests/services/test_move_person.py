"""Another unit: the boards count a person where the person is, whatever is handed in meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ErrorCode
from cchc_app.data import boards as board_rows
from cchc_app.data import representatives
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED
from cchc_app.data.tables import AuditEntry, Participant, Standing, UnitMove, UnitRepresentative
from cchc_app.services import take_quiz
from cchc_app.services.move_person import Moved, move_person
from tests.factories import NOW, finish_paper, make_contest, make_person
from tests.services.test_sanction_people import REASON, boards, coded, recounted, refusal
from tests.staff import make_staff


def per_unit(db: Database, period: int) -> dict[int, tuple[int, int]]:
    """People and points of every unit on a board."""
    found: dict[int, tuple[int, int]] = {}
    with db.read() as session:
        for row in session.exec(select(Standing).where(Standing.period_number == period)):
            people, points = found.get(row.unit_id, (0, 0))
            found[row.unit_id] = (people + 1, points + row.points)
    return found


def test_both_units_totals_are_right(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    left, joined = contest.unit_ids
    person, stays, there = (make_person(db, contest, unit=unit) for unit in (0, 0, 1))
    for one, correct in ((person, 4), (stays, 2), (there, 1)):
        finish_paper(db, contest, one, week=1, correct=correct)
        finish_paper(db, contest, one, week=2, correct=correct)
    with db.read() as session:
        version = board_rows.version(session, contest.contest_id)
    assert per_unit(db, 2) == {left: (2, 6), joined: (1, 1)}
    done = move_person(db, **coded(organiser, person, unit_code="U1"))
    assert done == Moved("UBND phường Lê Chân", "Sở Y tế")
    assert per_unit(db, 1) == per_unit(db, 2) == {left: (1, 2), joined: (2, 5)}
    assert per_unit(db, 0) == {left: (1, 4), joined: (2, 10)}
    assert recounted(db, contest) == boards(db)
    with db.read() as session:
        assert board_rows.version(session, contest.contest_id) > version
        assert session.get_one(Participant, person.id).unit_id == joined
        [row] = session.exec(select(UnitMove)).all()
        [entry] = session.exec(select(AuditEntry)).all()
    assert (row.from_unit_id, row.to_unit_id, row.reason, row.moved_by) == (left, joined, REASON, organiser.username)
    assert (entry.before, entry.after) == ('{"unit":"U0"}', '{"unit":"U1"}')


def test_a_term_for_the_old_unit_ends(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person = make_person(db, contest)
    with db.write() as session:
        representatives.begin_term(
            session, unit_id=person.unit_id, participant_id=person.id, appointed_by="code", now=NOW
        )
    move_person(db, **coded(organiser, person, unit_code="U1"))
    with db.read() as session:
        [term] = session.exec(select(UnitRepresentative)).all()
    assert (term.ended_by, term.ended_at) == (organiser.username, NOW)


def test_refusals(db: Database) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person, auditor = make_person(db, contest), make_staff(db, Role.AUDITOR)
    assert refusal(move_person, db, **coded(organiser, person, unit_code="U0")) is ErrorCode.UNIT_IS_THEIRS
    assert refusal(move_person, db, **coded(organiser, person, unit_code="?", step=1)) is ErrorCode.UNIT_UNKNOWN
    assert refusal(move_person, db, **coded(auditor, person, unit_code="U1")) is ErrorCode.NOT_ALLOWED
    with db.read() as session:
        assert session.exec(select(UnitMove)).all() == []


@pytest.mark.parametrize("turn", range(4))
def test_moved_while_handing_in(db: Database, turn: int) -> None:
    contest, organiser = make_contest(db), make_staff(db, Role.ORGANISER)
    person, start = make_person(db, contest), Barrier(2)
    finish_paper(db, contest, person, week=1, correct=1)
    receipt = take_quiz.begin(db, participant_id=person.id, kind=COUNTED, now=NOW)

    def hand_in() -> None:
        start.wait()
        take_quiz.finish(db, participant_id=person.id, receipt=receipt, now=NOW)

    def move() -> None:
        start.wait()
        move_person(db, **coded(organiser, person, unit_code="U1"))

    with ThreadPoolExecutor(2) as threads:
        for work in [threads.submit(hand_in), threads.submit(move)]:
            work.result()
    assert {row[2] for row in boards(db)} == {contest.unit_ids[1]}
    assert {row[0] for row in boards(db)} == {0, 1, 2}
    assert recounted(db, contest) == boards(db)
