"""Frozen boards: everybody sees what was there when the freeze began, whoever looks first and whatever comes after."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.staffing import Action
from cchc_app.data.engine import Database
from cchc_app.data.tables import AuditEntry, FrozenStanding
from cchc_app.services.board_looks import draw_up
from cchc_app.services.freeze_boards import MOST_MINUTES, freezes, set_freeze
from cchc_app.services.home import home_view
from cchc_app.services.move_person import move_person
from cchc_app.services.overview import overview
from cchc_app.services.sanction_people import disqualify
from cchc_app.services.standings import board, own_place, place_of_result, search_board
from cchc_app.services.unit_standings import unit_board
from tests.factories import NOW, MadeContest, Person, finish_paper, make_contest, make_person, rules
from tests.queries import counted_queries
from tests.staff import STEP, Staffer, make_staff

CLOSES = rules().periods[1].closes_at
BEGINS = CLOSES - timedelta(minutes=30)
BEFORE, DURING = BEGINS - timedelta(minutes=1), BEGINS + timedelta(minutes=10)
NOTE = "Hẹn gặp tại lễ tổng kết."


def freeze(db: Database, organiser: Staffer, *, minutes: int = 30, now: datetime = NOW, number: int = 2) -> None:
    set_freeze(db, actor=organiser.username, period_number=number, minutes=minutes, note=NOTE, now=now)


def finish(db: Database, contest: MadeContest, person: Person, at: datetime, *, correct: int, number: int = 1) -> str:
    used = timedelta(minutes=1)
    return finish_paper(db, contest, person, correct=correct, started_at=at - used, number=number)


def seen(db: Database, now: datetime, number: int = 2) -> list[tuple[str, int]]:
    return [(row.full_name, row.points) for row in board(db, period_number=number, now=now).rows]


def people_taking_part(db: Database, now: datetime) -> int:
    return sum(row.formula.totals.participants for row in unit_board(db, period_number=2, now=now).rows)


@pytest.fixture
def made(db: Database) -> tuple[MadeContest, Staffer, Person, Person]:
    contest = make_contest(db, rules(attempts_allowed=2))
    organiser = make_staff(db, Role.ORGANISER)
    early, late = make_person(db, contest, name="Sớm"), make_person(db, contest, name="Muộn")
    finish(db, contest, early, BEFORE, correct=2)
    freeze(db, organiser)
    return contest, organiser, early, late


@pytest.mark.parametrize("first", ["reader", "writer", "job"])
def test_everybody_sees_the_board_as_it_was(db: Database, made: Any, first: str) -> None:
    contest, _, early, late = made
    looks: dict[str, Callable[[], object]] = {
        "reader": lambda: seen(db, BEGINS),
        "writer": lambda: None,
        "job": lambda: draw_up(db, now=BEGINS),
    }
    looks[first]()
    receipt = finish(db, contest, late, DURING, correct=4)
    finish(db, contest, early, DURING, correct=3, number=2)
    for number in (2, OVERALL):
        whole = board(db, period_number=number, now=DURING)
        assert ([(row.full_name, row.points) for row in whole.rows], whole.size) == ([("Sớm", 2)], 1)
        assert whole.freeze is not None
        assert (whole.freeze.since, whole.freeze.until, whole.freeze.note) == (BEGINS, CLOSES, NOTE)
        assert own_place(db, participant_id=late.id, period_number=number, now=DURING) is None
        assert search_board(db, period_number=number, wanted="muon", now=DURING, limit=5) == ()
    mine = own_place(db, participant_id=early.id, period_number=2, now=DURING)
    assert mine is not None
    assert (mine.rank, mine.points) == (1, 2)
    assert place_of_result(db, participant_id=late.id, receipt=receipt, now=DURING) is None
    assert people_taking_part(db, DURING) == 1
    weeks = home_view(db, participant_id=early.id, now=DURING).weeks
    assert [week.mine.rank for week in weeks if week.mine] == [None]
    # Organisers see what there is.
    assert overview(db, flagged=None, now=DURING).handed_in == 3
    # The freeze is over with the week.
    assert seen(db, CLOSES) == [("Muộn", 4), ("Sớm", 3)]
    assert board(db, period_number=2, now=CLOSES).freeze is None
    assert people_taking_part(db, CLOSES) == 2


def test_other_boards_go_on(db: Database, made: Any) -> None:
    assert board(db, period_number=1, now=DURING).freeze is None
    assert board(db, period_number=2, now=BEFORE).freeze is None


def test_what_organisers_do_meanwhile_shows_afterwards(db: Database, made: Any) -> None:
    _, organiser, early, _ = made
    deed = {"actor": organiser.username, "participant_id": early.id, "reason": "x"}
    move_person(db, unit_code="U1", code=organiser.code(DURING), now=DURING, **deed)
    later = DURING + STEP
    disqualify(db, code=organiser.code(later), now=later, **deed)
    assert (seen(db, later), people_taking_part(db, later)) == ([("Sớm", 2)], 1)
    assert (seen(db, CLOSES), people_taking_part(db, CLOSES)) == ([], 0)


def test_a_freeze_can_be_taken_back_and_set_while_the_week_runs(db: Database, made: Any) -> None:
    contest, organiser, _, late = made
    finish(db, contest, late, DURING, correct=4)
    freeze(db, organiser, minutes=0, now=DURING)
    assert seen(db, DURING) == [("Muộn", 4), ("Sớm", 2)]
    freeze(db, organiser, minutes=10, now=DURING)
    other = make_person(db, contest, name="Cuối")
    finish(db, contest, other, CLOSES - timedelta(minutes=5), correct=4)
    assert len(seen(db, CLOSES - timedelta(minutes=1))) == 2
    # Of a freeze that would have begun earlier nobody knows the board any more: it is frozen as it is.
    freeze(db, organiser, minutes=60, now=DURING)
    assert len(seen(db, CLOSES - timedelta(minutes=1))) == 2
    assert len(seen(db, CLOSES)) == 3


def test_only_one_copy_is_kept(db: Database, made: Any) -> None:
    contest, organiser, _, late = made
    freeze(db, organiser, number=3)
    draw_up(db, now=DURING)
    third = contest.rule_set.periods[2].closes_at
    finish_paper(db, contest, late, week=3, correct=1, started_at=third - timedelta(minutes=40))
    draw_up(db, now=third - timedelta(minutes=5))
    with db.read() as session:
        assert {row.period_number for row in session.exec(select(FrozenStanding))} == {OVERALL, 3}


@pytest.mark.parametrize(
    ("number", "minutes", "now", "code"),
    [
        (9, 5, NOW, ErrorCode.NO_PERIOD),
        (2, -1, NOW, ErrorCode.FREEZE_INVALID),
        (2, MOST_MINUTES + 1, NOW, ErrorCode.FREEZE_INVALID),
        (1, 5, NOW, ErrorCode.FREEZE_OVER),
        (2, 5, CLOSES, ErrorCode.FREEZE_OVER),
    ],
)
def test_what_is_refused_changes_nothing(
    db: Database, made: Any, number: int, minutes: int, now: datetime, code
) -> None:
    _, organiser, *_ = made
    before = freezes(db, actor=organiser.username, now=NOW)
    with pytest.raises(ContestError) as refused:
        freeze(db, organiser, number=number, minutes=minutes, now=now)
    assert refused.value.code is code
    assert freezes(db, actor=organiser.username, now=NOW) == before
    with db.read() as session:
        kept = session.exec(select(AuditEntry).where(AuditEntry.action == Action.BOARD_FREEZE_SET)).all()
    assert len(kept) == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ORGANISER, Role.ADMINISTRATOR)])
def test_only_who_runs_the_contest_freezes(db: Database, role: Role) -> None:
    make_contest(db)
    with pytest.raises(ContestError) as refused:
        freeze(db, make_staff(db, role))
    assert refused.value.code is ErrorCode.NOT_ALLOWED


def test_a_frozen_board_costs_what_a_live_one_costs(db: Database, made: Any) -> None:
    contest, *_ = made
    draw_up(db, now=BEGINS)
    costs = []
    for now in (BEFORE, DURING, DURING):
        with counted_queries(db) as sent:
            board(db, period_number=2, now=now)
            unit_board(db, period_number=2, now=now)
        costs.append(len(sent))
        for _ in range(3):
            finish(db, contest, make_person(db, contest), DURING, correct=1)
    assert len(set(costs)) == 1
