"""Wording of the sign-in page."""

TITLE = "Đăng nhập để dự thi"

VNEID_TITLE = "VNeID"
VNEID_ADVISED = "Nên dùng"
VNEID_TEXT = "Xác thực bằng tài khoản định danh điện tử, không cần nhớ mã PIN."
VNEID_CLOSED = "Hội thi này chưa mở cửa VNeID. Bạn đăng nhập bằng số CCCD/CMND."
VNEID_BUTTON = "Đăng nhập bằng VNeID"
OR = "hoặc"

NUMBER_TITLE = "CCCD/CMND"
CITIZEN_ID = "Số CCCD/CMND"
CITIZEN_ID_COMPLETE = "Đủ 12 số"
PIN = "Mã PIN"
BUTTON = "Đăng nhập bằng CCCD/CMND"
REGISTER = "Lần đầu dự thi? Đăng ký"

FORGOTTEN = "Quên mã PIN"
FORGOTTEN_TEXT = (
    "Mã PIN chỉ lưu dưới dạng băm nên không ai đọc lại được. Bạn liên hệ Ban Tổ chức để được cấp lại mã, "
    "kèm họ tên, đơn vị và số CCCD/CMND đã đăng ký."
)
FORGOTTEN_CONTACT = "Liên hệ"
