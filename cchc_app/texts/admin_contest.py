"""Wording of the staff's pages about the contest: names, texts, files, a new contest, a look at any instant."""

from datetime import datetime, timedelta
from typing import Any

from cchc_app.contest.schedule import Phase
from cchc_app.texts.formats import clock_and_date, end_of_window, grouped, local

CONTEST = "Hội thi"
SECTIONS_LABEL = "Các phần thiết lập hội thi"
SECTIONS = {"ten": "Tên", "noi-dung": "Nội dung", "tep": "Tệp", "bang": "Bảng xếp hạng"}
FREEZE_TITLE = "Dừng bảng trước giờ kết thúc"
FREEZE_TEXT = (
    "Trong những phút cuối của tuần, bảng công khai, bảng trình chiếu, bảng nhúng và dữ liệu JSON giữ nguyên như lúc "
    "dừng; Ban Tổ chức vẫn xem được số liệu mới ở trang tổng quan. Bảng tự cập nhật lại khi tuần kết thúc."
)
FREEZE_MINUTES = "Số phút dừng (0: không dừng)"
FREEZE_NOTE = "Lời nhắn công khai"
FREEZE_NOTE_HINT = "Một câu hiện trên bảng trong lúc dừng, có thể để trống."
FREEZE_OVER = "Tuần đã kết thúc."
RULES = "Thể lệ"
SIMULATION = "Xem như thí sinh"
NEW_CONTEST = "Lập hội thi mới"
NO_CONTEST_TITLE = "Chưa có hội thi nào"
NO_CONTEST_TEXT = "Bạn lập hội thi đầu tiên từ một mẫu có sẵn; sau đó sửa được mọi phần."

TITLE = "Tên hội thi"
SHORT_TITLE = "Tên ngắn"
SHORT_TITLE_HINT = "Hiện trên thanh đầu trang, không quá 60 ký tự."
SLUG = "Tên đường dẫn"
CODE = "Mã hội thi"
FIXED_HINT = "Đặt khi lập hội thi, không đổi được: biên nhận và tệp đã dùng."
HEADLINE = "Dòng lớn trên trang chủ"
ORGANISER = "Cơ quan tổ chức"
SUPPORT = "Liên hệ hỗ trợ"
SUPPORT_HINT = "Số điện thoại hoặc thư điện tử, hiện ở chân mọi trang."
VIDEO = "Liên kết video giới thiệu"
VIDEO_HINT = "Địa chỉ https://, mở ở thẻ mới. Để trống thì trang chủ không có mục video."
PURPOSE = "Mục đích, giới thiệu"
AUDIENCE = "Đối tượng dự thi"
PRIZES = "Giải thưởng"
DOCUMENTS = "Văn bản tham khảo"
MARKDOWN_HINT = "Viết bằng Markdown: **đậm**, *nghiêng*, - danh sách, [chữ](https://liên-kết)."
PREVIEW = "Xem trước"
PREVIEW_EMPTY = "Rời ô nhập thì phần xem trước hiện ở đây."
SAVE = "Lưu"
SAVED = "Đã lưu. Trang công khai đổi theo trong vài giây."
NEWER_TITLE = "Bản mới của người khác"
NEWER_TEXT = "Nội dung bạn nhập vẫn ở các ô. Bấm Lưu lần nữa thì bản của bạn thay bản này."
READ_ONLY = "Vai trò của bạn chỉ xem phần này."

LOGO = "Logo"
LOGO_HINT = "PNG, JPEG hoặc WebP, tối đa 8 MB. Thu về 512 × 512 điểm ảnh."
BANNER = "Ảnh bìa"
BANNER_HINT = "PNG, JPEG hoặc WebP, tối đa 8 MB. Thu về rộng 1920 điểm ảnh. Thông tin máy ảnh và vị trí bị xóa."
DOCUMENT = "Văn bản"
DOCUMENT_HINT = "PDF, DOCX hoặc XLSX không có macro, tối đa 20 MB."
MOST_MEGABYTES = {"logo": 8, "banner": 8, "document": 20}
CHOOSE_FILE = "Chọn tệp"
UPLOAD = "Tải lên"
REMOVE = "Gỡ"
UPLOADED = "Đã tải lên."
REMOVED = "Đã gỡ tệp."
FILES_CAPTION = "Tệp đang hiện trên trang công khai"
NO_FILES = "Chưa có tệp nào. Trang chủ dùng tranh có sẵn."
COLUMN_FILE = "Tệp"
COLUMN_SLOT = "Chỗ dùng"
COLUMN_BY = "Người tải"
COLUMN_ACTION = "Việc"
SLOTS = {"logo": LOGO, "banner": BANNER, "document": DOCUMENT}

SOURCE = "Bắt đầu từ"
SOURCE_COPY = "Bản sao của hội thi hiện tại"
SOURCES = {"hai-phong-2025": "Mẫu: tìm hiểu cải cách hành chính, bốn tuần và vòng khẩu hiệu"}
CHOOSE_SOURCE = "Chọn nguồn"
SLUG_HINT = "Chữ thường không dấu, chữ số, gạch nối. Ví dụ: hai-phong-2026"
CODE_HINT = "Đứng đầu mọi mã biên nhận. Ví dụ: HP26"
FIRST_DAY = "Ngày đầu tiên"
FIRST_DAY_HINT = "Ngày/tháng/năm, ví dụ 02/11/2026. Các tuần và hạn khẩu hiệu được dời theo; sau đó sửa được."
WITH_UNITS = "Lấy cả danh sách đơn vị và quân số"
WITH_BANK = "Lấy cả ngân hàng câu hỏi đang dùng"
CREATE = "Lập hội thi"
CREATE_HAPPENS = "Việc này làm gì"
CREATE_FIRST = (
    "Trang công khai hiện hội thi này ngay.",
    "Người dự thi đăng ký được ngay; làm bài được từ giờ mở của tuần 1.",
)
CREATE_NEXT = (
    "Trang công khai chuyển sang hội thi mới ngay; bảng xếp hạng của hội thi cũ không còn hiện.",
    "Tài khoản dự thi thuộc về từng hội thi: mọi người đang đăng nhập bị đăng xuất và đăng ký lại cho hội thi mới.",
    "Bài thi, kết quả và nhật ký của hội thi cũ vẫn được lưu.",
)
RUNNING_TITLE = "Hội thi hiện tại chưa kết thúc"
RUNNING_TEXT = (
    "Đã có bài thi và còn tuần đang mở hoặc sắp mở. Lập hội thi mới được sau khi tuần cuối đóng và mọi bài đã khép. "
    "Nếu đây là bản trình diễn, người quản trị xóa người giả lập bằng lệnh cchc demo clear."
)
PRESENT = "Hội thi hiện tại"

AT = "Thời điểm"
AT_HINT = "Ngày/tháng/năm giờ:phút, giờ Việt Nam. Chỉ xem, không ghi gì."
LOOK = "Xem"
VISITOR = "Khách chưa đăng nhập"
NEWCOMER = "Người đã đăng nhập, chưa làm bài nào"
BUTTON = "Nút chính"
NOW_CARD = "Thẻ đang mở"
DOOR = "Trang Thi"
PAGES = "Thi và khẩu hiệu"
SLOGAN = "Vòng khẩu hiệu"
BOARDS = "Bảng xếp hạng"
NEWS = "Tin đang hiện"
WEEKS = "Các tuần"
JUMPS = "Mốc của thể lệ"
PHASES = {Phase.UPCOMING: "sắp mở", Phase.OPEN: "đang mở", Phase.CLOSED: "đã đóng"}
NO_BOARDS = "Chưa có bảng nào."
NO_NEWS = "Không có tin nào."


def too_large(slot: str) -> str:
    """Said of a file that is larger than its place takes."""
    return f"Tệp lớn hơn {MOST_MEGABYTES[slot]} MB. Bạn thu nhỏ rồi chọn lại."


def freeze_of(number: int) -> str:
    """A period's form."""
    return f"Tuần {number}"


def freeze_closes(closes_at: datetime) -> str:
    """When a period closes."""
    return f"Kết thúc lúc {end_of_window(closes_at)}."


def created(title: str, units: int, questions: int) -> str:
    """Said after a contest was set up."""
    return f"Đã lập “{title}” với {grouped(units)} đơn vị và {grouped(questions)} câu hỏi."


def uploaded(by: str, at: datetime) -> str:
    """Who put a file up, and when."""
    return f"{by}, {clock_and_date(at)}"


def typed_instant(instant: datetime) -> str:
    """An instant as forms take it, `03/11/2025 00:00`."""
    return f"{local(instant):%d/%m/%Y %H:%M}"


def typed_end(instant: datetime) -> str:
    """The end of a half-open window as forms take it: midnight is 24:00 of the day before."""
    there = local(instant)
    return f"{there - timedelta(days=1):%d/%m/%Y} 24:00" if f"{there:%H:%M}" == "00:00" else typed_instant(instant)


def seen_at(at: datetime) -> str:
    """The heading of a simulation."""
    return f"Lúc {clock_and_date(at)}"


def week_then(number: int, phase: Phase) -> str:
    """How a week stands."""
    return f"Tuần {number}: {PHASES[phase]}"


def door_then(door: Any) -> str:
    """What the quiz's start page says.

    Args:
        door: a `services.take_quiz.QuizDoor`.
    """
    if door.period_number is None:
        return "Không còn tuần nào; còn phần luyện tập."
    if door.is_open:
        left = door.attempts_allowed - door.attempts_used
        return f"Tuần {door.period_number} đang mở, còn {left} lượt, đóng lúc {clock_and_date(door.closes_at)}."
    return f"Tuần {door.period_number} mở lúc {clock_and_date(door.opens_at)}."


def board_then(number: int, withheld_until: datetime | None, *, overall: int) -> str:
    """A board and whether its places are shown."""
    name = "Chung cuộc" if number == overall else f"Tuần {number}"
    return f"{name}: hiện từ {clock_and_date(withheld_until)}" if withheld_until else f"{name}: đang hiện"


def moment(number: int, opening: bool) -> str:
    """A shortcut to an instant of the rules."""
    return f"Tuần {number} {'mở' if opening else 'đóng'}"


SLOGAN_CLOSES = "Hết hạn khẩu hiệu"
