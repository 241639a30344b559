"""Signing in through VNeID in a browser, in each of the three profiles, against the stand-in."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from playwright.sync_api import Page, expect

from tests.e2e.pages import RegisterPage, SignInPage, StandInPage
from tests.e2e.test_main_job import UNIT, newcomer
from tests.live_site import LiveSite

PROFILES = ("oidc", "national_portal", "vneid_direct")
ON_THE_QUIZ = re.compile(r"^[^?]*/thi$")


@pytest.fixture(scope="module", params=PROFILES)
def profile_site(
    request: pytest.FixtureRequest, site: LiveSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveSite]:
    """The contest with VNeID in one profile; `oidc` is what runs when nothing is configured."""
    if request.param == "oidc":
        yield site
        return
    folder = tmp_path_factory.mktemp(request.param)
    environment = {"CCHC_VNEID_PROFILE": request.param}
    if request.param == "vneid_direct":
        environment["CCHC_VNEID_PRIVATE_KEY_FILE"] = str(_make_key(folder))
    live = LiveSite(folder, environment=environment)
    live.run("init", "--preset", "demo")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


def _make_key(folder: Path) -> Path:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    path = folder / "rsa.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


def test_first_and_later_visits(profile_site: LiveSite, new_phone: Callable[..., Page]) -> None:
    person, page = newcomer(), new_phone(base_url=profile_site.url)
    SignInPage(page).open().by_vneid().be(person.number, person.name, person.born)
    page.wait_for_url(re.compile("/dang-ky/vneid"))
    expect(page.get_by_text(person.name)).to_be_visible()
    assert person.number not in page.content()
    page.get_by_role("button", name="Hoàn tất đăng ký").click()
    expect(page.get_by_text("Bạn chưa chọn đơn vị.")).to_be_visible()
    form = RegisterPage(page)
    form.choose_unit(person.unit, person.unit)
    form.consent()
    form.finish()
    page.wait_for_url(ON_THE_QUIZ)
    page.goto("/tai-khoan")
    expect(page.get_by_role("heading", name=person.name)).to_be_visible()
    expect(page.get_by_text(UNIT)).to_be_visible()
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    expect(page.get_by_role("link", name="Đăng nhập", exact=True)).to_be_visible()
    SignInPage(page).open().by_vneid().be(person.number, person.name, person.born)
    page.wait_for_url(ON_THE_QUIZ)
    assert [cookie.get("name") for cookie in page.context.cookies()] == ["cchc"]


def test_an_account_is_taken_over(new_phone: Callable[..., Page]) -> None:
    person, squatter, page = newcomer(), new_phone(), new_phone()
    RegisterPage(squatter).open().register(person)
    SignInPage(page).open().by_vneid().be(person.number, person.name, person.born)
    expect(page.get_by_text("Tài khoản này nay thuộc về VNeID của bạn.")).to_be_visible()
    page.get_by_role("link", name="Tiếp tục").click()
    page.wait_for_url(ON_THE_QUIZ)
    squatter.goto("/tai-khoan")
    squatter.wait_for_url(re.compile("/dang-nhap"))
    SignInPage(squatter).sign_in(person.number, person.pin)
    expect(squatter.get_by_text("Số CCCD/CMND hoặc mã PIN chưa đúng.")).to_be_visible()


def test_an_invented_citizen(page: Page) -> None:
    SignInPage(page).open().by_vneid().be_citizen("Trần Văn Thử Nghiệm")
    page.wait_for_url(re.compile("/dang-ky/vneid"))
    expect(page.get_by_text("Trần Văn Thử Nghiệm")).to_be_visible()


def test_cancelling_leads_back_to_both_doors(page: Page) -> None:
    page.goto("/dang-nhap?tiep=/xep-hang")
    SignInPage(page).by_vneid().cancel()
    expect(page.get_by_text("Bạn đã dừng đăng nhập ở cổng VNeID.")).to_be_visible()
    expect(page.get_by_text("CCHC-222")).to_be_visible()
    SignInPage(page).validate_page()
    assert "tiep=/xep-hang" in page.url


def test_nobody_opens_the_second_page_alone(page: Page) -> None:
    page.goto("/dang-ky/vneid")
    page.wait_for_url(re.compile("/dang-nhap"))
    expect(page.get_by_text("CCHC-223")).to_be_visible()


def test_both_pages_are_accessible(page: Page) -> None:
    person = newcomer()
    SignInPage(page).open().by_vneid()
    assert Axe().run(page).response["violations"] == []
    StandInPage(page).be(person.number, person.name, person.born)
    page.wait_for_url(re.compile("/dang-ky/vneid"))
    expect(page.get_by_text(person.name)).to_be_visible()
    assert Axe().run(page).response["violations"] == []
