"""A contest whose slogans are all in, on a site of its own, with an organiser and three judges who are signed in."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, WebSocket, expect
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
DESK = "/quan-tri/cham-khau-hieu"
CRITERIA = 4


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


class Judge:
    """One judge's tablet, and all it is sent."""

    def __init__(self, page: Page, panel: Panel, place: int) -> None:
        self.page, self.name = page, JUDGES[panel.judges[place].username]
        self.received: list[str] = []
        page.on("websocket", self._listen)
        sign_in(page.context, panel.site, panel.judges[place])

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.received.append(frame if isinstance(frame, str) else ""))

    @property
    def sent(self) -> str:
        """Every update so far, as text."""
        return "\n".join(
            frame.encode().decode("unicode_escape") if "\\u" in frame else frame for frame in self.received
        )

    def open(self) -> None:
        """Go to the desk."""
        self.page.goto(DESK)
        expect(self.page.locator(".judging-text")).to_be_visible()

    def code(self) -> int:
        """Which slogan is on the screen."""
        return int((self.page.locator(".judging-main .eyebrow").text_content() or "").removeprefix("KH-"))

    def codes(self) -> list[int]:
        """Which slogans are on the desk."""
        return [int(name.removeprefix("KH-")) for name in self.page.locator(".judging-chip b").all_text_contents()]

    def texts(self) -> dict[int, str]:
        """The slogans on the desk, looked at one after the other."""
        found = {}
        for code in self.codes():
            self.page.get_by_role("button", name=f"KH-{code:03}").click()
            expect(self.page.locator(".judging-main .eyebrow")).to_have_text(f"KH-{code:03}")
            found[code] = self.page.locator(".judging-text").inner_text()
        return found

    def score(self, points: Callable[[int], int]) -> None:
        """Everything on the desk, and hand in."""
        total = len(self.codes())
        for done in range(1, total + 1):
            code = self.code()
            for criterion in range(CRITERIA):
                field = self.page.get_by_role("group").nth(criterion)
                field.get_by_text(str(points(code)), exact=True).click()
                expect(self.page.get_by_text(re.compile(r"Đã lưu lúc \d\d:\d\d:\d\d"))).to_be_visible()
            expect(self.page.get_by_text(f"Đã chấm {done}/{total}")).to_be_visible()
            if done < total:
                self.page.get_by_role("button", name="Khẩu hiệu tiếp theo").click()
                expect(self.page.locator(".judging-main .eyebrow")).not_to_have_text(f"KH-{code:03}")
        self.page.get_by_role("button", name="Nộp toàn bộ điểm").click()
        self.page.get_by_role("button", name="Xác nhận nộp điểm").click()
        expect(self.page.get_by_role("button", name="Xác nhận nộp điểm")).to_have_count(0)
