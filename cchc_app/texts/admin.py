"""Wording of the staff's pages."""

import json
from datetime import datetime
from typing import Any

from cchc_app.texts.formats import clock_and_date, grouped

DESK = "Ban Tổ chức"
# What an authenticator app calls the account.
ISSUER = "Ban Tổ chức hội thi"
RAIL_LABEL = "Các trang của Ban Tổ chức"
TRAIL_LABEL = "Bạn đang ở"
ROLE = "Vai trò"
SIGN_OUT = "Đăng xuất"
TO_SITE = "Về trang hội thi"
DENIED_TITLE = "Bạn không có quyền mở trang này"
TO_DESK = "Về trang tổng quan"

OVERVIEW = "Tổng quan"
CONTEST = "Hội thi"
NEWS = "Tin tức"
PEOPLE = "Nhân sự"
AUDIT_LOG = "Nhật ký"

ROLES = {
    "judge": "Giám khảo",
    "question_editor": "Biên tập câu hỏi",
    "organiser": "Ban Tổ chức",
    "auditor": "Giám sát",
    "administrator": "Quản trị",
}
PERMISSIONS = {
    "take_quiz": "Dự thi",
    "write_slogan": "Viết khẩu hiệu của đơn vị",
    "enter_desk": "Vào các trang của Ban Tổ chức",
    "judge_slogans": "Chấm khẩu hiệu",
    "read_questions": "Đọc ngân hàng câu hỏi",
    "edit_questions": "Biên tập ngân hàng câu hỏi",
    "read_contest": "Đọc mọi số liệu của hội thi",
    "run_contest": "Thiết lập và điều hành hội thi",
    "reveal_citizen_id": "Xem đủ số CCCD/CMND của một người, có ghi nhật ký",
    "read_audit_log": "Đọc nhật ký",
    "manage_staff": "Mời, đổi vai trò và khóa tài khoản nhân sự",
    "manage_installation": "Quản lý khóa mã hóa và kết nối",
}

SIGN_IN_TITLE = "Đăng nhập Ban Tổ chức"
USERNAME = "Tên đăng nhập"
PASSWORD = "Mật khẩu"
CONTINUE = "Tiếp tục"
CODE_TITLE = "Mã xác thực"
CODE = "Mã xác thực"
CODE_HINT = "6 chữ số trên ứng dụng xác thực. Mất điện thoại: nhập một mã dự phòng, mỗi mã dùng một lần."
ENTER = "Đăng nhập"
START_OVER = "Nhập lại tên và mật khẩu"
PARTICIPANTS_DOOR = "Bạn là người dự thi? Đăng nhập dự thi"

INVITATION_TITLE = "Nhận lời mời"
INVITATION_GONE = "Không nhận được lời mời"
INVITATION_ROLE = "Bạn được mời với vai trò"
SCAN_TITLE = "1. Thêm vào ứng dụng xác thực"
SCAN_TEXT = "Mở ứng dụng xác thực trên điện thoại và quét mã này. Không quét được thì nhập tay chuỗi bên dưới."
SCAN_ALT = "Mã QR để thêm tài khoản vào ứng dụng xác thực"
SECRET = "Chuỗi nhập tay"
ACCOUNT_TITLE = "2. Tạo tài khoản"
USERNAME_HINT = "Chữ thường không dấu, chữ số, dấu chấm. Ví dụ: lan.nguyen"
DISPLAY_NAME = "Họ và tên"
PASSWORD_HINT = "Từ 12 ký tự. Ghép bốn, năm từ không liên quan nhau là dễ nhớ mà khó đoán."
PASSWORD_AGAIN = "Nhập lại mật khẩu"
CITIZEN_ID = "Số CCCD/CMND"
CITIZEN_ID_HINT = (
    "Không bắt buộc. Nếu bạn cũng dự thi bằng số này, bài thi của bạn không xếp hạng. Chỉ lưu mã băm của số."
)
FIRST_CODE = "Mã xác thực"
FIRST_CODE_HINT = "6 chữ số ứng dụng đang hiện."
JOIN = "Tạo tài khoản"
CODES_TITLE = "Mã dự phòng của bạn"
CODES_TEXT = (
    "Mỗi mã thay cho mã xác thực một lần khi bạn mất điện thoại. Các mã chỉ hiện lần này. "
    "Bạn chép ra nơi an toàn rồi đăng nhập."
)
COPY_CODES = "Sao chép các mã"
TO_SIGN_IN = "Tôi đã lưu mã, đăng nhập"

OVERVIEW_HELLO = "Xin chào"
OVERVIEW_MAY = "Vai trò của bạn được"
OVERVIEW_PAGES = "Các trang bạn mở được ở thanh bên."

MEMBERS = "Tài khoản"
MEMBERS_CAPTION = "Tài khoản nhân sự theo tên đăng nhập"
COLUMN_NAME = "Họ và tên"
COLUMN_STATE = "Tình trạng"
COLUMN_ACTION = "Việc"
ACTIVE = "Đang dùng"
DISABLED = "Đã khóa"
MANAGE = "Quản lý"
MANAGE_OF = "Quản lý tài khoản"
FRESH_CODE = "Mã xác thực của bạn"
FRESH_CODE_HINT = "Việc này cần một mã mới trên ứng dụng, chưa dùng lần nào."
NEW_ROLE = "Vai trò mới"
CHANGE_ROLE = "Đổi vai trò"
DISABLE = "Khóa tài khoản"
ENABLE = "Mở khóa tài khoản"
CLOSE = "Đóng"
INVITE_TITLE = "Mời người mới"
INVITE_ROLE = "Vai trò"
CHOOSE_ROLE = "Chọn vai trò"
INVITE = "Tạo lời mời"
INVITATION_MADE = "Lời mời đã tạo. Liên kết chỉ hiện lần này và dùng được một lần. Bạn gửi riêng cho người được mời."
RESET = "Cấp lại mật khẩu và mã xác thực"
RESET_MADE = (
    "Liên kết cấp lại đã tạo, chỉ hiện lần này, dùng một lần trong 24 giờ. Bạn gặp hoặc gọi đúng người rồi mới gửi. "
    "Mật khẩu và mã cũ dùng được đến khi người đó đặt xong cái mới; nếu nghi bị lộ, bạn khóa tài khoản trước."
)
RESET_TITLE = "Đặt lại mật khẩu"
RESET_TEXT = "Mật khẩu và mã xác thực mới cho tài khoản"
RESET_STEP = "2. Đặt mật khẩu mới"
RESET_SAVE = "Lưu mật khẩu mới"
COPY_LINK = "Sao chép liên kết"
OPEN_INVITATIONS = "Lời mời chưa nhận"
NO_INVITATIONS = "Không có lời mời nào đang chờ."
WITHDRAW = "Thu hồi"

LOG_SEARCH = "Tìm trong nhật ký"
LOG_SEARCH_HINT = "Tên đăng nhập, mã việc hoặc đối tượng, ví dụ: staff:lan.nguyen"
LOG_WHO, LOG_WHAT, LOG_SINCE, LOG_UNTIL = "Ai làm", "Việc", "Từ ngày", "Đến ngày"
LOG_EVERYBODY, LOG_EVERYTHING = "Mọi người", "Mọi việc"
LOG_EXPORT = "Xuất xlsx"
LOG_THINGS = "dòng"
LOG_FILE_NAME = "nhat-ky.xlsx"
LOG_FILE_COLUMNS = (
    ("Số", 8),
    ("Lúc", 20),
    ("Ai", 22),
    ("Làm gì", 28),
    ("Với", 24),
    ("Trước", 40),
    ("Sau", 40),
)
LOG_CAPTION = "Nhật ký, mới nhất trước"
LOG_EMPTY = "Chưa có dòng nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
COLUMN_NUMBER = "Số"
COLUMN_AT = "Lúc"
COLUMN_WHO = "Ai"
COLUMN_WHAT = "Làm gì"
COLUMN_SUBJECT = "Với"
COLUMN_CHANGE = "Trước → sau"
ACTIONS = {
    "staff_invited": "Mời nhân sự",
    "staff_invitation_withdrawn": "Thu hồi lời mời",
    "staff_joined": "Nhận lời mời",
    "staff_signed_in": "Đăng nhập",
    "staff_signed_out": "Đăng xuất",
    "staff_recovery_code_used": "Dùng mã dự phòng",
    "staff_role_changed": "Đổi vai trò",
    "staff_disabled": "Khóa tài khoản",
    "staff_enabled": "Mở khóa tài khoản",
    "staff_reset_offered": "Cấp lại mật khẩu, mã xác thực",
    "staff_reset_done": "Đặt lại mật khẩu, mã xác thực",
    "participant_taken_over": "Tài khoản về VNeID",
    "participants_merged": "Gộp tài khoản",
    "roster_imported": "Nạp danh sách đơn vị",
    "participant_erased": "Xóa dữ liệu theo yêu cầu",
    "data_request_corrected": "Đã sửa theo yêu cầu",
    "data_request_refused": "Không thực hiện yêu cầu",
    "participant_unranked": "Đưa ra ngoài xếp hạng",
    "citizen_id_revealed": "Xem đủ số CCCD/CMND",
    "contest_created": "Lập hội thi",
    "contest_edited": "Sửa tên và nội dung hội thi",
    "rules_drafted": "Sửa bản nháp thể lệ",
    "rules_published": "Công bố thể lệ",
    "file_added": "Tải tệp lên",
    "file_removed": "Gỡ tệp",
    "announcement_written": "Viết tin",
    "announcement_removed": "Gỡ tin",
    "unit_code_made": "Tạo mã của đơn vị",
    "representative_appointed": "Cử người đại diện đơn vị",
    "representative_dismissed": "Thôi người đại diện đơn vị",
    "judging_round_opened": "Mở vòng chấm",
    "judging_round_closed": "Đóng vòng chấm",
    "judging_task_given": "Giao phần chấm",
    "judging_task_taken": "Rút phần chấm",
    "judge_conflict_noted": "Ghi xung đột của giám khảo",
    "judge_conflict_lifted": "Gỡ xung đột của giám khảo",
    "judge_scores_submitted": "Nộp điểm chấm",
    "slogan_disqualified": "Loại khẩu hiệu",
    "slogan_reinstated": "Nhận lại khẩu hiệu",
    "slogan_exception_granted": "Gia hạn gửi khẩu hiệu",
    "slogan_file_taken": "Tải tệp vòng khẩu hiệu",
    "slogans_published": "Công bố kết quả khẩu hiệu",
    "participant_blocked": "Khóa người dự thi",
    "participant_unblocked": "Mở khóa người dự thi",
    "participant_disqualified": "Loại khỏi xếp hạng",
    "participant_reinstated": "Nhận lại vào xếp hạng",
    "participant_moved": "Chuyển đơn vị",
    "extra_time_set": "Đặt thời gian thêm",
    "pin_reset_offered": "Cấp liên kết đặt lại PIN",
    "pin_reset_done": "Đặt lại PIN bằng liên kết",
    "unit_added": "Thêm đơn vị",
    "unit_changed": "Sửa đơn vị",
    "headcount_set": "Đặt số người của đơn vị",
    "units_imported": "Nhập tệp đơn vị",
    "headcounts_imported": "Nhập tệp số người",
    "list_taken": "Tải danh sách",
    "question_written": "Viết câu hỏi",
    "questions_approved": "Duyệt câu hỏi",
    "questions_retired": "Ngừng dùng câu hỏi",
    "questions_restored": "Dùng lại câu hỏi",
    "questions_moved": "Đổi chủ đề câu hỏi",
    "questions_imported": "Nhập câu hỏi từ tệp",
    "import_begun": "Tải tệp lên để nhập",
    "import_dropped": "Bỏ một lần nhập",
    "question_file_taken": "Tải tệp câu hỏi về",
    "board_freeze_set": "Đặt giờ dừng bảng xếp hạng",
    "result_closed": "Chốt kết quả chính thức",
    "result_corrected": "Đính chính kết quả chính thức",
    "result_file_taken": "Tải tệp kết quả chính thức",
    "prizes_proposed": "Lập danh sách giải",
    "prizes_decided": "Quyết định đồng hạng",
    "prizes_confirmed": "Xác nhận danh sách giải",
    "prizes_published": "Công bố danh sách giải",
    "prizes_file_taken": "Tải tệp danh sách giải",
}
CHANGED = {
    "role": "vai trò",
    "invitation": "lời mời",
    "disabled": "bị khóa",
    "ranked": "xếp hạng",
    "reason": "lý do",
    "people": "số người",
    "kept": "vào tài khoản",
    "moved": "bài chuyển sang",
    "surplus": "bài không tính",
    "request": "yêu cầu",
    "round": "vòng",
    "slogans": "số khẩu hiệu",
    "judges": "số giám khảo",
    "judge": "giám khảo",
    "seed": "mã rút",
    "unit": "đơn vị",
    "points": "điểm",
    "until": "đến",
    "version": "bản",
    "digest": "mã kiểm chứng",
    "note": "ghi chú",
    "revision": "lần sửa",
    "slug": "tên đường dẫn",
    "name": "tên",
    "title": "tiêu đề",
    "short_title": "tên ngắn",
    "slot": "chỗ dùng",
    "pinned": "ghim",
    "starts_at": "hiện từ",
    "ends_at": "hiện đến",
    "fields": "mục",
    "units": "đơn vị",
    "questions": "câu hỏi",
    "sanction": "quyết định số",
    "minutes": "số phút",
    "paper": "bài",
    "bloc": "khối",
    "aliases": "tên gọi khác",
    "headcount": "số người",
    "from": "từ ngày",
    "source": "nguồn",
    "added": "thêm",
    "changed": "đổi",
    "rows": "số dòng",
    "import": "lần nhập",
    "codes": "mã",
    "topic": "chủ đề",
    "pool": "nhóm",
    "difficulty": "độ khó",
    "valid_from": "hiệu lực từ",
    "valid_until": "hiệu lực đến",
    "file": "tệp",
    "differences": "số chỗ khác câu trả lời gốc",
    "winners": "số giải đã có chủ",
    "withdrawn": "rút lại",
    "quota": "giải",
    "entries": "mục được chọn",
}


def invitation_name(role: str, resets: str) -> str:
    """What an open invitation is for."""
    return f"Cấp lại cho {resets}" if resets else ROLES[role]


def invitation_said(invitation: Any) -> str:
    """Who made an invitation and how long it may be accepted.

    Args:
        invitation: a `services.staff_accounts.OpenInvitation`.
    """
    return f"{invitation.invited_by} · dùng được đến {clock_and_date(invitation.expires_at)}"


def role_changed(name: str, role: str) -> str:
    """Said after a role was changed."""
    return f"Đã đổi vai trò của {name} thành {ROLES[role]}."


def disabled(name: str) -> str:
    """Said after an account was disabled."""
    return f"Đã khóa tài khoản của {name}. Mọi phiên đang mở đã đóng."


def enabled(name: str) -> str:
    """Said after an account was enabled."""
    return f"Đã mở khóa tài khoản của {name}."


def file_note(now: datetime, count: int, most: int) -> str:
    """The first line of a file: when it was made, and whether it was cut."""
    cut = f" Chỉ gồm {grouped(most)} dòng đầu; bạn lọc hẹp hơn để lấy phần còn lại." if count >= most else ""
    return f"Xuất lúc {clock_and_date(now)}.{cut}"


def change(before: str, after: str) -> str:
    """What an entry of the log changed: both sides in words, empty when it says nothing.

    Args:
        before: JSON object.
        after: JSON object.
    """
    sides = [", ".join(_part(name, value) for name, value in json.loads(side).items()) for side in (before, after)]
    return " → ".join(sides) if all(sides) else "".join(sides)


def _part(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"{CHANGED.get(name, name)}: {'có' if value else 'không'}"
    return f"{CHANGED.get(name, name)}: {ROLES.get(str(value), value)}"
