"""Organisers and the slogan round in browsers: list, decisions, codes, publication; then everybody's gallery."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import delete
from sqlmodel import col, select

from cchc_app import frontend
from cchc_app.contest.access import Role
from cchc_app.contest.regulations import digest, to_json
from cchc_app.data.contests import contest_in_force
from cchc_app.data.crypto import load_keyring, use_keyring
from cchc_app.data.engine import Database
from cchc_app.data.tables import Participant, RuleSetVersion, Slogan, SloganVersion, Unit
from cchc_app.services import run_judging
from cchc_app.settings import Settings
from tests.e2e.test_accessibility import violations
from tests.factories import MadeContest, Person
from tests.live_site import LiveSite
from tests.slogans import codes_by_unit, judge_everything, make_slogan
from tests.staff import Staffer, make_staff

TABLET = {"viewport": {"width": 820, "height": 1180}, "device_scale_factor": 1, "has_touch": True, "is_mobile": False}
TEXTS = (
    "Một cửa mở rộng đón dân, một lòng tận tụy, ngàn niềm tin yêu",
    "Hòa nhịp cùng dân, phục vụ tận tâm, thành phố vươn tầm biển lớn",
    "HOÀ NHỊP CÙNG DÂN – PHỤC VỤ TẬN TÂM – THÀNH PHỐ VƯƠN TẦM BIỂN LỚN",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A site of its own, whose slogan round has just closed."""
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("slogan-desk"))
    live.run("init", "--preset", "demo")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


@pytest.fixture(scope="module")
def db(place: LiveSite) -> Iterator[Database]:
    use_keyring(load_keyring(Settings(data_dir=Path(place.environment["CCHC_DATA_DIR"]))))
    database = Database(place.environment["CCHC_DATABASE_URL"])
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def contest(db: Database) -> MadeContest:
    """Three units have handed in: the first in the official order of their blocs."""
    now = datetime.now(UTC).replace(microsecond=0)
    with db.write() as session:
        found = contest_in_force(session)
        slogan = replace(found.rule_set.slogan, closes_at=now - timedelta(hours=1))
        rules = replace(found.rule_set, version=found.rule_set.version + 1, note="Đóng", slogan=slogan)
        session.add(
            RuleSetVersion(
                contest_id=found.contest_id,
                version=rules.version,
                digest=digest(rules),
                body=to_json(rules),
                published_at=now,
            )
        )
        # Those of the demonstration would stand between them.
        session.execute(delete(SloganVersion))
        session.execute(delete(Slogan))
        units = session.exec(select(Unit.id).order_by(col(Unit.position))).all()
        people = {unit: person for person, unit in session.exec(select(Participant.id, Participant.unit_id))}
    made = MadeContest(found.contest_id, rules, tuple(unit or 0 for unit in units), dict(found.period_ids))
    chosen = [n for n, unit in enumerate(made.unit_ids) if unit in people][: len(TEXTS)]
    for unit, text in zip(chosen, TEXTS, strict=True):
        writer = Person(people[made.unit_ids[unit]], made.unit_ids[unit], "", "")
        make_slogan(db, made, unit=unit, text=text, author="Đỗ Thị Ngân", writer=writer)
    return made


def staff_page(new_phone: Callable[..., Page], place: LiveSite, who: Staffer, **options) -> Page:
    page = new_phone(**{**TABLET, "base_url": place.url, **options})
    page.context.add_cookies([{"name": "cchc_bqt", "value": who.token, "url": place.url}])
    return page


def member(db: Database, role: Role) -> Staffer:
    return make_staff(db, role, now=datetime.now(UTC))


def test_list_filter_sort_and_a_link_that_keeps_them(
    new_phone: Callable[..., Page], place: LiveSite, db: Database, contest: MadeContest
) -> None:
    page = staff_page(new_phone, place, member(db, Role.ORGANISER))
    page.goto("/quan-tri")
    page.get_by_role("link", name="Khẩu hiệu", exact=True).click()
    table = page.get_by_role("table", name="Khẩu hiệu của các đơn vị")
    expect(table.get_by_role("row")).to_have_count(51)
    expect(page.get_by_text("Trang 1/4")).to_be_visible()
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_text("Trang 2/4")).to_be_visible()
    page.get_by_label("Tình trạng").select_option("submitted")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(table.get_by_role("row")).to_have_count(len(TEXTS) + 1)
    page.get_by_role("link", name="Tiếng").click()
    expect(table.get_by_role("columnheader", name="Tiếng")).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile("trang-thai=submitted&xep=tieng$"))
    # The address alone makes the same list, searched without accents.
    other = staff_page(new_phone, place, member(db, Role.AUDITOR))
    other.goto(f"{page.url}&tim=tan+tuy")
    rows = other.get_by_role("table", name="Khẩu hiệu của các đơn vị").get_by_role("row")
    expect(rows).to_have_count(2)
    expect(rows.nth(1)).to_contain_text(TEXTS[0])
    expect(other.get_by_label("Tình trạng")).to_have_value("submitted")
    with other.expect_download() as download:
        other.get_by_role("link", name="Xuất xlsx").click()
    assert download.value.suggested_filename == "khau-hieu.xlsx"
    assert violations(page) + violations(other) == []


def test_alike_ones_stand_side_by_side(
    new_phone: Callable[..., Page], place: LiveSite, db: Database, contest: MadeContest
) -> None:
    page = staff_page(new_phone, place, member(db, Role.AUDITOR), color_scheme="dark")
    page.goto("/quan-tri/khau-hieu/giong-nhau")
    expect(page.get_by_text("Trùng từng chữ · 100%")).to_be_visible()
    for text in TEXTS[1:]:
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_text(TEXTS[0])).to_have_count(0)
    wrong = violations(page)
    page.get_by_role("link", name="Nhắc đơn vị").click()
    expect(page.get_by_role("button", name="Sao chép danh sách")).to_be_visible()
    copied = page.get_by_role("button", name="Sao chép danh sách").get_attribute("data-copy") or ""
    assert copied.startswith("Các đơn vị chưa gửi khẩu hiệu (nhận đến ")
    assert len(re.findall(r"^\d+\. ", copied, re.MULTILINE)) == len(contest.unit_ids) - len(TEXTS)
    assert wrong + violations(page) == []


def test_disqualify_reinstate_and_extend(
    new_phone: Callable[..., Page], place: LiveSite, db: Database, contest: MadeContest
) -> None:
    page = staff_page(new_phone, place, member(db, Role.ORGANISER))
    page.goto("/quan-tri/khau-hieu?trang-thai=submitted")
    page.get_by_role("row", name=TEXTS[2]).get_by_role("link").click()
    page.get_by_text("Loại khỏi vòng thi").click()
    page.get_by_role("button", name="Loại khẩu hiệu").click()
    expect(page.get_by_text("CCHC-243")).to_be_visible()
    page.locator("#reason-out").fill("Trùng khẩu hiệu đã gửi trước")
    page.get_by_role("button", name="Loại khẩu hiệu").click()
    expect(page.get_by_text(re.compile("^Đã loại khẩu hiệu của"))).to_be_visible()
    page.get_by_text("Nhận lại vào vòng thi").click()
    page.locator("#reason-in").fill("Hai đơn vị cùng sáng tác")
    page.get_by_role("button", name="Nhận lại khẩu hiệu").click()
    expect(page.get_by_text(re.compile("^Đã nhận lại khẩu hiệu của"))).to_be_visible()
    page.get_by_text("Gia hạn riêng cho đơn vị").click()
    there = datetime.now(UTC) + timedelta(hours=7, minutes=2)
    page.get_by_label("Nhận đến").fill(f"{there:%Y-%m-%dT%H:%M}")
    page.locator("#reason-more").fill("Mất điện")
    page.get_by_role("button", name="Gia hạn", exact=True).click()
    expect(page.get_by_text(re.compile("^Đã gia hạn cho"))).to_be_visible()
    assert violations(page) == []
    read_only = staff_page(new_phone, place, member(db, Role.AUDITOR))
    read_only.goto(page.url)
    expect(read_only.get_by_text("Vai trò của bạn chỉ xem.")).to_be_visible()
    expect(read_only.get_by_role("button", name=re.compile("Loại|Gia hạn"))).to_have_count(0)


def test_codes_are_printed_once_and_representatives_change(
    new_phone: Callable[..., Page], place: LiveSite, db: Database, contest: MadeContest
) -> None:
    page = staff_page(new_phone, place, member(db, Role.ORGANISER))
    page.goto("/quan-tri/ma-don-vi")
    for n in range(2):
        page.get_by_role("checkbox").nth(n).check()
    page.get_by_role("button", name="Tạo mã cho đơn vị đã chọn").click()
    codes = page.locator("code.unit-code")
    expect(codes).to_have_count(2)
    expect(codes.first).to_be_in_viewport()
    expect(codes.first).to_have_text(re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$"))
    expect(page.get_by_role("img", name="Mã QR mở trang nhập mã")).to_have_count(2)
    wrong = violations(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("table")).to_be_hidden()
    expect(codes.first).to_be_visible()
    page.emulate_media(media="screen")
    page.reload()
    expect(page.get_by_role("table")).to_be_visible()
    expect(codes).to_have_count(0)
    unit = next(code for code in _codes_of_units_with_people(db))
    page.goto(f"/quan-tri/ma-don-vi?mo={unit}")
    page.get_by_role("button", name=re.compile("^Cử làm đại diện")).first.click()
    expect(page.get_by_text(re.compile("đã là người đại diện của"))).to_be_visible()
    wrong += violations(page)
    page.get_by_role("button", name=re.compile("^Thôi cử")).click()
    expect(page.get_by_text("Đơn vị chưa có người đại diện.")).to_be_visible()
    assert wrong == []


def _codes_of_units_with_people(db: Database) -> list[str]:
    with db.read() as session:
        return list(session.exec(select(Unit.code).join(Participant, col(Participant.unit_id) == Unit.id).distinct()))


def test_publish_then_everybody_looks(
    new_phone: Callable[..., Page], place: LiveSite, db: Database, contest: MadeContest
) -> None:
    phone = new_phone(base_url=place.url)
    phone.goto("/khau-hieu/ket-qua")
    expect(phone.get_by_role("heading", name="Chưa công bố kết quả")).to_be_visible()
    wrong = violations(phone)
    organiser, best = member(db, Role.ORGANISER), _judge(db, contest)
    page = staff_page(new_phone, place, organiser)
    cut: list[str] = []
    page.on("websocket", lambda line: line.on("close", lambda closed: cut.append(closed.url)))
    page.goto("/quan-tri/khau-hieu/cong-bo")
    expect(page.get_by_role("table", name="Mọi khẩu hiệu đã chấm, theo thứ hạng")).to_be_visible()
    cut.clear()  # of the page before
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải biên bản chấm").click()
    assert download.value.suggested_filename == "bien-ban-cham-khau-hieu.docx"
    assert cut == []  # a page that was cut off would load again with the next deed, over what that had said
    page.get_by_label("Mã xác thực của bạn").fill(organiser.code(datetime.now(UTC)))
    page.get_by_role("button", name="Công bố kết quả").click()
    expect(page.get_by_text(re.compile("^Đã công bố bản 1"))).to_be_visible()
    wrong += violations(page)
    phone.goto("/")
    phone.get_by_role("link", name="Xem kết quả vòng khẩu hiệu").click()
    winners = phone.locator(".winners li")
    expect(winners.first).to_contain_text("Giải Nhất")
    expect(winners.first).to_contain_text(TEXTS[0])
    expect(winners.first).to_contain_text("Đỗ Thị Ngân")
    phone.get_by_label("Tìm khẩu hiệu, đơn vị").fill("bien lon")
    phone.get_by_role("button", name="Tìm", exact=True).click()
    expect(winners).to_have_count(2)
    image = phone.request.get(f"/khau-hieu/ket-qua/KH-{best:03}.png")
    assert (image.status, image.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(image.body())).size == (1200, 630)
    again = phone.request.get(f"/khau-hieu/ket-qua/KH-{best:03}.png", headers={"If-None-Match": image.headers["etag"]})
    assert again.status == 304
    assert wrong + violations(phone) == []


def _judge(db: Database, contest: MadeContest) -> int:
    """Three judges; the slogan of the first unit is the best. Its blind number."""
    later = datetime.now(UTC) + timedelta(hours=1)  # after the exception given above
    organiser = member(db, Role.ORGANISER).username
    judges = [member(db, Role.JUDGE) for _ in range(3)]
    run_judging.open_main(db, actor=organiser, now=later)
    numbers = codes_by_unit(db)
    in_order = [numbers[unit] for unit in contest.unit_ids if unit in numbers]
    points = dict(zip(in_order, (9, 7, 5), strict=True))
    for judge in judges:
        judge_everything(db, judge, contest.rule_set.judging, points, now=later)
    run_judging.close_round(db, actor=organiser, now=later)
    return in_order[0]


def test_judges_are_shown_nothing(
    new_phone: Callable[..., Page], place: LiveSite, db: Database, contest: MadeContest
) -> None:
    page = staff_page(new_phone, place, member(db, Role.JUDGE))
    for path in ("/quan-tri/khau-hieu", "/quan-tri/khau-hieu/cong-bo", "/quan-tri/ma-don-vi"):
        page.goto(path)
        expect(page.get_by_role("heading", name="Bạn không có quyền mở trang này")).to_be_visible()
        expect(page.get_by_role("link", name="Khẩu hiệu", exact=True)).to_have_count(0)
