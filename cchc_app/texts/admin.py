"""Wording of the staff's pages."""

import json
from typing import Any

from cchc_app.texts.formats import clock_and_date

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
LOG_SEARCH_BUTTON = "Tìm"
LOG_CAPTION = "Nhật ký, mới nhất trước"
LOG_EMPTY = "Chưa có dòng nào khớp. Bạn thử từ khác hoặc xóa ô tìm."
LOG_OLDER = "Xem cũ hơn"
LOG_NEWEST = "Về mới nhất"
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
    "unit_code_made": "Tạo mã của đơn vị",
    "representative_appointed": "Cử người đại diện đơn vị",
    "representative_dismissed": "Thôi người đại diện đơn vị",
    "judging_round_opened": "Mở vòng chấm",
    "judging_round_closed": "Đóng vòng chấm",
    "judging_task_given": "Giao phần chấm",
    "judging_task_taken": "Rút phần chấm",
    "judge_conflict_noted": "Ghi xung đột của giám khảo",
    "judge_scores_submitted": "Nộp điểm chấm",
    "slogan_disqualified": "Loại khẩu hiệu",
    "slogan_reinstated": "Nhận lại khẩu hiệu",
    "slogan_exception_granted": "Gia hạn gửi khẩu hiệu",
    "slogan_file_taken": "Tải tệp vòng khẩu hiệu",
    "slogans_published": "Công bố kết quả khẩu hiệu",
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
    "note": "ghi chú",
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
