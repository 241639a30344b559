"""The slogan page and its writers, as browser tests use them."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from playwright.sync_api import Locator, Page, expect
from sqlmodel import col, select

from cchc_app.contest.regulations import digest, from_json, to_json
from cchc_app.data.engine import Database
from cchc_app.data.tables import RuleSetVersion, Slogan, SloganVersion, Unit
from tests.writers import Writer, add_to_unit


class SloganPage:
    """/khau-hieu, as a representative sees it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.editor = page.locator("[data-slogan-editor]")
        self.text = page.get_by_role("textbox", name="Khẩu hiệu", exact=True)
        self.author = page.get_by_role("textbox", name="Tác giả")
        self.count = page.locator("[data-slogan=count]")
        self.verdict = page.locator("[data-slogan=verdict]")
        self.send = page.get_by_role("button", name="Gửi khẩu hiệu", exact=True)

    def open(self) -> "SloganPage":
        """Go there."""
        self.page.goto("/khau-hieu")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Khẩu hiệu của đơn vị")
        return self

    def write(self, text: str, *, author: str = "Tổ một cửa") -> None:
        """Type, without waiting for the draft."""
        self.text.fill(text)
        self.author.fill(author)

    def saved(self) -> None:
        """Wait for the draft to be kept."""
        expect(self.editor).to_have_attribute("data-saved", "clean")
        expect(self.page.get_by_text(re.compile(r"Đã lưu nháp lúc \d\d:\d\d"))).to_be_visible()

    def hand_in(self) -> None:
        """Send and confirm."""
        self.send.click()
        dialog = self.page.get_by_role("dialog", name="Gửi khẩu hiệu này?")
        dialog.get_by_role("button", name="Xác nhận gửi").click()
        expect(dialog).to_have_count(0)

    def handed_in(self) -> Locator:
        """The card of what counts."""
        return self.page.locator(".card", has=self.page.get_by_role("heading", name="Khẩu hiệu đã gửi"))


def as_person(phone: Page, person: Writer, base_url: str) -> Page:
    """Give a phone the session of a participant."""
    phone.context.add_cookies([{"name": "cchc", "value": person.token, "url": base_url}])
    return phone


def writer(db: Database, unit: str) -> Writer:
    """A new representative of a unit."""
    return add_to_unit(db, 1, unit=unit, now=datetime.now(UTC), writing=True)[0]


def versions(db: Database, unit: str) -> list[tuple[str, str]]:
    """What a unit did and handed in, oldest first."""
    with db.read() as session:
        found = session.exec(
            select(SloganVersion.action, SloganVersion.text)
            .join(Slogan, col(Slogan.id) == SloganVersion.slogan_id)
            .join(Unit, col(Unit.id) == Slogan.unit_id)
            .where(Unit.code == unit)
            .order_by(col(SloganVersion.number))
        )
        return [(action, text) for action, text in found]


def close_at(db: Database, instant: datetime) -> datetime:
    """Move everybody's deadline by a new version of the rules; when it was before."""
    with db.write() as session:
        newest = session.exec(select(RuleSetVersion).order_by(col(RuleSetVersion.version).desc())).first()
        assert newest is not None
        before = from_json(newest.body)
        after = replace(
            before,
            version=before.version + 1,
            note="test",
            slogan=replace(before.slogan, closes_at=instant.replace(microsecond=0)),
        )
        session.add(
            RuleSetVersion(
                contest_id=newest.contest_id,
                version=after.version,
                digest=digest(after),
                body=to_json(after),
                published_at=datetime.now(UTC),
            )
        )
    return before.slogan.closes_at
