"""Wording of the registration page."""

from cchc_app.contest.identity import IdentityWarning

TITLE = "Đăng ký dự thi"
STEPS = ("Bạn là ai", "Đơn vị của bạn", "Mã PIN và đồng ý")
STARTED_OVER = "Trang vừa được mở lại nên bạn bắt đầu từ bước 1."
HAVE_ACCOUNT = "Đã đăng ký? Đăng nhập"

CITIZEN_ID = "Số CCCD/CMND"
CITIZEN_ID_HINT = "12 chữ số in trên thẻ căn cước. Số CMND 9 chữ số cũng dùng được."
FULL_NAME = "Họ và tên"
FULL_NAME_HINT = "Đúng như trên thẻ căn cước, có dấu."
BIRTH_DATE = "Ngày sinh"
BIRTH_DATE_HINT = "Ngày/tháng/năm, ví dụ 05/09/1985."
CONTINUE = "Tiếp tục"
BACK = "Quay lại"

CHECK_AGAIN = "Bạn xem lại giúp"
CHECK_AGAIN_NEXT = "Nếu mọi thứ đã đúng, bạn bấm Tiếp tục lần nữa."
WARNINGS: dict[IdentityWarning, str] = {
    IdentityWarning.BIRTH_YEAR_MISMATCH: "Năm sinh bạn nhập khác với năm sinh ghi trong số CCCD.",
    IdentityWarning.PROVINCE_UNKNOWN: "Ba chữ số đầu của số CCCD không phải mã tỉnh, thành phố thường gặp.",
    IdentityWarning.AGE_UNUSUAL: "Tuổi tính theo ngày sinh nằm ngoài khoảng 18 đến 75.",
}

UNIT = "Đơn vị"
UNIT_HINT = "Gõ vài chữ trong tên đơn vị, không cần dấu, rồi chọn trong danh sách."
UNIT_LIST = "Danh sách đơn vị"
UNIT_CHOSEN = "Đã chọn:"
UNIT_FOUND = "đơn vị phù hợp"
UNIT_NONE = "Không có đơn vị nào khớp. Bạn gõ ít chữ hơn hoặc tên khác của đơn vị."
BLOCS = {
    "cap_xa": "Xã, phường, đặc khu",
    "so_nganh": "Sở, ban, ngành",
    "su_nghiep": "Đơn vị sự nghiệp",
    "khac": "Đơn vị khác",
}
PHONE = "Số điện thoại (không bắt buộc)"
PHONE_HINT = "Chỉ dùng để báo tin khi bạn được giải."

PIN = "Mã PIN"
PIN_HINT = "6 chữ số bạn tự chọn, dùng cho những lần đăng nhập sau. Không lấy ngày sinh hay dãy 123456."
PIN_AGAIN = "Nhập lại mã PIN"
CONSENT = (
    "Tôi đồng ý cho Ban Tổ chức xử lý dữ liệu cá nhân đã khai để tổ chức hội thi, xếp hạng, xét giải "
    "và hiển thị họ tên, đơn vị, kết quả trên bảng xếp hạng."
)
CONSENT_LINK = "Đọc thông báo về quyền riêng tư"
FINISH = "Hoàn tất đăng ký"


def progress(step: int) -> str:
    """Which step is on the screen: `Bước 1/3`."""
    return f"Bước {step}/{len(STEPS)}"


def bloc_name(bloc: str) -> str:
    """The name of a group of units; an unknown one stands for itself."""
    return BLOCS.get(bloc, bloc)
