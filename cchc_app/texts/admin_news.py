"""Wording of news: the staff's list and editor, and the public page."""

from datetime import datetime

from cchc_app.texts.formats import clock_and_date

NEWS = "Tin tức"
NEW = "Viết tin"
EDIT_TITLE = "Sửa tin"
NEW_TITLE = "Tin mới"
BACK_TO_LIST = "Về danh sách tin"
CAPTION = "Tin của hội thi, mới nhất trước"
EMPTY = "Chưa có tin nào. Tin bạn viết hiện ở trang chủ."
COLUMN_TITLE = "Tiêu đề"
COLUMN_STATE = "Tình trạng"
COLUMN_STARTS = "Hiện từ"
COLUMN_BY = "Người viết"
STATES = {"scheduled": "Hẹn giờ", "shown": "Đang hiện", "over": "Đã hết hạn"}
TONES = {"scheduled": "info", "shown": "right", "over": "plain"}
AUTHORS = {"preset": "Bộ mẫu"}  # news a preset brings
PINNED = "Ghim"
TITLE = "Tiêu đề"
BODY = "Nội dung"
STARTS_AT = "Hiện từ"
STARTS_HINT = "Ngày/tháng/năm giờ:phút. Để trống: ngay bây giờ."
ENDS_AT = "Hiện đến"
ENDS_HINT = "Để trống: không hết hạn."
PIN = "Ghim lên đầu"
SAVE = "Lưu tin"
SAVED = "Đã lưu tin."
REMOVE = "Gỡ tin"
REMOVE_SURE = "Gỡ thì tin không còn hiện ở đâu nữa."
REMOVE_CONFIRM = "Xác nhận gỡ tin"
PREVIEW = "Xem trước"
NEWER_TITLE = "Bản mới của người khác"
NEWER_TEXT = "Nội dung bạn nhập vẫn ở các ô. Bấm Lưu tin lần nữa thì bản của bạn thay bản này."
BACK_HOME = "Về trang chủ"
GONE_TITLE = "Không tìm thấy tin"


def shown_from(starts_at: datetime) -> str:
    """When an announcement appeared."""
    return clock_and_date(starts_at)
