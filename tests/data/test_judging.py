"""Judging of a demonstration's slogans goes with them; other judging stays."""

from datetime import timedelta

from sqlmodel import Session, SQLModel, col, func, select

from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.data.judging import remove_judging
from cchc_app.data.tables import JudgingAssignment, JudgingNote, JudgingRound, JudgingScore, Slogan
from cchc_app.services import run_judging
from cchc_app.services.judge_slogans import add_note
from tests.factories import JUDGING, NOW, make_contest
from tests.slogans import judge_everything, make_slogans, with_units
from tests.staff import make_staff

AFTER = NOW + timedelta(weeks=1)
TABLES: tuple[type[SQLModel], ...] = (JudgingRound, JudgingAssignment, JudgingScore, JudgingNote)


def counts(session: Session) -> list[int]:
    return [session.exec(select(func.count()).select_from(table)).one() for table in TABLES]


def test_judging_goes_with_its_slogans_and_a_round_with_its_last_one(db: Database) -> None:
    contest = with_units(db, make_contest(db), 3)
    slogans = make_slogans(db, contest, 3)
    organiser = make_staff(db, Role.ORGANISER).username
    judges = [make_staff(db, Role.JUDGE) for _ in range(2)]
    run_judging.open_main(db, actor=organiser, now=AFTER)
    for judge in judges:
        judge_everything(db, judge, JUDGING, {}, now=AFTER)
    for number in (1, 2, 3):
        add_note(db, actor=judges[0].username, number=1, code_number=number, text="x", now=AFTER)
    with db.write() as session:
        assert counts(session) == [1, 6, 12, 3]
        remove_judging(session, select(Slogan.id).where(Slogan.id == slogans[0].id))
        assert counts(session) == [1, 4, 8, 2]
        left = set(session.exec(select(JudgingAssignment.slogan_id)))
        assert left == {slogans[1].id, slogans[2].id}
        remove_judging(session, select(Slogan.id).where(col(Slogan.id).in_(left)))
        assert counts(session) == [0, 0, 0, 0]
