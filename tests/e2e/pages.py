"""Page objects: what a person can see and do on each screen, by role and name, in the wording of the product."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Newcomer:
    """Somebody who registers."""

    number: str
    name: str
    born: str
    unit: str
    pin: str
    phone: str = ""


class HomePage:
    """/"""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> "HomePage":
        """Go there."""
        self.page.goto("/")
        return self.validate_page()

    def validate_page(self) -> "HomePage":
        """The title and the card that says what is open are here."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("cải cách hành chính")
        expect(self.page.get_by_text("Tuần 2 đang mở", exact=True)).to_be_visible()
        return self

    def next_step(self) -> Locator:
        """The one big button."""
        return self.page.locator(".now-card").get_by_role("link")


class SignInPage:
    """/dang-nhap"""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> "SignInPage":
        """Go there."""
        self.page.goto("/dang-nhap")
        return self.validate_page()

    def validate_page(self) -> "SignInPage":
        """Both doors are here."""
        expect(self.page.get_by_role("link", name="Đăng nhập bằng VNeID")).to_be_visible()
        expect(self.page.get_by_role("button", name="Đăng nhập bằng CCCD/CMND")).to_be_enabled()
        return self

    def sign_in(self, number: str, pin: str) -> None:
        """By number and PIN."""
        self.page.get_by_label("Số CCCD/CMND").fill(number)
        self.page.get_by_label("Mã PIN").fill(pin)
        self.page.get_by_role("button", name="Đăng nhập bằng CCCD/CMND").click()

    def by_vneid(self) -> "StandInPage":
        """Out through the other door."""
        self.page.get_by_role("link", name="Đăng nhập bằng VNeID").click()
        return StandInPage(self.page).validate_page()

    def to_registration(self) -> "RegisterPage":
        """First visit."""
        self.page.get_by_role("link", name=re.compile("Đăng ký")).click()
        return RegisterPage(self.page).validate_page()


class StandInPage:
    """/gia-lap-vneid: the simulated provider"""

    def __init__(self, page: Page) -> None:
        self.page = page

    def validate_page(self) -> "StandInPage":
        """It says that it is a simulation."""
        expect(self.page.get_by_role("heading", name="VNeID mô phỏng")).to_be_visible()
        expect(self.page.get_by_text("không phải cổng của Bộ Công an")).to_be_visible()
        return self

    def be(self, number: str, name: str, born: str) -> None:
        """Come back as whoever is typed."""
        self.page.get_by_label("Số định danh cá nhân").fill(number)
        self.page.get_by_label("Họ và tên").fill(name)
        self.page.get_by_label("Ngày sinh").fill(born)
        self.page.get_by_role("button", name="Xác nhận và quay lại hội thi").click()

    def be_citizen(self, name: str) -> None:
        """Come back as one of the invented citizens."""
        self.page.get_by_role("button", name=re.compile(name)).click()

    def cancel(self) -> None:
        """Come back as nobody."""
        self.page.get_by_role("button", name="Hủy, quay lại hội thi").click()


class RegisterPage:
    """/dang-ky, three steps"""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> "RegisterPage":
        """Go there."""
        self.page.goto("/dang-ky")
        return self.validate_page()

    def validate_page(self) -> "RegisterPage":
        """The first step is here."""
        expect(self.page.get_by_label("Họ và tên")).to_be_visible()
        return self

    def fill_identity(self, number: str, name: str, born: str) -> None:
        """Step 1, and on."""
        self.page.get_by_label("Số CCCD/CMND").fill(number)
        self.page.get_by_label("Họ và tên").fill(name)
        self.page.get_by_label("Ngày sinh").fill(born)
        self.go_on()

    def go_on(self) -> None:
        """To the next step."""
        self.page.get_by_role("button", name="Tiếp tục", exact=True).click()

    def choose_unit(self, typed: str, unit: str) -> None:
        """Search the picker and pick."""
        self.page.get_by_role("searchbox").or_(self.page.get_by_role("combobox")).first.fill(typed)
        self.page.get_by_text(unit, exact=True).first.click()

    def choose_pin(self, pin: str, again: str) -> None:
        """Step 3, without sending."""
        self.page.get_by_label("Mã PIN", exact=True).fill(pin)
        self.page.get_by_label("Nhập lại mã PIN").fill(again)

    def consent(self) -> None:
        """Tick the box."""
        self.page.get_by_role("checkbox").check()

    def finish(self) -> None:
        """Send it all."""
        self.page.get_by_role("button", name="Hoàn tất đăng ký").click()

    def register(self, newcomer: Newcomer) -> None:
        """All three steps."""
        self.fill_identity(newcomer.number, newcomer.name, newcomer.born)
        self.choose_unit(newcomer.unit, newcomer.unit)
        if newcomer.phone:
            self.page.get_by_label("Số điện thoại").fill(newcomer.phone)
        self.go_on()
        self.choose_pin(newcomer.pin, newcomer.pin)
        self.consent()
        self.finish()
        # The browser fetches its cookie on the way to the quiz.
        self.page.wait_for_url(re.compile(r"^[^?]*/thi$"))


class QuizPage:
    """/thi and /luyen-tap"""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str = "/thi") -> "QuizPage":
        """Go there."""
        self.page.goto(path)
        return self

    def begin(self) -> "QuizPage":
        """Take the paper."""
        self.page.get_by_role("button", name="Bắt đầu làm bài").click()
        return self.validate_page()

    def validate_page(self) -> "QuizPage":
        """A question with its options and the clock are here, and nothing that leads away."""
        expect(self.page.get_by_role("radio").first).to_be_attached()
        expect(self.page.get_by_role("timer")).to_have_text(re.compile(r"\d\d:\d\d"))
        expect(self.page.get_by_role("navigation")).to_have_count(0)
        return self

    def number(self) -> int:
        """Which question is on the screen, from 1."""
        shown = self.page.get_by_role("button", name="Danh sách câu hỏi").text_content() or ""
        return int(re.findall(r"\d+", shown)[0])

    def choose(self, option: int) -> None:
        """Mark an option card."""
        self.page.locator("label.option").nth(option).click()

    def answer(self, option: int) -> None:
        """Mark an option and send it; returns when the feedback is here."""
        self.choose(option)
        self.page.get_by_role("button", name="Trả lời").click()
        expect(self.feedback()).to_be_visible()

    def feedback(self) -> Locator:
        """Right or wrong."""
        return self.page.get_by_text(re.compile("^[✓✗] (Chính xác|Chưa đúng)"))

    def go_on(self) -> None:
        """To the next question."""
        before = self.number()
        self.page.get_by_role("button", name="Câu tiếp theo").click()
        expect(self.page.get_by_role("button", name="Danh sách câu hỏi")).not_to_contain_text(f"Câu {before}/")

    def answer_all(self, total: int = 20) -> None:
        """Every question of a fresh paper, any option."""
        for done in range(total):
            self.answer(done % 4)
            if done < total - 1:
                self.go_on()

    def hand_in(self) -> "ResultPage":
        """Hand in and confirm."""
        self.page.get_by_role("button", name="Nộp bài").first.click()
        self.page.get_by_role("button", name="Xác nhận nộp bài").click()
        return ResultPage(self.page).validate_page()


class ResultPage:
    """/ket-qua/<receipt>"""

    def __init__(self, page: Page) -> None:
        self.page = page

    def validate_page(self) -> "ResultPage":
        """The sentence with the score is here."""
        expect(
            self.page.get_by_text(re.compile(r"Bạn trả lời đúng \d+/\d+ câu trong \d\d phút \d\d giây"))
        ).to_be_visible()
        return self

    def receipt(self) -> str:
        """The code."""
        return self.page.locator("code.receipt").inner_text()

    def why(self) -> Locator:
        """The steps of the tie-break chain."""
        return self.page.locator(".why li")

    def review(self) -> Locator:
        """Open the review; its questions."""
        self.page.get_by_role("button", name="Xem lại bài").click()
        return self.page.get_by_role("article")


class BoardPage:
    """/xep-hang"""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, query: str = "") -> "BoardPage":
        """Go there."""
        self.page.goto(f"/xep-hang{query}")
        return self.validate_page()

    def validate_page(self) -> "BoardPage":
        """The heading and somebody's row are here."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Xếp hạng")
        return self

    def row(self, name: str) -> Locator:
        """Somebody's row."""
        return self.page.get_by_text(name)
