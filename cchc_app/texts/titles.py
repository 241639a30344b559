"""Titles and descriptions of pages, as browsers, search engines and link previews show them."""

from cchc_app.texts.common import CONTEST_SHORT_TITLE


def _title(page: str) -> str:
    return f"{page} – {CONTEST_SHORT_TITLE}"


HOME = "Hội thi trực tuyến tìm hiểu cải cách hành chính Hải Phòng 2025"
HOME_DESCRIPTION = (
    "Hội thi trực tuyến tìm hiểu công tác cải cách hành chính thành phố Hải Phòng năm 2025: "
    "lịch thi từng tuần, thể lệ, giải thưởng và bảng xếp hạng trực tiếp."
)
RULES = _title("Thể lệ")
RULES_DESCRIPTION = "Thể lệ hội thi: lịch các tuần, cách làm bài, cách tính điểm và xếp hạng, vòng khẩu hiệu."
PRIVACY = _title("Quyền riêng tư")
PRIVACY_DESCRIPTION = "Hội thi thu thập dữ liệu cá nhân nào, để làm gì, giữ bao lâu và quyền của bạn."
QUIZ = _title("Thi")
QUIZ_DESCRIPTION = "Làm bài trắc nghiệm của tuần: từng câu được lưu ngay, biết đúng sai ngay, hết giờ theo máy chủ."
PRACTICE = _title("Luyện tập")
PRACTICE_DESCRIPTION = "Luyện tập với câu hỏi riêng, không tính điểm, làm bao nhiêu lần cũng được."
RESULT = _title("Kết quả")
RESULT_DESCRIPTION = "Kết quả bài thi của bạn: điểm, thứ hạng, lời giải thích và mã biên nhận."
SLOGAN = _title("Khẩu hiệu")
SLOGAN_DESCRIPTION = "Vòng khẩu hiệu: mỗi đơn vị một khẩu hiệu theo tinh thần hành chính phục vụ."
SLOGAN_RESULTS = _title("Kết quả khẩu hiệu")
SLOGAN_RESULTS_DESCRIPTION = "Khẩu hiệu được giải và mọi khẩu hiệu của các đơn vị, sau khi Ban Tổ chức công bố."
SIGN_IN = _title("Đăng nhập")
SIGN_IN_DESCRIPTION = "Đăng nhập dự thi bằng VNeID hoặc bằng số CCCD/CMND và mã PIN."
REGISTER = _title("Đăng ký dự thi")
REGISTER_DESCRIPTION = "Đăng ký dự thi trong ba bước ngắn: bạn là ai, đơn vị của bạn, mã PIN và đồng ý."
VNEID_REGISTER = _title("Hoàn tất đăng ký")
VNEID_REGISTER_DESCRIPTION = "Chọn đơn vị và đồng ý xử lý dữ liệu để dự thi bằng tài khoản VNeID."
ACCOUNT = _title("Tài khoản")
ACCOUNT_DESCRIPTION = "Thông tin đăng ký, các bài thi đã nộp kèm mã biên nhận, đăng xuất."
MY_DATA = _title("Dữ liệu của tôi")
MY_DATA_DESCRIPTION = "Hội thi đang lưu gì về bạn: xem, tải về, yêu cầu sửa hoặc xóa."
CONSENT = _title("Đồng ý")
CONSENT_DESCRIPTION = "Thông báo quyền riêng tư đã thay đổi: đọc và chọn có dự thi tiếp hay không."
STANDINGS = _title("Xếp hạng")
STANDINGS_DESCRIPTION = "Bảng xếp hạng cá nhân từng tuần và chung cuộc, cập nhật trực tiếp, tìm theo tên hoặc đơn vị."
NOT_FOUND = _title("Không tìm thấy trang")
NOT_FOUND_DESCRIPTION = "Địa chỉ này không có trên trang hội thi."
DESIGN_SYSTEM = _title("Hệ thống giao diện")
DESIGN_SYSTEM_DESCRIPTION = "Mọi thành phần giao diện ở mọi trạng thái, chỉ dùng khi phát triển."
STAFF_SIGN_IN = _title("Đăng nhập Ban Tổ chức")
STAFF_SIGN_IN_DESCRIPTION = "Cửa vào của Ban Tổ chức: tên đăng nhập, mật khẩu và mã xác thực."
INVITATION = _title("Nhận lời mời")
INVITATION_DESCRIPTION = "Tạo tài khoản Ban Tổ chức từ một lời mời dùng một lần."
STAFF = _title("Tổng quan")
STAFF_DESCRIPTION = "Trang tổng quan của Ban Tổ chức."
ITEM_ANALYSIS = _title("Phân tích câu hỏi")
ITEM_ANALYSIS_DESCRIPTION = "Độ dễ, độ phân biệt, phương án sai và thời gian của từng câu hỏi."
STAFF_PEOPLE = _title("Nhân sự")
STAFF_PEOPLE_DESCRIPTION = "Tài khoản, vai trò và lời mời của Ban Tổ chức."
AUDIT_LOG = _title("Nhật ký")
AUDIT_LOG_DESCRIPTION = "Nhật ký việc làm của Ban Tổ chức, không sửa, không xóa."
DATA_REQUESTS = _title("Yêu cầu dữ liệu")
DATA_REQUESTS_DESCRIPTION = "Yêu cầu sửa, xóa dữ liệu của người dự thi đang chờ trả lời."
MERGES = _title("Gộp tài khoản")
MERGES_DESCRIPTION = "Các cặp tài khoản có thể là của một người."
STAFF_SLOGANS = _title("Khẩu hiệu của các đơn vị")
STAFF_SLOGANS_DESCRIPTION = "Danh sách khẩu hiệu của các đơn vị cho Ban Tổ chức."
SLOGANS_ALIKE = _title("Khẩu hiệu giống nhau")
SLOGANS_ALIKE_DESCRIPTION = "Khẩu hiệu trùng hoặc gần giống giữa các đơn vị, đặt cạnh nhau."
SLOGAN_REMINDER = _title("Nhắc đơn vị")
SLOGAN_REMINDER_DESCRIPTION = "Các đơn vị chưa gửi khẩu hiệu, theo khối."
SLOGAN_PUBLICATION = _title("Công bố khẩu hiệu")
SLOGAN_PUBLICATION_DESCRIPTION = "Kết quả chấm khẩu hiệu, tệp kết quả và công bố."
UNIT_CODES = _title("Mã đơn vị")
UNIT_CODES_DESCRIPTION = "Mã dùng một lần và người đại diện của các đơn vị."
