"""A slogan round judged to its end, through the judges' own desks: what results, files and publication begin with."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cchc_app.contest.access import Role
from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota
from cchc_app.data.engine import Database
from cchc_app.data.tables import Contest
from cchc_app.services import run_judging
from cchc_app.services.judge_slogans import save_points, submit
from cchc_app.services.judging_desk import desk
from tests.factories import JUDGING, NOW, WEEK, MadeContest, make_contest, rules
from tests.slogans import MadeSlogan, codes_by_unit, make_slogan, with_units
from tests.staff import Staffer, make_staff

AFTER = NOW + WEEK
QUOTAS = tuple(
    PrizeQuota(code=code, title=title, kind=PrizeKind.SLOGAN, period=None, bloc=None, count=1)
    for code, title in (("slogan_first", "Giải Nhất"), ("slogan_second", "Giải Nhì"))
)
# What each judge gives for spirit (weight 3) and form (weight 1), by the place of the unit.
POINTS = (((9, 8), (8, 7), (10, 9)), ((7, 6), (7, 5), (6, 6)), ((5, 5), (4, 6), (5, 4)))
# The totals and their means worked out by hand: (9·3+8)/4, (8·3+7)/4, (10·3+9)/4 and so on.
TOTALS = (("8,75", "7,75", "9,75"), ("6,75", "6,50", "6,00"), ("5,00", "4,50", "4,75"))
SCORES = ("8,75", "6,42", "4,75")


@dataclass(frozen=True)
class Judged:
    """What a test needs to know of a judged round."""

    contest: MadeContest
    slogans: tuple[MadeSlogan, ...]
    organiser: Staffer
    judges: tuple[Staffer, ...]
    codes: tuple[int, ...]  # blind numbers by the place of the unit


def make_judged(
    db: Database, points=POINTS, *, close: bool = True, now: datetime = AFTER, made_at: datetime = NOW
) -> Judged:
    """One slogan a unit, judged by three.

    Args:
        points: By the unit's place, then by judge: whole points for spirit and form.
        close: Whether the round is closed.
        now: When it is judged.
        made_at: When accounts and contest are made.
    """
    rule_set = replace(rules(), judging=replace(JUDGING, judges_per_slogan=3))
    rule_set = replace(rule_set, slogan=replace(rule_set.slogan, closes_at=now - timedelta(hours=1)))
    rule_set = replace(rule_set, prizes=replace(rule_set.prizes, quotas=QUOTAS))
    contest = with_units(db, make_contest(db, rule_set), len(points))
    with db.write() as session:
        row = session.get_one(Contest, contest.contest_id)
        row.content = {
            "organiser": "Ủy ban nhân dân thành phố Hải Phòng",
            "place": "Hải Phòng",
        }
    slogans = tuple(make_slogan(db, contest, unit=unit) for unit in range(len(points)))
    organiser = make_staff(db, Role.ORGANISER, now=made_at)
    judges = tuple(make_staff(db, Role.JUDGE, username=f"giam.khao.{n}", now=made_at) for n in "abc")
    run_judging.open_main(db, actor=organiser.username, now=now)
    by_unit = codes_by_unit(db)
    codes = tuple(by_unit[unit_id] for unit_id in contest.unit_ids)
    for place, judge in enumerate(judges):
        for task in desk(db, actor=judge.username).tasks:
            given = points[codes.index(task.code_number)][place]
            for criterion, value in zip(("spirit", "form"), given, strict=True):
                save = {"code_number": task.code_number, "criterion": criterion, "points": value, "now": now}
                save_points(db, actor=judge.username, **save)
        submit(db, actor=judge.username, now=now)
    if close:
        run_judging.close_round(db, actor=organiser.username, now=now)
    return Judged(contest, slogans, organiser, judges, codes)
