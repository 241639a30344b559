"""Wording of the slogan round: what it is, the writer's page, what was handed in."""

from collections.abc import Sequence
from datetime import datetime

from cchc_app.contest.regulations import SloganRules
from cchc_app.contest.schedule import Phase
from cchc_app.contest.slogans import Status
from cchc_app.texts.formats import clock, clock_and_date, end_with_year

TITLE = "Khẩu hiệu của đơn vị"
INTRO = "Vòng 2 của hội thi: mỗi đơn vị gửi một khẩu hiệu về cải cách hành chính."
RULES_TITLE = "Yêu cầu"
WORDS_RULE = "Tiếng là cụm ký tự giữa hai khoảng trắng có chữ cái hoặc chữ số. Dấu câu đứng riêng không được tính."
ONE_RULE = "Mỗi đơn vị một khẩu hiệu, do người đại diện đơn vị gửi. Gửi lại hoặc rút được cho đến hết hạn."
DEADLINE_TITLE = "Thời hạn"
RULES_LINK = "Đọc thể lệ"
STATUS = {Phase.UPCOMING: "Chưa mở", Phase.OPEN: "Đang mở", Phase.CLOSED: "Đã đóng"}
LEFT = "còn"

WHO_TITLE = "Ai viết cho đơn vị?"
WHO_VISITOR = "Người đại diện đăng nhập rồi nhập mã của đơn vị để viết khẩu hiệu."
WHO_NOBODY = "Đơn vị chưa có người đại diện. Ai giữ phiếu mã của đơn vị thì nhập mã để viết."
TO_CODE = "Nhập mã của đơn vị"
SIGN_IN = "Đăng nhập"
TO_DESK = "Bàn làm việc của đơn vị"
UNIT_STATES = {
    Status.DRAFT: ("Chưa gửi", "plain"),
    Status.SUBMITTED: ("Đã gửi", "right"),
    Status.WITHDRAWN: ("Đã rút", "gold"),
}
DISQUALIFIED = "Ban Tổ chức đã loại khẩu hiệu này. Lý do:"
MISSING_TITLE = "Chưa xem được vòng khẩu hiệu"

TEXT = "Khẩu hiệu"
TEXT_HINT = "Viết trên một dòng, dễ nhớ, theo tinh thần “hành chính phục vụ”."
OUT_OF = "tiếng"
CHIPS_LABEL = "Các tiếng được tính"
PREVIEW = "Sẽ hiển thị như sau"
EXPLANATION = "Thuyết minh (không bắt buộc)"
EXPLANATION_HINT = "Ý nghĩa của khẩu hiệu, cho Ban Tổ chức. Người chấm chỉ thấy khẩu hiệu, để chấm khách quan."
AUTHOR = "Tác giả"
AUTHOR_HINT = "Tên người hoặc tập thể nghĩ ra khẩu hiệu."
AUTHOR_PUBLIC = "Tác giả đồng ý nêu tên khi công bố khẩu hiệu."
# With how many are missing or too many in place of #.
VERDICTS = "Còn thiếu # tiếng|Đạt yêu cầu|Thừa # tiếng"
SAVE = "Lưu nháp"
SEND = "Gửi khẩu hiệu"
UNSAVED = "Chưa lưu"
SAVING = "Đang lưu"
SAVE_FAILED = "Chưa lưu được. Chữ bạn viết vẫn còn ở đây, hệ thống sẽ thử lại."
NOT_YET = "Bản nháp tự lưu khi bạn ngừng gõ."

SEND_TITLE = "Gửi khẩu hiệu này?"
SEND_TEXT = "Đơn vị vẫn thay hoặc rút được cho đến hết hạn."
REPLACE_TEXT = "Bản này thay cho bản đã gửi. Bản cũ vẫn được lưu lại."
CONFIRM_SEND = "Xác nhận gửi"
NOT_YET_SEND = "Viết tiếp"
NO_EXPLANATION = "Không có thuyết minh."

HANDED_IN = "Khẩu hiệu đã gửi"
RECEIPT = "Mã biên nhận"
EDIT = "Sửa và gửi lại"
CLOSE_EDITOR = "Thôi sửa"
WITHDRAW = "Rút khẩu hiệu"
WITHDRAW_TITLE = "Rút khẩu hiệu?"
WITHDRAW_TEXT = "Sau khi rút, đơn vị không có khẩu hiệu nào được tính cho đến khi gửi lại trước hạn. Bản nháp vẫn còn."
CONFIRM_WITHDRAW = "Xác nhận rút"
KEEP = "Giữ khẩu hiệu"
SENT = "Đã gửi khẩu hiệu. Bạn giữ mã biên nhận để đối chiếu khi cần."
WITHDRAWN = "Đã rút khẩu hiệu. Bạn sửa rồi gửi lại được trước hạn."
NONE_HANDED_IN = "Đơn vị không có khẩu hiệu nào được tính."

VERSIONS = "Các lần gửi và rút"
ACTIONS = {Status.SUBMITTED: "Gửi", Status.WITHDRAWN: "Rút"}

CLOSED_TITLE = "Đã hết hạn nhận khẩu hiệu"
LEFTOVER = "Phần đang viết chưa được gửi. Bạn chép lại nếu cần giữ."
COPY_TEXT = "Chép phần đang viết"

CONFLICT_TITLE = "Có hai bản khác nhau"
CONFLICT_TEXT = "Chưa có gì bị ghi đè. Bạn xem bản kia rồi chọn giữ bản nào."
TAKE_THEIRS = "Dùng bản kia"
KEEP_MINE = "Giữ bản của tôi"
RESCUE_TITLE = "Máy này còn giữ một bản chưa lưu"
RESCUE_TEXT = "Bản đang lưu của đơn vị đã mới hơn. Bạn chọn dùng bản nào."
USE_RESCUED = "Dùng bản trên máy này"
DISCARD_RESCUED = "Bỏ bản trên máy này"


def writers(names: Sequence[str]) -> str:
    """Who writes for the unit."""
    return f"Người đại diện: {', '.join(names)}." if names else WHO_NOBODY


def limits(rules: SloganRules) -> str:
    """`/ 10–20 tiếng`."""
    return f"/ {rules.min_words}–{rules.max_words} {OUT_OF}"


def deadline(phase: Phase, opens_at: datetime, closes_at: datetime) -> str:
    """From when or until when; the closing instant itself is too late."""
    match phase:
        case Phase.UPCOMING:
            return f"Mở lúc {clock_and_date(opens_at)}"
        case Phase.OPEN:
            return f"Nhận đến {end_with_year(closes_at)}"
        case Phase.CLOSED:
            return f"Đã khép lại lúc {end_with_year(closes_at)}"


def saved(at: datetime | None) -> str:
    """`Đã lưu nháp lúc 10:32`."""
    return NOT_YET if at is None else f"Đã lưu nháp lúc {clock(at)}"


def words(count: int) -> str:
    """`16 tiếng`."""
    return f"{count} {OUT_OF}"


def handed_in(writer: str, at: datetime) -> str:
    """Who handed in, and when."""
    return f"{writer} gửi lúc {clock_and_date(at)}"


def author(name: str, *, public: bool) -> str:
    """The author, and whether the name will be shown."""
    said = "đồng ý nêu tên" if public else "không nêu tên khi công bố"
    return f"Tác giả: {name} ({said})" if name else ""


def version_title(number: int, action: Status) -> str:
    """`Lần 2: gửi`."""
    return f"Lần {number}: {ACTIONS[action].lower()}"


def version_line(writer: str, at: datetime, count: int) -> str:
    """Who, when and how long."""
    return f"{clock_and_date(at)} · {writer} · {words(count)}"


def conflict(writer: str, at: datetime, *, own: bool) -> str:
    """Whose the other draft is."""
    who = "Bạn, ở một cửa sổ khác," if own else writer
    return f"{who} đã lưu lúc {clock_and_date(at)}:"
