"""Wording of judging: the judges' desk and the organisers' page of rounds."""

from datetime import datetime
from fractions import Fraction

from cchc_app.texts.formats import clock_and_date, second_and_date

DESK_TITLE = "Chấm khẩu hiệu"
ROUNDS_TITLE = "Vòng chấm"

# The judges' desk
NO_TASKS_TITLE = "Chưa có khẩu hiệu nào giao cho bạn"
NO_TASKS_TEXT = "Khi Ban Tổ chức mở vòng chấm, các khẩu hiệu của bạn hiện ở đây. Bạn quay lại trang này sau."
ROUND_TABS = "Các vòng bạn đã chấm"
PROGRESS = "Tiến độ chấm"
PROGRESS_DONE = "Đã chấm"
BLIND = "Chấm theo mã số: bạn không thấy đơn vị và tác giả, và chưa ai thấy điểm của ai."
TASK_LIST = "Khẩu hiệu của bạn"
SCALE_HINT = "Chọn điểm là lưu ngay"
POINTS_OF = "điểm"
WEIGHT = "trọng số"
COMMENT = "Nhận xét của bạn (không bắt buộc)"
COMMENT_HINT = "Tự lưu khi bạn ngừng gõ. Chỉ hiện cho giám khảo khác khi mọi người đã nộp điểm."
SKIP = "Bỏ qua, chấm sau"
UNSKIP = "Chấm lại từ bây giờ"
SKIPPED_NOTE = "Bạn đã để khẩu hiệu này lại chấm sau. Chọn điểm là nhận chấm tiếp."
NEXT = "Khẩu hiệu tiếp theo"
SUBMIT = "Nộp toàn bộ điểm"
SUBMIT_QUESTION = "Nộp điểm của tất cả khẩu hiệu trong danh sách? Sau khi nộp, bạn không sửa được nữa."
SUBMIT_CONFIRM = "Xác nhận nộp điểm"
SUBMIT_CANCEL = "Xem lại đã"
CONFLICT_TITLE = "Tôi không nên chấm khẩu hiệu này"
CONFLICT_TEXT = (
    "Nếu bạn nhận ra khẩu hiệu hoặc có liên quan đến người viết, bạn ghi lý do. "
    "Khẩu hiệu được chuyển cho giám khảo khác và không quay lại danh sách của bạn."
)
CONFLICT_REASON = "Lý do"
CONFLICT_SEND = "Từ chối chấm"
CONFLICT_DONE = "Đã ghi nhận. Khẩu hiệu đó không còn trong danh sách của bạn."
STATES = {"done": "đã chấm", "begun": "chấm dở", "skipped": "để sau", "todo": "chưa chấm"}
WAITING_TITLE = "Bạn đã nộp điểm"
OWN_SCORES = "Điểm bạn đã nộp"
CHECK_AGAIN = "Xem lại tình hình"
COMPARE_TITLE = "Đối chiếu điểm"
COMPARE_TEXT = "Mọi giám khảo đã nộp. Khẩu hiệu lệch điểm nhiều xếp trước: các giám khảo trao đổi và ghi lại kết luận."
NEEDS_TALK = "Cần trao đổi"
YOU = "Bạn"
NOTES = "Ghi chép trao đổi"
NO_NOTES = "Chưa có ghi chép."
NOTE = "Nội dung trao đổi"
NOTE_SEND = "Lưu ghi chép"
NOTE_DONE = "Đã lưu ghi chép."
COLUMN_JUDGE = "Giám khảo"
COLUMN_TOTAL = "Điểm"
COLUMN_CODE = "Mã"
COLUMN_TEXT = "Khẩu hiệu"
SCORE = "Điểm khẩu hiệu"
SPREAD = "Chênh lệch"

# The organisers' page
BEFORE_TITLE = "Chưa mở vòng chấm"
OPEN_ROUND = "Mở vòng chấm"
OPEN_CONFIRM = "Xác nhận mở vòng chấm"
OPEN_QUESTION = (
    "Mở vòng chấm? Bản mới nhất của mỗi đơn vị được giữ nguyên để chấm, mã số và người chấm được rút ngẫu nhiên. "
    "Việc này không làm lại được."
)
CLOSE_ROUND = "Đóng vòng chấm"
CLOSE_CONFIRM = "Xác nhận đóng vòng chấm"
CLOSE_QUESTION = "Đóng vòng chấm? Điểm của vòng này là cuối cùng, không giám khảo nào được đổi nữa."
CANCEL = "Để sau"
ROUND_OPENED = "Đã mở vòng chấm. Giám khảo thấy phần của mình ngay bây giờ."
ROUND_CLOSED = "Đã đóng vòng chấm. Thứ hạng hiện ở bảng kết quả."
ROUNDS_CAPTION = "Các vòng chấm"
COLUMN_ROUND = "Vòng"
COLUMN_OPENED = "Mở"
COLUMN_CLOSED = "Đóng"
STILL_OPEN = "Đang mở"
JUDGES = "Giám khảo"
JUDGES_CAPTION = "Giám khảo, khối lượng và xung đột"
NO_JUDGES = "Chưa có giám khảo nào. Người quản trị mời giám khảo ở trang Nhân sự."
COLUMN_LOAD = "Được giao"
COLUMN_SCORED = "Đã chấm"
COLUMN_SUBMITTED = "Đã nộp"
COLUMN_CONFLICTS = "Không chấm đơn vị"
JUDGE_DISABLED = "Đã khóa"
NO_NUMBER = "Chưa khai số CCCD, hệ thống không biết đơn vị của người này"
OWN_UNIT = "đơn vị của mình"
SELF_DECLARED = "tự từ chối"
NOTE_CONFLICT = "Ghi xung đột lợi ích"
NOTE_CONFLICT_HINT = (
    "Giám khảo không thấy khẩu hiệu của đơn vị này nữa. Điểm đã cho ở vòng đang mở bị rút, nhật ký giữ lại."
)
CHOOSE_JUDGE = "Chọn giám khảo"
UNIT = "Đơn vị"
CHOOSE_UNIT = "Chọn đơn vị"
SAVE_CONFLICT = "Ghi xung đột"
CONFLICT_NOTED = "Đã ghi xung đột. Phần chấm liên quan, nếu có, cần đổi người chấm."
LIFT_CONFLICT = "Gỡ xung đột đã ghi"
LIFT_CONFLICT_HINT = (
    "Khi ghi nhầm. Phần chấm chưa giao cho người khác trở lại danh sách của giám khảo, chưa có điểm. "
    "Đơn vị của chính giám khảo thì không gỡ được."
)
CONFLICT = "Xung đột"
CHOOSE_CONFLICT = "Chọn xung đột"
LIFT_REASON = "Vì sao gỡ"
LIFT = "Gỡ xung đột"
CONFLICT_LIFTED = "Đã gỡ xung đột. Giám khảo có thể chấm khẩu hiệu của đơn vị này."
ASSIGNMENTS = "Ai chấm khẩu hiệu nào"
ASSIGNMENTS_CAPTION = "Khẩu hiệu và giám khảo của vòng mới nhất"
COLUMN_UNIT = "Đơn vị"
COLUMN_JUDGES = "Giám khảo"
COLUMN_ACTION = "Việc"
CHANGE = "Đổi người chấm"
CHANGE_OF = "Đổi người chấm"
CHANGE_FROM = "Giám khảo hiện tại"
CHANGE_TO = "Giao cho"
CHANGE_SAVE = "Đổi"
CHANGE_NOTE = "Chỉ đổi được phần chưa có điểm, phần có xung đột, hoặc phần chưa nộp của tài khoản đã khóa."
CHANGED = "Đã đổi người chấm."
CLOSE_PANEL = "Đóng"
TASK_STATES = {
    "todo": "chưa chấm",
    "begun": "chấm dở",
    "scored": "chấm xong",
    "submitted": "đã nộp",
    "conflict": "xung đột, cần đổi",
    "gone": "tài khoản khóa, cần đổi",
}
TASK_TONES = {
    "todo": "plain",
    "begun": "info",
    "scored": "info",
    "submitted": "right",
    "conflict": "wrong",
    "gone": "wrong",
}
DISQUALIFIED = "Bị loại"
RESULTS = "Kết quả"
RESULTS_CAPTION = "Kết quả chấm theo thứ hạng"
RESULTS_HIDDEN = "Điểm hiện ở đây khi mọi giám khảo đã nộp."
COLUMN_RANK = "Hạng"
NO_RANK = "–"
COLUMN_SCORES = "Điểm từng giám khảo"
COLUMN_SCORE = "Điểm"
COLUMN_SPREAD = "Chênh lệch"
COLUMN_TIES = "Chấm lại"
TALKED = "Đã trao đổi"
TIES = "Khẩu hiệu bằng điểm"
TIES_TEXT = "Chọn những nhóm cần phân định. Vòng chấm lại chỉ xếp thứ tự trong từng nhóm, không đổi hạng của nhóm khác."
NO_TIES = "Không còn khẩu hiệu nào bằng điểm."
OPEN_TIE = "Mở vòng chấm lại"


def code_name(number: int) -> str:
    """The blind number as everybody reads it, `KH-007`."""
    return f"KH-{number:03d}"


def round_name(number: int) -> str:
    """What a round is called."""
    return "Vòng chấm chính" if number == 1 else f"Vòng chấm lại {number - 1}"


def score_text(score: Fraction) -> str:
    """A score with two decimals, halves up, `8,33`; order and ties go by the exact fraction."""
    hundredths = (score * 100 + Fraction(1, 2)).__floor__()
    return f"{hundredths // 100},{hundredths % 100:02d}"


def saved_at(now: datetime) -> str:
    """Said once it is on disk."""
    return f"Đã lưu lúc {second_and_date(now).split()[0]}"


def share(weight: int, weights: int) -> str:
    """How much a criterion counts."""
    return f"{WEIGHT} {weight}/{weights}"


def done_of(done: int, total: int) -> str:
    """How far a judge is."""
    return f"{PROGRESS_DONE} {done}/{total}"


def waiting_text(left: int) -> str:
    """What a judge who has handed in waits for."""
    return f"Còn {left} phần chấm của các giám khảo khác chưa nộp. Điểm của mọi người hiện ở đây khi đã đủ."


def place_in_list(place: int, total: int) -> str:
    """Which slogan of how many is on the screen."""
    return f"{place}/{total}"


def before_text(deadline: datetime, *, closed: bool) -> str:
    """When the main round may be opened."""
    when = clock_and_date(deadline)
    return f"Hạn nhận khẩu hiệu đã hết lúc {when}." if closed else f"Mở được từ {when}, khi hết hạn nhận khẩu hiệu."


def entrants_text(slogans: int, judges: int, per_slogan: int) -> str:
    """What there is to judge, and by whom."""
    return f"{slogans} khẩu hiệu đã gửi, {judges} giám khảo, mỗi khẩu hiệu {per_slogan} người chấm."


def open_text(done: int, total: int) -> str:
    """How far an open round is."""
    return f"Đã nộp {done}/{total} phần chấm."


def closed_text(closed_at: datetime) -> str:
    """Since when the newest round is over."""
    return f"Vòng gần nhất đã đóng lúc {clock_and_date(closed_at)}."


def by_and_at(who: str, at: datetime) -> str:
    """Who did it and when."""
    return f"{clock_and_date(at)}, {who}"


def criteria_order(names: list[str]) -> str:
    """Which points stand in which place in the results table."""
    return "Trong ngoặc là điểm theo thứ tự tiêu chí: " + "; ".join(names) + "."


def judge_score(name: str, total: Fraction, points: list[int]) -> str:
    """What one judge gave, in the results table."""
    return f"{name}: {score_text(total)} ({' · '.join(map(str, points))})"


def tie_text(rank: int, names: list[str]) -> str:
    """A group of tied slogans."""
    return f"Hạng {rank}: {', '.join(names)}"


def lift_text(name: str, username: str, unit: str) -> str:
    """A conflict to choose: whose, and with which unit."""
    return f"{name} ({username}) – {unit}"


def conflict_text(unit: str, reason: str, noted_by: str, username: str) -> str:
    """A unit a judge must not judge, and why."""
    if not noted_by:
        return f"{unit} ({OWN_UNIT})"
    return f"{unit} ({SELF_DECLARED if noted_by == username else noted_by}: {reason})"
