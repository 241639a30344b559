"""Boards, places and their explanations agree with one another and with a sort by hand."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlmodel import select

from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import CountedAttempt, FeedbackMode, PredictionSubject, RuleSet, TieBreak
from cchc_app.contest.scoring import NO_GUESS
from cchc_app.data.engine import Database
from cchc_app.data.tables import Period, Standing
from cchc_app.services import take_quiz
from cchc_app.services.standings import (
    SETTLE_MARGIN,
    board,
    board_stamp,
    menu,
    own_key,
    own_place,
    place_of_result,
    search_board,
    settle_predictions,
)
from tests.factories import (
    DEFAULT_CHAIN,
    MINUTE_MS,
    NOW,
    WEEK,
    MadeContest,
    Person,
    finish_paper,
    make_contest,
    make_person,
    rules,
    with_feedback,
)

RULES = rules()
OPENING = RULES.periods[0].opens_at
WEEK_3 = OPENING + 2 * WEEK
MS = timedelta(milliseconds=1)
PREDICTION_CHAIN = (TieBreak.SCORE, TieBreak.PREDICTION, TieBreak.TIME_USED, TieBreak.ATTEMPT_ID)


def asking(subject: PredictionSubject = PredictionSubject.ENTRANTS, **quiz: object) -> RuleSet:
    """Week 2 asks for a prediction and ranks by it."""
    whole = rules(**{"tie_break": PREDICTION_CHAIN, **quiz})
    first, second, *rest = whole.periods
    return replace(whole, periods=(first, replace(second, prediction=subject), *rest))


def names(db: Database, number: int = 2, *, now: datetime = NOW) -> list[str]:
    return [row.full_name for row in board(db, period_number=number, now=now).rows]


def version(db: Database) -> int:
    return board_stamp(db, period_number=1, now=NOW).version


def refusal(call, *args, **kwargs) -> ErrorCode:
    with pytest.raises(ContestError) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize("seed", [1, 2])
def test_every_way_to_a_rank_gives_the_same_rank(db: Database, seed: int) -> None:
    """Board position, own place, search, explanation, and a sort by hand of what was handed in."""
    rng = random.Random(seed)
    contest = make_contest(db)
    people = [make_person(db, contest, name=f"Người Thứ {n:02}", unit=rng.randrange(2)) for n in range(30)]
    handed_in = []
    for person in rng.sample(people, len(people)):
        correct, used = rng.randrange(3), rng.choice((60_000, 60_001, 90_000))
        started = OPENING + WEEK + timedelta(milliseconds=rng.randrange(3))
        receipt = finish_paper(db, contest, person, correct=correct, used_ms=used, started_at=started)
        order = (-correct, used, started + timedelta(milliseconds=used), len(handed_in))
        handed_in.append((order, person, receipt))
    handed_in.sort(key=lambda entry: entry[0])

    assert names(db) == [person.name for _, person, _ in handed_in]
    in_unit: dict[int, int] = {}
    for rank, (_, person, receipt) in enumerate(handed_in, 1):
        in_unit[person.unit_id] = in_unit.get(person.unit_id, 0) + 1
        place = place_of_result(db, participant_id=person.id, receipt=receipt, now=NOW)
        mine = own_place(db, participant_id=person.id, period_number=2, now=NOW)
        found = search_board(db, period_number=2, wanted=person.name, now=NOW, limit=5)
        assert place is not None
        assert mine is not None
        assert (place.rank, place.size, place.unit_rank) == (rank, 30, in_unit[person.unit_id])
        assert 1 + sum(step.ahead for step in place.steps) == rank
        assert [row for row in found if row.full_name == person.name] == [mine]
        assert (mine.rank, mine.key) == (rank, own_key(db, participant_id=person.id))


def test_pages_are_pieces_of_one_order(db: Database) -> None:
    contest = make_contest(db)
    for n in range(7):
        finish_paper(db, contest, make_person(db, contest), correct=n % 4)
    whole = board(db, period_number=2, now=NOW)
    pieces = [board(db, period_number=2, now=NOW, offset=offset, limit=3) for offset in (0, 3, 6, 9)]
    assert [row for piece in pieces for row in piece.rows] == list(whole.rows)
    assert [len(piece.rows) for piece in pieces] == [3, 3, 1, 0]
    assert [row.rank for row in whole.rows] == list(range(1, 8))
    assert {piece.size for piece in pieces} == {7}


def test_the_overall_board_adds_the_weeks_up(db: Database) -> None:
    contest = make_contest(db)
    both, once = make_person(db, contest, name="Cả Hai"), make_person(db, contest, name="Một Tuần")
    finish_paper(db, contest, both, week=1, correct=2)
    finish_paper(db, contest, both, week=2, correct=1)
    finish_paper(db, contest, once, week=2, correct=2)
    assert names(db) == ["Một Tuần", "Cả Hai"]
    first, second = board(db, period_number=OVERALL, now=NOW).rows
    assert (first.full_name, first.correct, first.total, first.time_used_ms) == ("Cả Hai", 3, 8, 2 * MINUTE_MS)
    assert (second.full_name, second.correct, second.total) == ("Một Tuần", 2, 4)


def test_search_ignores_accents_and_finds_units(db: Database) -> None:
    contest = make_contest(db)
    for name, unit, correct in (("Đỗ Thị Mai", 0, 1), ("Lê Mai An", 1, 2), ("Trần Bình", 1, 3)):
        finish_paper(db, contest, make_person(db, contest, name=name, unit=unit), correct=correct)

    def found(wanted: str, limit: int = 10) -> list[tuple[int, str]]:
        rows = search_board(db, period_number=2, wanted=wanted, now=NOW, limit=limit)
        return [(row.rank, row.full_name) for row in rows]

    assert found("mai") == found("MÃI") == [(2, "Lê Mai An"), (3, "Đỗ Thị Mai")]
    assert found("do thi") == [(3, "Đỗ Thị Mai")]
    assert found("sở y tế") == [(1, "Trần Bình"), (2, "Lê Mai An")]
    assert found("mai", limit=1) == [(2, "Lê Mai An")]
    assert found("%%") == found("__") == found("m") == found("") == []


def test_the_menu_follows_the_calendar(db: Database) -> None:
    make_contest(db)
    before = menu(db, wanted=None, now=OPENING - MS)
    assert (before.numbers, before.current, before.opens_at) == ((), None, OPENING)
    assert menu(db, wanted=None, now=NOW).numbers == (1, 2, OVERALL)
    choices = [menu(db, wanted=wanted, now=NOW).current for wanted in (None, 1, OVERALL, 3, -1)]
    assert choices == [2, 1, OVERALL, 2, 2]


def test_boards_that_do_not_exist_are_refused(db: Database) -> None:
    assert refusal(board, db, period_number=2, now=NOW) is ErrorCode.CONTEST_MISSING
    assert settle_predictions(db, now=NOW) == ()
    make_contest(db)
    for number, now in ((3, NOW), (-1, NOW), (99, NOW), (1, OPENING - MS), (OVERALL, OPENING - MS)):
        assert refusal(board, db, period_number=number, now=now) is ErrorCode.NO_PERIOD


def test_a_place_is_told_to_its_owner_only(db: Database) -> None:
    contest = make_contest(db)
    person, stranger = make_person(db, contest), make_person(db, contest)
    receipt = finish_paper(db, contest, person)
    assert place_of_result(db, participant_id=stranger.id, receipt=receipt, now=NOW) is None
    practice = take_quiz.begin(db, participant_id=person.id, kind="practice", now=NOW)
    take_quiz.finish(db, participant_id=person.id, receipt=practice, now=NOW)
    assert place_of_result(db, participant_id=person.id, receipt=practice, now=NOW) is None
    unranked = make_person(db, contest, ranked=False)
    receipt = finish_paper(db, contest, unranked)
    assert place_of_result(db, participant_id=unranked.id, receipt=receipt, now=NOW) is None
    assert own_place(db, participant_id=unranked.id, period_number=2, now=NOW) is None


def test_every_finish_raises_the_version_once(db: Database) -> None:
    contest = make_contest(db)
    people = [make_person(db, contest) for _ in range(8)]
    receipts = [take_quiz.begin(db, participant_id=person.id, kind="counted", now=NOW) for person in people]
    assert version(db) == 0
    barrier = Barrier(8)

    def hand_in(n: int) -> None:
        barrier.wait()
        take_quiz.finish(db, participant_id=people[n].id, receipt=receipts[n], now=NOW + MS)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(hand_in, range(8)))
    assert (version(db), len(names(db))) == (8, 8)
    take_quiz.finish(db, participant_id=people[0].id, receipt=receipts[0], now=NOW + MS)
    assert version(db) == 8


def everything_told(db: Database, people: list[tuple[Person, str]], now: datetime) -> str:
    """All that a browser can get out of the boards' services at one moment."""
    told: list[object] = []
    for number in (2, OVERALL):
        told.append(asdict(board(db, period_number=number, now=now)))
        told.append(search_board(db, period_number=number, wanted="nguyen", now=now, limit=50))
        told += [own_place(db, participant_id=person.id, period_number=number, now=now) for person, _ in people]
    told += [place_of_result(db, participant_id=person.id, receipt=receipt, now=now) for person, receipt in people]
    return json.dumps(told, default=str)


@pytest.mark.parametrize(
    "rule_set",
    [asking(), asking(PredictionSubject.PERFECT_SCORES), with_feedback(rules(), FeedbackMode.AFTER_CLOSE)],
    ids=["entrants", "perfect scores", "marks after the close"],
)
def test_nothing_is_told_while_a_week_is_withheld(db: Database, rule_set: RuleSet) -> None:
    contest = make_contest(db, rule_set)
    people = [make_person(db, contest) for _ in range(3)]
    before = everything_told(db, [(person, "") for person in people], NOW)
    papers = [(person, finish_paper(db, contest, person, correct=n, prediction=n)) for n, person in enumerate(people)]
    # Not one character differs from what was told when nobody had handed in anything.
    assert everything_told(db, papers, NOW) == everything_told(db, papers, WEEK_3 - MS) == before
    for number in (2, OVERALL):
        assert board(db, period_number=number, now=NOW).withheld_until == WEEK_3
    settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN)
    seen = board(db, period_number=2, now=WEEK_3 + SETTLE_MARGIN)
    assert (seen.size, [row.correct for row in seen.rows], seen.withheld_until) == (3, [2, 1, 0], None)


def guesses(db: Database, contest: MadeContest, *entries: tuple[str, int, int, int | None]) -> None:
    """People with name, right answers, time and guess for week 2."""
    for name, correct, used_ms, guess in entries:
        person = make_person(db, contest, name=name)
        finish_paper(db, contest, person, correct=correct, used_ms=used_ms, prediction=guess)


def test_settling_ranks_by_the_distance_to_the_truth(db: Database) -> None:
    contest = make_contest(db, asking())
    guesses(db, contest, ("Xa", 4, 1000, 90), ("Trúng", 4, 3000, 4), ("Không Đoán", 4, 500, None), ("Kém", 3, 100, 4))
    assert settle_predictions(db, now=WEEK_3) == ()  # not before the margin
    assert settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN) == (2,)
    later = WEEK_3 + WEEK / 2
    assert names(db, now=later) == names(db, OVERALL, now=later) == ["Trúng", "Xa", "Không Đoán", "Kém"]
    with db.read() as session:
        period = session.exec(select(Period).where(Period.number == 2)).one()
    assert (period.prediction_actual, period.settled_at) == (4, WEEK_3 + SETTLE_MARGIN)


def test_perfect_scores_are_what_was_counted(db: Database) -> None:
    contest = make_contest(db, asking(PredictionSubject.PERFECT_SCORES))
    guesses(db, contest, ("Đoán Bốn", 4, 1000, 4), ("Đoán Hai", 4, 3000, 2), ("Kém", 3, 100, 2))
    settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN)
    assert names(db, now=WEEK_3 + SETTLE_MARGIN) == ["Đoán Hai", "Đoán Bốn", "Kém"]


def test_settling_waits_for_papers_with_extra_time(db: Database) -> None:
    contest = make_contest(db, asking())
    late = make_person(db, contest, extra_time_ms=5 * MINUTE_MS)
    receipt = take_quiz.begin(db, participant_id=late.id, kind="counted", now=WEEK_3 - MS)
    during = WEEK_3 + timedelta(minutes=1)
    assert settle_predictions(db, now=during) == ()
    assert board(db, period_number=2, now=during).withheld_until == WEEK_3
    take_quiz.finish(db, participant_id=late.id, receipt=receipt, now=during, prediction=1)
    assert settle_predictions(db, now=during) == (2,)
    assert board(db, period_number=2, now=during).size == 1


def test_a_later_week_keeps_the_error_of_the_settled_one(db: Database) -> None:
    contest = make_contest(db, asking())
    far, near = make_person(db, contest, name="Xa"), make_person(db, contest, name="Gần")
    finish_paper(db, contest, far, correct=4, used_ms=1000, prediction=50)
    finish_paper(db, contest, near, correct=4, used_ms=9000, prediction=3)
    settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN)
    for person in (far, near):
        finish_paper(db, contest, person, week=3, correct=1)
    later = WEEK_3 + WEEK / 2
    assert names(db, OVERALL, now=later) == ["Gần", "Xa"]
    finish_paper(db, contest, make_person(db, contest), correct=4)  # a correction: its error is against the same truth
    with db.read() as session:
        keys = session.exec(select(Standing.rank_key).where(Standing.period_number == 2)).all()
    assert sorted(int(key.split(".")[1]) for key in keys) == [1, 48, NO_GUESS]


def test_the_explanation_names_the_error_once_it_is_known(db: Database) -> None:
    contest = make_contest(db, asking())
    person = make_person(db, contest)
    receipt = finish_paper(db, contest, person, correct=4, prediction=8)
    finish_paper(db, contest, make_person(db, contest), correct=4, prediction=2)
    assert place_of_result(db, participant_id=person.id, receipt=receipt, now=WEEK_3) is None
    settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN)
    place = place_of_result(db, participant_id=person.id, receipt=receipt, now=WEEK_3 + SETTLE_MARGIN)
    assert place is not None
    step = place.steps[1]
    assert (step.step, step.value, step.ahead, step.decisive) == (TieBreak.PREDICTION, 6, 1, True)


def test_settling_may_change_which_equal_paper_counts(db: Database) -> None:
    contest = make_contest(db, asking(attempts_allowed=2, counted_attempt=CountedAttempt.BEST))
    person = make_person(db, contest)
    finish_paper(db, contest, person, correct=3, used_ms=1000, prediction=500)
    finish_paper(db, contest, person, correct=3, used_ms=2000, prediction=1, number=2)
    with db.read() as session:
        assert session.get_one(Standing, (contest.contest_id, 2, person.id)).time_used_ms == 1000
    settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN)
    for number in (2, OVERALL):
        row = board(db, period_number=number, now=WEEK_3 + SETTLE_MARGIN).rows[0]
        assert (row.time_used_ms, row.correct) == (2000, 3)


def test_several_processes_settle_once(db: Database) -> None:
    contest = make_contest(db, asking())
    guesses(db, contest, ("Một", 4, 1000, 1), ("Hai", 4, 1000, 2))
    before, barrier = version(db), Barrier(6)

    def settle(_: int) -> tuple[int, ...]:
        barrier.wait()
        return settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN)

    with ThreadPoolExecutor(6) as pool:
        done = [number for settled in pool.map(settle, range(6)) for number in settled]
    assert (done, version(db) - before) == ([2], 1)
    assert settle_predictions(db, now=WEEK_3 + WEEK) == ()


def test_a_chain_without_the_prediction_is_settled_without_moving_anybody(db: Database) -> None:
    contest = make_contest(db, asking(tie_break=DEFAULT_CHAIN))
    guesses(db, contest, ("Nhanh", 4, 1000, 90), ("Trúng", 4, 3000, 2))
    assert settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN) == (2,)
    assert names(db, now=WEEK_3 + SETTLE_MARGIN) == ["Nhanh", "Trúng"]


def test_finishing_the_next_week_while_settling_loses_nothing(db: Database) -> None:
    """Both write the overall row: whichever is second has to see the first."""
    contest = make_contest(db, asking())
    people = [make_person(db, contest, name=f"Người {n}") for n in range(6)]
    for n, person in enumerate(people):
        finish_paper(db, contest, person, correct=4, used_ms=1000 + n, prediction=60 - 10 * n)
    barrier = Barrier(7)

    def work(n: int) -> None:
        barrier.wait()
        if n == len(people):
            settle_predictions(db, now=WEEK_3 + SETTLE_MARGIN)
        else:
            finish_paper(db, contest, people[n], week=3, correct=1)

    with ThreadPoolExecutor(7) as pool:
        list(pool.map(work, range(7)))
    later = WEEK_3 + WEEK / 2
    assert names(db, OVERALL, now=later) == [f"Người {n}" for n in (5, 4, 3, 2, 1, 0)]
