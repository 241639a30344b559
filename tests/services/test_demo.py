"""Synthetic people: consistent down to the raw answers, told from real ones, gone without a trace."""

from collections import Counter
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import SQLModel, col, select

from cchc_app.contest import scoring
from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import parse_citizen_id
from cchc_app.contest.ranking import Entry, overall_entry, rank_key
from cchc_app.contest.slogans import Writing
from cchc_app.contest.timing import time_used_ms
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.data.representatives import begin_term
from cchc_app.data.seeding import add_contest
from cchc_app.data.tables import (
    OVERALL,
    Answer,
    Attempt,
    AuthSession,
    BoardVersion,
    Consent,
    Participant,
    QuestionVersion,
    SignInTicket,
    Slogan,
    SloganVersion,
    Standing,
    Unit,
)
from cchc_app.services import demo, submit_slogan, take_quiz
from cchc_app.services.presets import Demonstration, load_preset
from cchc_app.services.prize_lists import propose
from tests.factories import MadeContest, every_row, make_contest, make_person
from tests.official import after_week, close_board, sit_paper
from tests.staff import make_staff

NOW = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)  # a Wednesday noon
OPENED = datetime(2026, 3, 8, 17, 0, tzinfo=UTC)  # week 2, Monday 00:00 in Hải Phòng
FEW = Demonstration(open_period=2, people=18, papers_in_open_period=6)


def make_demo_contest(db: Database) -> MadeContest:
    """The demonstration's contest without its people."""
    with db.write() as session:
        add_contest(session, load_preset("demo", now=NOW).contest, now=NOW)
    with db.read() as session:
        contest = contest_in_force(session)
        units = session.exec(select(Unit.id).order_by(Unit.position)).all()
    return MadeContest(
        contest.contest_id, contest.rule_set, tuple(unit or 0 for unit in units), dict(contest.period_ids)
    )


@pytest.fixture
def contest(db: Database) -> MadeContest:
    return make_demo_contest(db)


def add(db: Database, demonstration: Demonstration = FEW, *, now: datetime = NOW) -> demo.Added:
    with db.write() as session:
        return demo.add_people(session, demonstration, now=now)


def rows_of(db: Database, table: type[SQLModel]) -> list:
    with db.read() as session:
        return list(session.exec(select(table)).all())


def board_version(db: Database) -> int:
    with db.read() as session:
        return session.exec(select(BoardVersion.version)).one()


def test_as_many_as_asked_for(db: Database, contest: MadeContest) -> None:
    assert add(db) == demo.Added(people=18, papers=24)
    papers = Counter(attempt.period_id for attempt in rows_of(db, Attempt))
    assert papers == {contest.period_ids[1]: 18, contest.period_ids[2]: 6}
    assert len(rows_of(db, Answer)) == 24 * 20


def test_every_figure_equals_a_recount_from_the_raw_answers(db: Database, contest: MadeContest) -> None:
    add(db)
    keys = {version.id: version.key for version in rows_of(db, QuestionVersion)}
    chain = contest.rule_set.quiz.tie_break
    entries: dict[tuple[int, int], Entry] = {}
    numbers = {row_id: number for number, row_id in contest.period_ids.items()}
    answers = rows_of(db, Answer)
    for attempt in rows_of(db, Attempt):
        mine = {answer.position: answer for answer in answers if answer.attempt_id == attempt.id}
        paper_keys = {position: keys[version_id] for position, (version_id, _) in enumerate(attempt.paper)}
        chosen = {position: answer.option for position, answer in mine.items()}
        mark = scoring.mark(answers=chosen, keys=paper_keys, points_per_question=1)
        assert all(answer.correct is (answer.option in paper_keys[position]) for position, answer in mine.items())
        assert all(answer.final for answer in mine.values())
        assert (attempt.status, attempt.correct, attempt.points) == ("submitted", mark.correct, mark.points)
        used = time_used_ms(started_at=attempt.started_at, finished_at=attempt.finished_at)
        assert attempt.time_used_ms == used
        key = (attempt.participant_id, numbers[attempt.period_id])
        entries[key] = Entry(attempt.id, mark.points, used, attempt.finished_at)
    for person in {person for person, _ in entries}:
        weeks = [entry for (owner, _), entry in entries.items() if owner == person]
        entries[person, OVERALL] = overall_entry(weeks)
    stored = {(row.participant_id, row.period_number): row for row in rows_of(db, Standing)}
    assert stored.keys() == entries.keys()
    for place, entry in entries.items():
        row = stored[place]
        assert row.rank_key == rank_key(entry=entry, chain=chain)
        assert (row.points, row.time_used_ms, row.finished_at) == (entry.points, entry.time_used_ms, entry.finished_at)


def test_papers_lie_inside_their_weeks_and_before_now(db: Database, contest: MadeContest) -> None:
    add(db)
    people = {person.id: person for person in rows_of(db, Participant)}
    windows = {contest.period_ids[p.number]: p for p in contest.rule_set.periods}
    instants = {}
    for answer in rows_of(db, Answer):
        instants.setdefault(answer.attempt_id, []).append((answer.position, answer.answered_at))
    for attempt in rows_of(db, Attempt):
        period = windows[attempt.period_id]
        times = [at for _, at in sorted(instants[attempt.id])]
        in_order = [people[attempt.participant_id].created_at, attempt.started_at, *times, attempt.finished_at]
        assert in_order == sorted(set(in_order))
        assert period.opens_at <= attempt.started_at
        assert attempt.finished_at <= min(NOW, attempt.deadline_at, period.closes_at)


def test_papers_were_handed_out_in_the_order_of_their_numbers(db: Database, contest: MadeContest) -> None:
    add(db)
    with db.read() as session:
        starts = session.exec(select(Attempt.started_at).order_by(col(Attempt.id))).all()
    assert list(starts) == sorted(starts)


@pytest.mark.parametrize(
    ("open_for", "papers"),
    [
        (timedelta(), 0),
        (timedelta(minutes=20), 0),
        (timedelta(hours=6, minutes=20), 3),
        (timedelta(hours=12, minutes=20), 6),
        (timedelta(days=6, hours=23), 6),
    ],
)
def test_a_young_week_has_fewer_papers(db: Database, contest: MadeContest, open_for: timedelta, papers: int) -> None:
    now = OPENED + open_for
    add(db, now=now)
    second = [attempt for attempt in rows_of(db, Attempt) if attempt.period_id == contest.period_ids[2]]
    assert len(second) == papers
    assert all(OPENED <= attempt.started_at < attempt.finished_at <= now for attempt in second)


def told(db: Database) -> list[tuple]:
    with db.read() as session:
        found = session.exec(
            select(Participant.full_name, Participant.birth_date, Participant.unit_id, Standing)
            .join(Standing, col(Standing.participant_id) == Participant.id)
            .order_by(Participant.citizen_id_masked, Participant.full_name, Standing.period_number)
        )
        return [(*person, row.period_number, row.points, row.time_used_ms, row.finished_at) for *person, row in found]


def test_the_same_instant_gives_the_same_people_and_results(db: Database, contest: MadeContest) -> None:
    add(db)
    first = told(db)
    demo.clear(db)
    add(db)
    assert told(db) == first
    assert len(first) == 18 + 6 + 18


def test_results_differ_from_person_to_person(db: Database, contest: MadeContest) -> None:
    add(db)
    boards = rows_of(db, Standing)
    assert len({row.points for row in boards}) >= 5
    assert len({row.time_used_ms for row in boards if row.period_number == 1}) == 18
    assert len({person.full_name for person in rows_of(db, Participant)}) >= 16


def test_nobody_can_come_in_as_them_or_collide_with_them(db: Database, contest: MadeContest) -> None:
    add(db)
    people = rows_of(db, Participant)
    assert {(person.pin_hash, person.synthetic, person.phone) for person in people} == {(None, True, None)}
    assert rows_of(db, AuthSession) == []
    assert len({person.citizen_id for person in people}) == 18
    for person in people:
        with pytest.raises(ContestError) as caught:
            parse_citizen_id(person.citizen_id)
        assert caught.value.code is ErrorCode.CITIZEN_ID_CENTURY
        assert person.citizen_id_masked == f"999{'•' * 7}{person.citizen_id[-2:]}"


def test_clearing_leaves_exactly_what_is_there_without_them(db: Database, contest: MadeContest) -> None:
    real = make_person(db, contest, now=NOW)
    receipt = take_quiz.begin(db, participant_id=real.id, kind="counted", now=NOW)
    take_quiz.finish(db, participant_id=real.id, receipt=receipt, now=NOW + timedelta(minutes=1))
    with db.write() as session:
        session.add(Consent(participant_id=real.id, purpose="contest", version="1", given_at=NOW))
        session.add(SignInTicket(token_hash="real", participant_id=real.id, expires_at=NOW))
    before = every_row(db, without="board_version")
    add(db)
    leave_traces(db)
    assert every_row(db, without="board_version") != before
    version = board_version(db)
    assert astuple(demo.clear(db)) == (18, 25)
    assert every_row(db, without="board_version") == before
    assert board_version(db) > version


def leave_traces(db: Database) -> None:
    """What a synthetic person could get besides the papers: consent, session, ticket, a practice paper."""
    with db.write() as session:
        person_id = session.exec(select(Participant.id).where(col(Participant.synthetic))).first() or 0
        session.add(Consent(participant_id=person_id, purpose="contest", version="1", given_at=NOW))
        session.add(SignInTicket(token_hash="synthetic", participant_id=person_id, expires_at=NOW))
        session.add(
            AuthSession(
                token_hash=token_hash(new_token()),
                participant_id=person_id,
                created_at=NOW,
                last_seen_at=NOW,
                idle_expires_at=NOW,
                expires_at=NOW,
            )
        )
    take_quiz.begin(db, participant_id=person_id, kind="practice", now=NOW)


def test_clearing_nothing_changes_nothing(db: Database, contest: MadeContest) -> None:
    make_person(db, contest, now=NOW)
    before = every_row(db)
    assert astuple(demo.clear(db)) == (0, 0)
    assert every_row(db) == before


def test_clearing_takes_results_and_prizes_that_name_the_removed(db: Database) -> None:
    made = make_contest(db)
    sit_paper(db, made, make_person(db, made, synthetic=True), right=2)
    organiser, now = make_staff(db, Role.ORGANISER), after_week(made, 1)
    close_board(db, organiser, 1, now=now)
    propose(db, actor=organiser.username, board=1, revision=0, reason="", now=now)
    assert astuple(demo.clear(db)) == (1, 1)
    rows = every_row(db)
    assert [rows[name] for name in ("official_place", "official_result", "prize_list")] == [[], [], []]


def test_clearing_forgets_no_table() -> None:
    """A new table that hangs on participants or attempts has to be cleared as well: add it to `remove_people`."""
    hanging = {
        name
        for name, table in SQLModel.metadata.tables.items()
        for key in table.foreign_keys
        if key.target_fullname in ("participant.id", "attempt.id")
    }
    assert hanging == {
        "answer",
        "attempt",
        "attempt_event",
        "auth_session",
        "consent",
        "data_request",
        "frozen_standing",
        "official_place",
        "person_merge",
        "pin_reset",
        "sanction",
        "sign_in_ticket",
        "slogan",
        "slogan_version",
        "standing",
        "unit_code",
        "unit_representative",
        "unit_move",
    }


def test_slogans_of_many_units_in_every_state(db: Database, contest: MadeContest) -> None:
    add(db, replace(FEW, people=60))
    slogans = rows_of(db, Slogan)
    assert Counter(row.status for row in slogans) == {"submitted": 14, "withdrawn": 1, "draft": 1}
    assert len({row.unit_id for row in slogans}) == len({row.draft_text for row in slogans}) == 16
    for version in rows_of(db, SloganVersion):
        assert OPENED - timedelta(weeks=1) <= version.written_at <= NOW
        assert 10 <= version.words <= 20
    assert max(row.version_number for row in slogans) == 2


def test_clearing_keeps_what_a_real_person_made_of_a_slogan(db: Database, contest: MadeContest) -> None:
    add(db, replace(FEW, people=60))
    taken, drafted = [row for row in rows_of(db, Slogan) if row.status == "submitted"][:2]
    for slogan, finished in ((taken, True), (drafted, False)):
        person = make_person(db, contest, now=NOW)
        with db.write() as session:
            session.get_one(Participant, person.id).unit_id = slogan.unit_id
            begin_term(session, unit_id=slogan.unit_id, participant_id=person.id, appointed_by="cchc", now=NOW)
        writing = Writing("Ai cũng có phần việc của mình để dân được nhờ hơn", "", "An Bình", author_public=False)
        write = submit_slogan.submit if finished else submit_slogan.save_draft
        write(db, participant_id=person.id, writing=writing, revision=slogan.revision, now=NOW)
    demo.clear(db)
    left = {row.id: row for row in rows_of(db, Slogan)}
    assert left.keys() == {taken.id, drafted.id}
    assert [(v.slogan_id, v.author) for v in rows_of(db, SloganVersion)] == [(taken.id, "An Bình")]
    assert (left[taken.id].status, left[taken.id].version_number) == ("submitted", taken.version_number + 1)
    assert (left[drafted.id].status, left[drafted.id].version_number) == ("draft", 0)
