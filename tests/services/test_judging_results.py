"""From points in the tables to the published number: the same figures as worked out by hand."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.contest.judging import Aggregation
from cchc_app.data.engine import Database
from cchc_app.data.tables import Slogan
from cchc_app.services import run_judging
from cchc_app.services.judge_slogans import save_comment, save_points, submit
from cchc_app.services.judging_desk import desk
from cchc_app.services.judging_results import results
from tests.factories import JUDGING, NOW, make_contest, rules
from tests.slogans import make_slogan
from tests.staff import make_staff

AFTER = NOW + timedelta(weeks=1)
# (spirit, form) of three judges; spirit counts three times as much.
POINTS = {"judge.a": (10, 6), "judge.b": (8, 8), "judge.c": (3, 7)}
TOTALS = {"judge.a": Fraction(9), "judge.b": Fraction(8), "judge.c": Fraction(4)}  # 36/4, 32/4, 16/4


@pytest.mark.parametrize(
    ("aggregation", "score"),
    [(Aggregation.MEAN, Fraction(7)), (Aggregation.MEDIAN, Fraction(8)), (Aggregation.TRIMMED_MEAN, Fraction(8))],
)
def test_every_figure_by_hand(db: Database, aggregation: Aggregation, score: Fraction) -> None:
    contest = make_contest(db, replace(rules(), judging=replace(JUDGING, judges_per_slogan=3, aggregation=aggregation)))
    slogan = make_slogan(db, contest, author="Lê Văn Tám", author_public=False)
    organiser = make_staff(db, Role.ORGANISER).username
    judges = [make_staff(db, Role.JUDGE, username=name) for name in POINTS]
    assert results(db, contest_id=contest.contest_id).slogans == ()
    run_judging.open_main(db, actor=organiser, now=AFTER)
    for judge in judges:
        for criterion, points in zip(("spirit", "form"), POINTS[judge.username], strict=True):
            save = {"code_number": 1, "criterion": criterion, "points": points, "now": AFTER}
            save_points(db, actor=judge.username, **save)
        save_comment(db, actor=judge.username, code_number=1, comment=f"của {judge.username}")
        submit(db, actor=judge.username, now=AFTER)
    before = results(db, contest_id=contest.contest_id)
    assert (before.complete, before.slogans[0].score, before.slogans[0].rank) == (False, score, None)
    run_judging.close_round(db, actor=organiser, now=AFTER)
    found = results(db, contest_id=contest.contest_id)
    [one] = found.slogans
    assert (found.complete, found.rules.aggregation) == (True, aggregation)
    assert {each.judge: each.total for each in one.scores} == TOTALS
    assert {each.judge: tuple(each.points[name] for name in ("spirit", "form")) for each in one.scores} == POINTS
    assert [each.comment for each in one.scores] == [f"của {judge.username}" for judge in judges]
    assert (one.slogan_id, one.unit_id, one.unit_name) == (slogan.id, slogan.unit_id, slogan.unit_name)
    assert (one.text, one.author, one.author_public, one.code_number) == (slogan.text, "Lê Văn Tám", False, 1)
    assert (one.score, one.spread, one.needs_talk) == (score, Fraction(5), True)
    assert (one.rank, one.tied, one.tie_scores, one.notes) == (1, False, (), ())


def test_a_slogan_that_came_back_after_the_round_has_no_place(db: Database) -> None:
    contest = make_contest(db)
    out, _ = make_slogan(db, contest), make_slogan(db, contest, unit=1)
    organiser = make_staff(db, Role.ORGANISER).username
    judges = [make_staff(db, Role.JUDGE) for _ in range(2)]
    run_judging.open_main(db, actor=organiser, now=AFTER)

    def disqualified(at) -> None:
        with db.write() as session:
            session.exec(select(Slogan).where(Slogan.id == out.id)).one().disqualified_at = at

    disqualified(AFTER)
    for judge in judges:
        for task in desk(db, actor=judge.username).tasks:
            for criterion in ("spirit", "form"):
                save = {"code_number": task.code_number, "criterion": criterion, "points": 6, "now": AFTER}
                save_points(db, actor=judge.username, **save)
        submit(db, actor=judge.username, now=AFTER)
    run_judging.close_round(db, actor=organiser, now=AFTER)
    disqualified(None)
    found = results(db, contest_id=contest.contest_id)
    assert [(one.rank, one.score, len(one.scores)) for one in found.slogans] == [(1, 6, 2), (None, None, 0)]
