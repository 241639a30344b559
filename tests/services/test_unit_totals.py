"""Unit totals after any history: what the raw answers give when everything is counted anew."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import update

from cchc_app.contest.access import Role
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.collective import UnitTotals
from cchc_app.contest.official import totals_of
from cchc_app.contest.regulations import CountedAttempt, PredictionSubject, RuleSet, TieBreak
from cchc_app.data.contests import contest_in_force
from cchc_app.data.demo import remove_people
from cchc_app.data.engine import Database
from cchc_app.data.overview import units
from cchc_app.data.retention import anonymise
from cchc_app.data.tables import Participant, Period, UnitHeadcount, UnitTotal
from cchc_app.data.unit_totals import recount
from cchc_app.services.merge_people import merge
from cchc_app.services.move_person import move_person
from cchc_app.services.official_results import compute
from cchc_app.services.sanction_people import disqualify, reinstate
from cchc_app.services.standings import settle_predictions
from cchc_app.services.unit_standings import unit_totals
from cchc_app.services.unrank import unrank_number
from tests.factories import NOW, MadeContest, Person, every_row, make_contest, make_person, rules
from tests.official import after_week, nothing, sit_paper
from tests.staff import STEP, Staffer, make_staff

CHAIN = (TieBreak.SCORE, TieBreak.PREDICTION, TieBreak.TIME_USED, TieBreak.FINISHED_AT, TieBreak.ATTEMPT_ID)
WEEKS = (1, 2)
BOARDS = (*WEEKS, OVERALL)
MOST_PAPERS = 3
REASON = "Theo biên bản"
CMND: dict[str, Any] = {"identity_normalised": False}


def asking() -> RuleSet:
    """Three papers a week, the best counts, also by a guess that is known only afterwards."""
    whole = rules(attempts_allowed=MOST_PAPERS, counted_attempt=CountedAttempt.BEST, tie_break=CHAIN)
    first, *rest = whole.periods
    return replace(whole, periods=(replace(first, prediction=PredictionSubject.PERFECT_SCORES), *rest))


def kept(db: Database, board: int) -> tuple[UnitTotals, ...]:
    """What the live board of units starts from."""
    with db.read() as session:
        contest = contest_in_force(session)
        return unit_totals(session, contest, units(session, contest.contest_id), board=board)


def counted_anew(db: Database, board: int) -> tuple[UnitTotals, ...]:
    """The same from the raw answers."""
    lines = [totals_of(line) for line in compute(db, board=board, progress=nothing).units]
    return tuple(sorted(lines, key=lambda line: line.position))


class Histories(RuleBasedStateMachine):
    """Everything that may happen to people on the boards, in any order. One database for all, emptied for each."""

    db: Database
    contest: MadeContest
    organiser: Staffer
    ticks = 0  # of the organiser's clock: a code is good once

    @initialize()
    def _begin(self) -> None:
        with self.db.write() as session:
            remove_people(session)
            session.execute(update(Period).values(settled_at=None, prediction_actual=None))
        self.people: list[Person] = []
        self.pairs: list[tuple[Person, Person]] = []
        self.out: set[int] = set()
        self.closed: set[int] = set()
        self.papers: dict[tuple[int, int], int] = {}
        for unit in (0, 1):
            self.somebody_registers(unit=unit, pair=unit == 0)

    @rule(unit=st.integers(0, 1), pair=st.booleans())
    def somebody_registers(self, unit: int, pair: bool) -> None:
        name = f"Nguyễn Văn {len(self.people)}"
        person = make_person(self.db, self.contest, name=name, unit=unit, synthetic=True)
        self.people.append(person)
        if pair:
            old = make_person(self.db, self.contest, name=name, unit=1 - unit, synthetic=True, **CMND)
            self.people.append(old)
            self.pairs.append((person, old))

    @precondition(lambda self: self._open())
    @rule(
        data=st.data(),
        weeks=st.sampled_from(((1,), (2,), WEEKS)),
        right=st.integers(0, 3),
        used=st.integers(10_000, 500_000),
        guess=st.none() | st.integers(0, 3),
    )
    def somebody_finishes(self, data: Any, weeks: tuple[int, ...], right: int, used: int, guess: int | None) -> None:
        person = data.draw(st.sampled_from(self._open()))
        facts = {"right": right, "used_ms": used, "prediction": guess}
        for week in weeks:
            number = self.papers[person.id, week] = self.papers.get((person.id, week), 0) + 1
            began = self.contest.rule_set.periods[week - 1].opens_at + timedelta(minutes=20 * number)
            sit_paper(self.db, self.contest, person, week=week, number=number, started_at=began, **facts)

    @precondition(lambda self: self._open())
    @rule(data=st.data())
    def somebody_is_disqualified_or_let_in_again(self, data: Any) -> None:
        person = data.draw(st.sampled_from(self._open()))
        deed = reinstate if person.id in self.out else disqualify
        deed(self.db, participant_id=person.id, **self._deed())
        self.out ^= {person.id}

    @precondition(lambda self: self._open())
    @rule(data=st.data())
    def somebody_moves(self, data: Any) -> None:
        person = data.draw(st.sampled_from(self._open()))
        with self.db.read() as session:
            here = session.get_one(Participant, person.id).unit_id
        code = "U1" if here == self.contest.unit_ids[0] else "U0"
        move_person(self.db, participant_id=person.id, unit_code=code, **self._deed())

    @precondition(lambda self: self.pairs)
    @rule()
    def two_accounts_become_one(self) -> None:
        card, old = self.pairs.pop()
        if {card.id, old.id} & self.closed:
            return
        merge(self.db, kept_id=card.id, merged_id=old.id, **self._deed())
        self.closed.add(old.id)
        for week in WEEKS:
            # Numbers go on after whatever was moved.
            self.papers[card.id, week] = self.papers.get((card.id, week), 0) + self.papers.get((old.id, week), 0)

    @precondition(lambda self: self._open())
    @rule(data=st.data(), erased=st.booleans())
    def somebody_is_staff_or_erased(self, data: Any, erased: bool) -> None:
        person = data.draw(st.sampled_from(self._open()))
        with self.db.write() as session:
            row = session.get_one(Participant, person.id)
            if erased:
                anonymise(session, [person.id], name="–", contest_id=row.contest_id, now=NOW)
                self.closed.add(person.id)
            else:
                unrank_number(session, citizen_id_index=row.citizen_id_index, actor="cchc", now=NOW)

    @rule(unit=st.integers(0, 1), day=st.integers(1, 28), heads=st.integers(0, 9))
    def a_headcount_is_set(self, unit: int, day: int, heads: int) -> None:
        with self.db.write() as session:
            session.merge(
                UnitHeadcount(
                    unit_id=self.contest.unit_ids[unit],
                    effective_from=date(2026, 3, day),
                    headcount=heads,
                    source="list",
                    set_by="x",
                    set_at=NOW,
                )
            )

    @rule()
    def the_first_week_is_settled(self) -> None:
        settle_predictions(self.db, now=after_week(self.contest, 1))

    def teardown(self) -> None:
        """At the end of each history: the totals are what the answers give."""
        for board in BOARDS:
            assert kept(self.db, board) == counted_anew(self.db, board)

    def _open(self) -> list[Person]:
        return [person for person in self.people if person.id not in self.closed]

    def _deed(self) -> dict[str, Any]:
        type(self).ticks += 1
        now = NOW + self.ticks * STEP
        return {"actor": self.organiser.username, "code": self.organiser.code(now), "reason": REASON, "now": now}


def test_totals_equal_a_recount_after_any_history(db: Database) -> None:
    made = make_contest(db, asking())
    organiser = make_staff(db, Role.ORGANISER)

    class HistoriesHere(Histories):
        pass

    HistoriesHere.db, HistoriesHere.contest, HistoriesHere.organiser = db, made, organiser
    run_state_machine_as_test(
        HistoriesHere,
        settings=settings(
            max_examples=14,
            stateful_step_count=16,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.generate,),  # a history is short as it is, shrinking takes minutes
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )


def test_counting_the_totals_again_changes_nothing(db: Database) -> None:
    contest = make_contest(db, asking())
    for unit, week, right in ((0, 1, 3), (0, 2, 1), (1, 2, 2)):
        sit_paper(db, contest, make_person(db, contest, unit=unit), week=week, right=right)
    before = every_row(db, without="board_version")
    with db.write() as session:
        recount(session, contest.contest_id)
    assert every_row(db, without="board_version") == before
    assert len(before["unit_total"]) == 5


def test_a_total_that_was_tampered_with_is_told_when_the_board_is_checked(db: Database) -> None:
    contest = make_contest(db)
    sit_paper(db, contest, make_person(db, contest), week=1, right=2)
    assert compute(db, board=1, progress=nothing).live_differences == 0
    with db.write() as session:
        session.execute(update(UnitTotal).values(points=UnitTotal.points + 1))
    assert compute(db, board=1, progress=nothing).live_differences == 1
