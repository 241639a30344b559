"""Organisers on a tablet: a person's data erased, accounts put together; a page of the staff that leaves by itself."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import Session, col, select

from cchc_app.contest.access import Role
from cchc_app.data.crypto import keyring, load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant
from cchc_app.services.staff_sessions import staff_sign_out
from cchc_app.settings import Settings
from tests.crowd import add_people
from tests.e2e.pages import RegisterPage, SignInPage
from tests.e2e.test_accessibility import violations
from tests.e2e.test_main_job import newcomer
from tests.e2e.test_staff import TABLET
from tests.live_site import LiveSite
from tests.staff import Staffer, make_staff


@pytest.fixture
def db(site: LiveSite) -> Iterator[Database]:
    """The database of the running site, with its keys."""
    before = keyring()
    use_keyring(load_keyring(Settings(data_dir=Path(site.environment["CCHC_DATA_DIR"]))))
    database = Database(site.environment["CCHC_DATABASE_URL"])
    yield database
    database.dispose()
    use_keyring(before)


def at_the_desk(db: Database, site: LiveSite, page: Page, role: Role = Role.ORGANISER) -> Staffer:
    """Somebody of the staff, signed in on a tablet."""
    one = make_staff(db, role, now=datetime.now(UTC))
    page.context.add_cookies([{"name": "cchc_bqt", "value": one.token, "url": site.url}])
    return one


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_request_for_erasure_from_the_phone_to_the_desk(
    new_phone: Callable[..., Page], site: LiveSite, db: Database, scheme: str
) -> None:
    person, phone, desk = newcomer(), new_phone(), new_phone(**TABLET, color_scheme=scheme)
    RegisterPage(phone).open().register(person)
    phone.goto("/tai-khoan/du-lieu")
    phone.get_by_text("Xóa dữ liệu", exact=True).first.click()
    phone.get_by_role("button", name="Gửi yêu cầu xóa").click()
    expect(phone.get_by_text(re.compile("Đã ghi nhận yêu cầu"))).to_be_visible()

    one = at_the_desk(db, site, desk)
    desk.goto("/quan-tri")
    desk.get_by_role("link", name="Yêu cầu dữ liệu").click()
    desk.get_by_role("button", name=f"Trả lời {person.name}").click()
    expect(desk.get_by_role("heading", name=f"Trả lời yêu cầu của {person.name}")).to_be_visible()
    wrong = violations(desk)
    desk.locator("#code-erase").fill(one.code(datetime.now(UTC)))
    desk.get_by_role("button", name="Thực hiện xoá").click()
    expect(desk.get_by_text(re.compile("Đã xóa dữ liệu của người gửi"))).to_be_visible()
    expect(desk.get_by_text(person.name)).to_have_count(0)
    assert wrong + violations(desk) == []

    phone.reload()
    phone.wait_for_url(re.compile("/dang-nhap"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_accounts_are_put_together(
    new_phone: Callable[..., Page], site: LiveSite, db: Database, scheme: str
) -> None:
    name = {"light": "Lâm Thị Sáng", "dark": "Lâm Thị Tối"}[scheme]
    add_people(db, 2, now=datetime.now(UTC))
    with db.write() as session:
        _make_pair(session, name)
    desk = new_phone(**TABLET, color_scheme=scheme)
    one = at_the_desk(db, site, desk)
    desk.goto("/quan-tri/gop-tai-khoan")
    desk.get_by_role("button", name=f"Xem {name}").click()
    desk.get_by_label("Lý do").fill("Đơn vị xác nhận")
    wrong = violations(desk)
    desk.locator("#code-merge").fill(one.code(datetime.now(UTC)))
    desk.get_by_role("button", name="Gộp hai tài khoản").click()
    expect(desk.get_by_text(re.compile("^Đã gộp"))).to_be_visible()
    expect(desk.get_by_text(name)).to_have_count(0)
    assert wrong + violations(desk) == []


def _make_pair(session: Session, name: str) -> None:
    """The two people added last become one person's two accounts."""
    ids = session.exec(select(Participant.id).order_by(col(Participant.id).desc()).limit(2)).all()
    mine = col(Participant.id).in_(ids)
    session.execute(update(Participant).where(mine).values(full_name=name, search_key=name.lower()))
    session.execute(update(Participant).where(col(Participant.id) == ids[0]).values(identity_normalised=False))


def test_a_page_of_the_staff_leaves_within_seconds_when_its_session_ends(
    new_phone: Callable[..., Page], site: LiveSite, db: Database
) -> None:
    desk = new_phone(**TABLET)
    one = at_the_desk(db, site, desk, Role.AUDITOR)
    desk.goto("/quan-tri/nhat-ky")
    expect(desk.get_by_role("heading", name="Nhật ký", level=1)).to_be_visible()
    expect(desk.get_by_text("Giám sát")).to_be_visible()
    staff_sign_out(db, token_hash=one.token_hash, now=datetime.now(UTC))
    ended = time.monotonic()
    desk.wait_for_url(re.compile("/quan-tri/dang-nhap"))
    assert time.monotonic() - ended < 5
    expect(desk.get_by_text("CCHC-251")).to_be_visible()
    assert violations(desk) == []


def test_a_changed_pin_opens_the_door_and_signs_the_others_out(new_phone: Callable[..., Page]) -> None:
    person, phone, other = newcomer(), new_phone(), new_phone()
    RegisterPage(phone).open().register(person)
    SignInPage(other).open().sign_in(person.number, person.pin)
    other.wait_for_url(re.compile("/thi$"))
    phone.goto("/tai-khoan")
    phone.get_by_label("Mã PIN đang dùng").fill(person.pin)
    phone.get_by_label("Mã PIN mới").fill("620485")
    phone.get_by_label("Nhập lại mã PIN").fill("620485")
    wrong = violations(phone)
    phone.get_by_role("button", name="Đổi mã PIN").click()
    expect(phone.get_by_text(re.compile("Đã lưu mã PIN mới"))).to_be_visible()
    assert wrong + violations(phone) == []
    other.wait_for_url(re.compile("/dang-nhap"))
    SignInPage(other).open().sign_in(person.number, "620485")
    other.wait_for_url(re.compile("/thi$"))
