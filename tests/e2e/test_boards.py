"""The boards on a phone: tabs, pages, search and unit numbers in the address; freeze; projector; frame."""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from cchc_app import routes
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.freezing import set_minutes
from cchc_app.data.tables import Participant, Unit
from cchc_app.services.clock import server_now
from cchc_app.settings import Settings
from tests.crowd import add_people
from tests.e2e.pages import BoardPage
from tests.e2e.test_accessibility import violations
from tests.e2e.test_live_board import LIVE_SECONDS, somebody_finishes
from tests.live_site import LiveSite


@pytest.fixture
def db(site: LiveSite) -> Database:
    """The site's own database, as another process of the site would open it."""
    use_keyring(load_keyring(Settings(data_dir=Path(site.environment["CCHC_DATA_DIR"]))))
    return Database(site.environment["CCHC_DATABASE_URL"])


HALL = {"viewport": {"width": 1920, "height": 1080}, "is_mobile": False, "has_touch": False, "device_scale_factor": 1}


def heading(page: Page, text: str, *, seconds: float = 10) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text, timeout=seconds * 1000)


def test_tabs_and_periods_are_links(new_phone: Callable[..., Page]) -> None:
    phone = new_phone()
    BoardPage(phone).open()
    boards = phone.get_by_role("navigation", name="Các bảng xếp hạng")
    boards.get_by_role("link", name="Đơn vị").click()
    heading(phone, "Xếp hạng đơn vị")
    expect(phone).to_have_url(re.compile(r"/xep-hang/don-vi\?tuan=2$"))
    phone.get_by_role("navigation", name="Chọn tuần").get_by_role("link", name="Cả hội thi").click()
    expect(phone).to_have_url(re.compile(r"tuan=chung-cuoc$"))
    boards.get_by_role("link", name="Khối").click()
    heading(phone, "Các khối đơn vị")
    phone.get_by_role("link", name=re.compile("Xem các đơn vị Xã")).click()
    expect(
        phone.get_by_role("navigation", name="Chọn khối").get_by_role("link", name=re.compile("Xã"))
    ).to_have_attribute("aria-current", "page")
    phone.go_back()
    heading(phone, "Các khối đơn vị")
    boards.get_by_role("link", name="Chung cuộc").click()
    heading(phone, "Xếp hạng")
    expect(boards.get_by_role("link", name="Chung cuộc")).to_have_attribute("aria-current", "page")


def test_a_search_is_in_the_address_and_can_be_sent(new_phone: Callable[..., Page]) -> None:
    phone, friend = new_phone(), new_phone()
    phone.goto("/xep-hang/don-vi?tuan=2")
    phone.get_by_role("searchbox").fill("so y te")
    expect(phone.locator(".unit-item")).to_have_count(1)
    expect(phone).to_have_url(re.compile(r"tim=so\+y\+te"))
    friend.goto(phone.url)
    expect(friend.locator(".unit-item")).to_contain_text("Sở Y tế")
    expect(friend.get_by_role("searchbox")).to_have_value("so y te")
    friend.locator(".unit-line").click()
    expect(friend.get_by_text("Tỷ lệ tham gia")).to_be_visible()
    friend.reload()
    expect(friend.get_by_text("Tỷ lệ tham gia")).to_be_visible()
    friend.locator(".unit-line").click()
    expect(friend.get_by_text("Tỷ lệ tham gia")).to_have_count(0)


def test_pages_to_the_last_line(new_phone: Callable[..., Page]) -> None:
    phone = new_phone()
    phone.goto("/xep-hang/don-vi?tuan=2")
    pages = phone.get_by_role("navigation", name="Các trang của bảng")
    pages.get_by_role("link", name="Trang cuối").click()
    expect(pages).to_contain_text("Trang 4/4")
    expect(phone.locator(".unit-item")).to_have_count(164 - 3 * 50)
    expect(phone).to_have_url(re.compile("trang=4"))
    phone.reload()
    expect(pages).to_contain_text("Trang 4/4")


def test_the_board_of_units_is_live_and_a_lost_line_catches_up(
    new_phone: Callable[..., Page],
    db: Database,
    complaints: list[str],
) -> None:
    (token,) = add_people(db, 1, now=server_now())
    with db.read() as session:
        unit = session.exec(
            select(Unit.code)
            .join(Participant, Participant.unit_id == Unit.id)  # type: ignore[arg-type]
            .order_by(Participant.id.desc())  # type: ignore[union-attr]
        ).first()
    phone = new_phone()
    phone.goto(f"/xep-hang/don-vi?tuan=2&tim={unit}")
    line = phone.locator(".unit-item .board-name")
    expect(line).to_be_visible()
    before = line.inner_text()
    blocs = new_phone()
    blocs.goto("/xep-hang/khoi?tuan=2")
    cards = blocs.locator(".board")
    expect(cards).to_contain_text("lượt")
    figures = cards.inner_text()
    phone.context.set_offline(True)
    somebody_finishes(db, token)
    expect(cards).not_to_have_text(figures, timeout=(LIVE_SECONDS + 1) * 1000)
    phone.wait_for_timeout(500)
    phone.context.set_offline(False)
    expect(line).not_to_have_text(before, timeout=45_000)
    complaints.clear()


@pytest.fixture
def frozen(db: Database) -> Iterator[None]:
    """The open week's boards stand still."""
    with db.write() as session:
        contest = contest_in_force(session)
        period = next(one for one in contest.rule_set.periods if one.closes_at > server_now())
        minutes = int((period.closes_at - server_now()) / timedelta(minutes=1)) + 2
        set_minutes(session, contest.period_ids[period.number], minutes=minutes, note="Chờ lễ tổng kết.")
    yield
    with db.write() as session:
        set_minutes(session, contest.period_ids[period.number], minutes=0, note="")


def test_a_frozen_board_says_so_everywhere(
    new_phone: Callable[..., Page],
    site: LiveSite,
    db: Database,
    frozen: None,
) -> None:
    phone = new_phone()
    BoardPage(phone).open()
    expect(phone.get_by_text("Chờ lễ tổng kết.")).to_be_visible()
    expect(phone.get_by_text("cập nhật trực tiếp")).to_have_count(0)
    size = phone.locator(".board > p").inner_text()
    told = [routes.API_STANDINGS, routes.API_UNIT_STANDINGS, routes.EMBEDDED_BOARD]
    before = [_read(site, path) for path in told]
    somebody_finishes(db, right=20)
    phone.wait_for_timeout(2500)
    assert phone.locator(".board > p").inner_text() == size
    assert [_read(site, path) for path in told] == before
    assert json.loads(before[0])["frozen"]["note"] == "Chờ lễ tổng kết."
    assert "Chờ lễ tổng kết." in before[2]
    phone.goto("/xep-hang/don-vi?tuan=2")
    expect(phone.get_by_text("Chờ lễ tổng kết.")).to_be_visible()
    assert violations(phone) == []


def _read(site: LiveSite, path: str) -> str:
    with urllib.request.urlopen(f"{site.url}{path}") as answer:
        return answer.read().decode()


def test_the_projector_goes_round_by_itself(new_phone: Callable[..., Page], db: Database) -> None:
    screen = new_phone(**HALL)
    screen.goto("/trinh-chieu?bang=chung-cuoc,2&giay=10")
    heading(screen, "Xếp hạng cá nhân · Chung cuộc")
    rows = screen.locator(".hall-rows > li")
    expect(rows).to_have_count(20)
    assert screen.evaluate("document.documentElement.scrollHeight") <= 1080
    sizes = rows.first.locator("b").first.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert sizes >= 30
    heading(screen, "Xếp hạng cá nhân · Tuần 2", seconds=20)
    screen.wait_for_timeout(2000)  # what changes before the first message is simply there
    somebody_finishes(db, right=20)
    expect(screen.locator(".hall-rows .glow")).to_have_count(1, timeout=(LIVE_SECONDS + 1) * 1000)
    heading(screen, "Xếp hạng cá nhân · Chung cuộc", seconds=20)
    assert violations(screen) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_units_for_everybody(new_phone: Callable[..., Page], scheme: str) -> None:
    phone = new_phone(color_scheme=scheme)
    for path in ("/xep-hang/don-vi?tuan=2&mo=HP-VPUB", "/xep-hang/khoi", "/xep-hang?trang=2", "/nhung/xep-hang"):
        phone.goto(path)
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        assert violations(phone) == [], path
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
