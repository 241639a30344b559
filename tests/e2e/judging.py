"""A contest whose slogans are all in, on a site of its own, with an organiser and three judges who are signed in."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import BrowserContext
from sqlmodel import col, select

from cchc_app.contest.access import Role
from cchc_app.contest.regulations import digest, to_json
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import RuleSetVersion, StaffAccount, Unit
from cchc_app.settings import Settings
from tests.factories import MadeContest, make_person
from tests.live_site import LiveSite
from tests.slogans import MadeSlogan, give_number, make_slogans, set_declared
from tests.staff import Staffer, make_staff

JUDGES = {"bao.tran": "Trần Gia Bảo", "chi.le": "Lê Linh Chi", "dung.vu": "Vũ Tiến Dũng"}
NUMBER = "031085099901"


@dataclass
class Panel:
    """Everybody and everything a test of judging needs."""

    site: LiveSite
    db: Database
    slogans: list[MadeSlogan]
    organiser: Staffer
    judges: list[Staffer]


def prepare(site: LiveSite, *, slogans: int, judges_per_slogan: int = 2) -> Panel:
    """Slogans of that many units, each to be judged by two; the first judge takes part for the first unit.

    The contest's dates are of 2025: the slogans' window is over.
    """
    use_keyring(load_keyring(Settings(data_dir=Path(site.environment["CCHC_DATA_DIR"]))))
    db, now = Database(site.environment["CCHC_DATABASE_URL"]), datetime.now(UTC)
    with db.write() as session:
        force = contest_in_force(session)
        judging = replace(force.rule_set.judging, judges_per_slogan=judges_per_slogan)
        rules = replace(force.rule_set, version=2, note="Two judges", judging=judging)
        session.add(
            RuleSetVersion(
                contest_id=force.contest_id, version=2, digest=digest(rules), body=to_json(rules), published_at=now
            )
        )
        units = session.exec(select(Unit.id).order_by(col(Unit.position))).all()
    contest = MadeContest(force.contest_id, rules, tuple(unit or 0 for unit in units), dict(force.period_ids))
    made = make_slogans(db, contest, slogans)
    organiser = make_staff(db, Role.ORGANISER, username="an.pham", now=now)
    judges = [make_staff(db, Role.JUDGE, username=name, now=now) for name in JUDGES]
    with db.write() as session:
        for judge in judges:
            session.get_one(StaffAccount, judge.id).display_name = JUDGES[judge.username]
    set_declared(db, judges[0], NUMBER)
    give_number(db, make_person(db, contest, unit=0, now=now), NUMBER)
    return Panel(site, db, made, organiser, judges)


def sign_in(context: BrowserContext, site: LiveSite, staffer: Staffer) -> None:
    """Give a browser the session of a member of staff."""
    context.add_cookies([{"name": "cchc_bqt", "value": staffer.token, "url": site.url}])
