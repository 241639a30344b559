"""A new contest in the browser, on both databases."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.quiz import COUNTED, PRACTICE, bank
from cchc_app.data.seeding import add_contest
from cchc_app.data.tables import AuditEntry, Contest, Question, QuestionVersion, Unit, UnitHeadcount
from cchc_app.services import create_contest, take_quiz
from cchc_app.services.create_contest import Created, Plan, present_contest, preset_plan, read_plan
from cchc_app.services.field_errors import FieldErrors
from cchc_app.services.presets import load_preset
from cchc_app.services.sessions import viewer
from tests.factories import NOW, WEEK, every_row, make_contest, make_person
from tests.staff import Staffer, make_staff

FORM = {
    "source": "hai-phong-2025",
    "title": "Hội thi năm 2027",
    "short_title": "Hội thi 2027",
    "slug": "hoi-thi-2027",
    "contest_code": "ht27",
    "first_day": "01/02/2027",
}
PLAN = read_plan(FORM, units=True, bank=True)
COPY = replace(PLAN, source="copy")


def create(db: Database, plan: Plan, who: Staffer | None = None, now: datetime = NOW) -> Created:
    who = who or make_staff(db, Role.ORGANISER)
    return create_contest.create_contest(db, plan, actor=who.username, code=who.code(now), now=now)


def code_of(db: Database, plan: Plan, **how) -> ErrorCode:
    with pytest.raises(ContestError) as refused:
        create(db, plan, **how)
    return refused.value.code


def test_an_empty_database_gets_a_contest_from_a_preset(db: Database) -> None:
    who = make_staff(db, Role.ORGANISER)
    assert present_contest(db, actor=who.username, now=NOW) is None
    done = create(db, PLAN, who)
    preset = load_preset("hai-phong-2025", now=NOW).contest
    assert (done.units, done.questions) == (len(preset.units), len(preset.questions))
    with db.read() as session:
        contest = contest_in_force(session)
        row = session.get_one(Contest, contest.contest_id)
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "contest_created")).one()
    assert (row.title, row.short_title, row.slug, row.code) == (
        *("Hội thi năm 2027", "Hội thi 2027"),
        *("hoi-thi-2027", "HT27"),
    )
    assert contest.rule_set.periods[0].opens_at == datetime(2027, 1, 31, 17, tzinfo=UTC)
    spans = [(p.closes_at - p.opens_at) for p in contest.rule_set.periods]
    assert spans == [p.closes_at - p.opens_at for p in preset.rule_set.periods]
    assert entry.actor == who.username


def test_units_and_questions_may_be_left_out(db: Database) -> None:
    done = create(db, replace(PLAN, units=False, bank=False))
    assert (done.units, done.questions) == (0, 0)


def test_a_copy_has_units_headcounts_questions_in_use_and_the_rules(db: Database) -> None:
    old = make_contest(db)
    with db.write() as session:
        retired = session.exec(select(Question).where(Question.code == "Q000")).one()
        retired.status = "retired"
        newer = session.exec(select(Question).where(Question.code == "Q001")).one()
        session.add(
            QuestionVersion(
                question_id=newer.id,
                version=2,
                stem="newer",
                options=["a", "b"],
                key=[0, 1],
                explanation="",
                legal_basis="",
                confidence="high",
                created_at=NOW,
            )
        )
        newer.approved_version = 2
    done = create(db, COPY)
    with db.read() as session:
        contest = contest_in_force(session)
        units = session.exec(
            select(Unit).where(Unit.contest_id == contest.contest_id).order_by(col(Unit.position))
        ).all()
        counts = session.exec(
            select(UnitHeadcount.headcount).where(col(UnitHeadcount.unit_id).in_([unit.id for unit in units]))
        ).all()
        items = bank(session, contest_id=contest.contest_id, pool="main", on=NOW.date())
        wordings = session.exec(
            select(QuestionVersion).where(
                col(QuestionVersion.id).in_([item.question_version_id for item in items]),
                QuestionVersion.stem == "newer",
            )
        ).one()
    assert (done.units, done.questions, len(items)) == (2, 17, 11)
    assert ([unit.code for unit in units], counts) == (["U0", "U1"], [50, 50])
    assert (wordings.version, wordings.key) == (1, [0, 1])
    assert contest.rule_set.quiz == old.rule_set.quiz
    assert contest.rule_set.periods[0].opens_at == datetime(2027, 1, 31, 17, tzinfo=UTC)
    assert contest.rule_set.slogan.closes_at - contest.rule_set.periods[0].opens_at == 2 * WEEK


def test_nothing_to_copy_is_said(db: Database) -> None:
    assert code_of(db, COPY) is ErrorCode.CONTEST_MISSING


def test_a_contest_without_papers_may_be_replaced_and_its_people_are_signed_out(db: Database) -> None:
    person = make_person(db, make_contest(db))
    assert viewer(db, token_hash=person.token_hash, now=NOW) is not None
    create(db, COPY)
    assert viewer(db, token_hash=person.token_hash, now=NOW) is None
    with pytest.raises(ContestError) as refused:
        take_quiz.begin(db, participant_id=person.id, kind=PRACTICE, now=NOW)
    assert refused.value.code is ErrorCode.NO_PERIOD


def test_a_contest_with_papers_is_not_replaced_before_its_last_period_is_over(db: Database) -> None:
    contest = make_contest(db)
    receipt = take_quiz.begin(db, participant_id=make_person(db, contest).id, kind=COUNTED, now=NOW)
    who = make_staff(db, Role.ORGANISER)
    before = every_row(db)
    assert code_of(db, COPY, who=who) is ErrorCode.CONTEST_RUNNING
    assert every_row(db) == before
    end = contest.rule_set.periods[-1].closes_at
    assert code_of(db, COPY, who=who, now=end) is ErrorCode.CONTEST_RUNNING  # the paper was not closed yet
    assert take_quiz.sweep(db, now=end) == 1
    create(db, COPY, who, now=end)
    assert receipt.startswith("T26-")


def test_a_paper_of_the_contest_before_is_still_closed(db: Database) -> None:
    """Whoever began while the new contest was being set up: their paper ends under their own rules."""
    contest = make_contest(db)
    take_quiz.begin(db, participant_id=make_person(db, contest).id, kind=COUNTED, now=NOW)
    with db.write() as session:
        new = preset_plan(load_preset("hai-phong-2025", now=NOW).contest, replace(PLAN, units=False, bank=False))
        add_contest(session, new, now=NOW)
    assert take_quiz.sweep(db, now=NOW + timedelta(hours=1)) == 1


def test_names_once_used_stay_used(db: Database) -> None:
    make_contest(db)
    assert code_of(db, replace(COPY, slug="test")) is ErrorCode.SLUG_TAKEN


def test_of_two_at_once_one_sets_it_up(db: Database) -> None:
    make_contest(db)
    people, ready, outcomes = [make_staff(db, Role.ORGANISER) for _ in range(2)], threading.Barrier(2), []

    def work(who: Staffer) -> None:
        ready.wait()
        try:
            create(db, COPY, who)
            outcomes.append("created")
        except ContestError as error:
            outcomes.append(error.code.name)

    threads = [threading.Thread(target=work, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["SLUG_TAKEN", "created"]


def test_it_takes_an_organiser_and_a_fresh_code(db: Database) -> None:
    auditor, organiser = make_staff(db, Role.AUDITOR), make_staff(db, Role.ORGANISER)
    before = every_row(db)
    assert code_of(db, PLAN, who=auditor) is ErrorCode.NOT_ALLOWED
    assert every_row(db) == before
    with pytest.raises(ContestError) as refused:
        create_contest.create_contest(db, PLAN, actor=organiser.username, code="1", now=NOW)
    assert refused.value.code is ErrorCode.CODE_WRONG


@pytest.mark.parametrize(
    ("field", "raw", "code"),
    [
        ("source", "demo", ErrorCode.FIELD_MISSING),
        ("source", "", ErrorCode.FIELD_MISSING),
        ("title", " ", ErrorCode.FIELD_MISSING),
        ("short_title", "x" * 61, ErrorCode.TEXT_TOO_LONG),
        ("slug", "Hội thi", ErrorCode.SLUG_INVALID),
        ("slug", "-a-", ErrorCode.SLUG_INVALID),
        ("contest_code", "HP 25", ErrorCode.CONTEST_CODE_INVALID),
        ("first_day", "31/02/2027", ErrorCode.INSTANT_INVALID),
        ("first_day", "2027-02-01", ErrorCode.INSTANT_INVALID),
    ],
)
def test_every_field_says_what_is_wrong(field: str, raw: str, code: ErrorCode) -> None:
    with pytest.raises(FieldErrors) as refused:
        read_plan(FORM | {field: raw}, units=False, bank=False)
    assert {name: error.code for name, error in refused.value.errors.items()} == {field: code}
