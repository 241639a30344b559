"""The boards of units: the regulations' formula on kept totals, the same as in the official result."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlmodel import Session

from cchc_app.contest import official
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.collective import CollectiveRules, UnrankedReason
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.official import UnitStanding
from cchc_app.contest.regulations import FeedbackMode, PredictionSubject
from cchc_app.data.engine import Database
from cchc_app.data.tables import UnitHeadcount
from cchc_app.services.official_results import compute
from cchc_app.services.unit_standings import found_units, unit_board, unit_line
from tests.factories import NOW, MadeContest, make_contest, make_person, rules, with_feedback
from tests.official import nothing, sit_paper
from tests.queries import counted_queries

WEEK_2_ENDS = rules().periods[1].closes_at


def heads(session: Session, contest: MadeContest, unit: int, day: date, count: int) -> None:
    session.merge(
        UnitHeadcount(
            unit_id=contest.unit_ids[unit],
            effective_from=day,
            headcount=count,
            source="list",
            set_by="x",
            set_at=NOW,
        )
    )


def filled(db: Database, **collective: int) -> MadeContest:
    """Two units: three people of the first, one of the second, in weeks 1 and 2."""
    whole = rules(attempts_allowed=2)
    asked = CollectiveRules(
        **{"weight_participation": 2, "weight_score": 1, "minimum_participants": 1, "minimum_rate": 0} | collective
    )
    contest = make_contest(db, replace(whole, collective=asked))
    for unit, week, right in ((0, 1, 3), (0, 2, 1), (0, 2, 2), (1, 2, 3)):
        sit_paper(db, contest, make_person(db, contest, unit=unit), week=week, right=right)
    return contest


def test_the_formula_with_a_unit_s_own_numbers(db: Database) -> None:
    contest = filled(db)
    with db.write() as session:
        heads(session, contest, 0, date(2026, 3, 1), 4)
    line = unit_line(unit_board(db, period_number=2, now=NOW), "U0")
    assert line is not None
    of = line.formula
    assert (of.totals.participants, of.totals.attempts, of.totals.papers, of.totals.headcount) == (2, 2, 2, 4)
    assert (of.rate, of.score) == (Fraction(50), Fraction(3 * 100, 8))
    assert of.result == (Fraction(50) * 2 + Fraction(300, 8)) / 3
    assert (line.rank, line.bloc_rank, of.unranked) == (1, 1, None)


@pytest.mark.parametrize("board", [1, 2, OVERALL])
def test_the_live_board_is_the_official_one(db: Database, board: int) -> None:
    filled(db)
    live = unit_board(db, period_number=board, now=NOW)
    told = [official.unit_json(UnitStanding(row.formula, row.rank, row.bloc_rank)) for row in live.rows]
    assert told == list(compute(db, board=board, progress=nothing).units)


def test_the_headcount_of_the_period_s_last_day_counts(db: Database) -> None:
    contest = filled(db)
    last = (WEEK_2_ENDS + timedelta(hours=7) - timedelta(milliseconds=1)).date()
    with db.write() as session:
        heads(session, contest, 0, last, 10)
        heads(session, contest, 0, last + timedelta(days=1), 20)
    counts = {}
    for number in (2, OVERALL):
        line = unit_line(unit_board(db, period_number=number, now=NOW), "U0")
        assert line is not None
        counts[number] = line.formula.totals.headcount
    assert counts == {2: 10, OVERALL: 20}


def test_a_small_unit_is_shown_without_a_rank(db: Database) -> None:
    filled(db, minimum_participants=2)
    board = unit_board(db, period_number=2, now=NOW)
    assert [(row.key, row.rank, row.formula.unranked) for row in board.rows] == [
        ("U0", 1, None),
        ("U1", None, UnrankedReason.TOO_FEW_PARTICIPANTS),
    ]
    (bloc,) = board.blocs
    assert (bloc.units, bloc.ranked, bloc.formula.totals.participants, bloc.formula.totals.headcount) == (2, 1, 3, 100)


def test_units_are_found_without_accents(db: Database) -> None:
    filled(db)
    board = unit_board(db, period_number=2, now=NOW)
    found = {word: [row.key for row in found_units(board, word)] for word in ("Lê Chân", "so y", "u1", "zzz", "%")}
    assert found == {"Lê Chân": ["U0"], "so y": ["U1"], "u1": ["U1"], "zzz": [], "%": []}
    assert len(found_units(board, "")) == 2


@pytest.mark.parametrize("kind", ["prediction", "marks after the close"])
def test_a_withheld_board_tells_nothing(db: Database, kind: str) -> None:
    whole = rules()
    asked = replace(whole, periods=tuple(replace(one, prediction=PredictionSubject.ENTRANTS) for one in whole.periods))
    contest = make_contest(db, asked if kind == "prediction" else with_feedback(whole, FeedbackMode.AFTER_CLOSE))
    before = unit_board(db, period_number=2, now=NOW)
    sit_paper(db, contest, make_person(db, contest), week=2, right=2)
    after = unit_board(db, period_number=2, now=NOW)
    assert before == after
    assert (after.rows, after.blocs, after.size, after.withheld_until) == ((), (), None, WEEK_2_ENDS)


def test_boards_that_do_not_exist_are_refused(db: Database) -> None:
    filled(db)
    with pytest.raises(ContestError) as refused:
        unit_board(db, period_number=3, now=NOW)
    assert refused.value.code is ErrorCode.NO_PERIOD


def test_as_many_queries_for_many_people_as_for_few(db: Database) -> None:
    contest = filled(db)
    costs = []
    for _ in range(2):
        with counted_queries(db) as sent:
            unit_board(db, period_number=2, now=NOW)
        costs.append(len(sent))
        for unit in (0, 1, 1):
            sit_paper(db, contest, make_person(db, contest, unit=unit), week=2, right=1)
    assert costs[0] == costs[1] <= 7
