"""Titles and descriptions of pages, as browsers, search engines and link previews show them."""

from typing import NamedTuple

from cchc_app.texts.common import CONTEST_SHORT_TITLE


class Head(NamedTuple):
    """What is said of one page."""

    title: str
    description: str


def _head(page: str, description: str) -> Head:
    return Head(f"{page} – {CONTEST_SHORT_TITLE}", description)


HOME = Head(
    "Hội thi trực tuyến tìm hiểu cải cách hành chính Hải Phòng 2025",
    "Hội thi trực tuyến tìm hiểu công tác cải cách hành chính thành phố Hải Phòng năm 2025: "
    "lịch thi từng tuần, thể lệ, giải thưởng và bảng xếp hạng trực tiếp.",
)
RULES = _head("Thể lệ", "Thể lệ hội thi: lịch các tuần, cách làm bài, cách tính điểm và xếp hạng, vòng khẩu hiệu.")
PRIVACY = _head("Quyền riêng tư", "Hội thi thu thập dữ liệu cá nhân nào, để làm gì, giữ bao lâu và quyền của bạn.")
QUIZ = _head("Thi", "Làm bài trắc nghiệm của tuần: từng câu được lưu ngay, biết đúng sai ngay, hết giờ theo máy chủ.")
PRACTICE = _head("Luyện tập", "Luyện tập với câu hỏi riêng, không tính điểm, làm bao nhiêu lần cũng được.")
RESULT = _head("Kết quả", "Kết quả bài thi của bạn: điểm, thứ hạng, lời giải thích và mã biên nhận.")
SLOGAN = _head("Khẩu hiệu", "Vòng khẩu hiệu: mỗi đơn vị một khẩu hiệu theo tinh thần hành chính phục vụ.")
SLOGAN_RESULTS = _head(
    "Kết quả khẩu hiệu", "Khẩu hiệu được giải và mọi khẩu hiệu của các đơn vị, sau khi Ban Tổ chức công bố."
)
UNIT_CODE = _head("Nhập mã của đơn vị", "Nhập mã một lần của đơn vị để thành người đại diện và viết khẩu hiệu.")
UNIT_DESK = _head("Đơn vị", "Bàn làm việc của đơn vị: khẩu hiệu, ai đã thi tuần này, số liệu và tờ mời dự thi.")
SIGN_IN = _head("Đăng nhập", "Đăng nhập dự thi bằng VNeID hoặc bằng số CCCD/CMND và mã PIN.")
REGISTER = _head("Đăng ký dự thi", "Đăng ký dự thi trong ba bước ngắn: bạn là ai, đơn vị của bạn, mã PIN và đồng ý.")
VNEID_REGISTER = _head("Hoàn tất đăng ký", "Chọn đơn vị và đồng ý xử lý dữ liệu để dự thi bằng tài khoản VNeID.")
ACCOUNT = _head("Tài khoản", "Thông tin đăng ký, các bài thi đã nộp kèm mã biên nhận, đăng xuất.")
MY_DATA = _head("Dữ liệu của tôi", "Hội thi đang lưu gì về bạn: xem, tải về, yêu cầu sửa hoặc xóa.")
CONSENT = _head("Đồng ý", "Thông báo quyền riêng tư đã thay đổi: đọc và chọn có dự thi tiếp hay không.")
STANDINGS = _head(
    "Xếp hạng", "Bảng xếp hạng cá nhân từng tuần và chung cuộc, cập nhật trực tiếp, tìm theo tên hoặc đơn vị."
)
UNIT_STANDINGS = _head(
    "Xếp hạng đơn vị", "Xếp hạng đơn vị từng tuần và cả hội thi: tỷ lệ tham gia, điểm trung bình, cách tính."
)
BLOC_STANDINGS = _head("Các khối đơn vị", "Số người dự thi, số lượt thi và tỷ lệ tham gia của từng khối đơn vị.")
PROJECTOR = _head("Bảng trình chiếu", "Bảng xếp hạng cho hội trường, tự chuyển và tự cập nhật.")
NOT_FOUND = _head("Không tìm thấy trang", "Địa chỉ này không có trên trang hội thi.")
DESIGN_SYSTEM = _head("Hệ thống giao diện", "Mọi thành phần giao diện ở mọi trạng thái, chỉ dùng khi phát triển.")
STAFF_SIGN_IN = _head("Đăng nhập Ban Tổ chức", "Cửa vào của Ban Tổ chức: tên đăng nhập, mật khẩu và mã xác thực.")
INVITATION = _head("Nhận lời mời", "Tạo tài khoản Ban Tổ chức từ một lời mời dùng một lần.")
STAFF = _head("Tổng quan", "Trang tổng quan của Ban Tổ chức.")
ITEM_ANALYSIS = _head("Phân tích câu hỏi", "Độ dễ, độ phân biệt, phương án sai và thời gian của từng câu hỏi.")
STAFF_PEOPLE = _head("Nhân sự", "Tài khoản, vai trò và lời mời của Ban Tổ chức.")
AUDIT_LOG = _head("Nhật ký", "Nhật ký việc làm của Ban Tổ chức, không sửa, không xóa.")
DATA_REQUESTS = _head("Yêu cầu dữ liệu", "Yêu cầu sửa, xóa dữ liệu của người dự thi đang chờ trả lời.")
MERGES = _head("Gộp tài khoản", "Các cặp tài khoản có thể là của một người.")
JUDGE_DESK = _head("Chấm khẩu hiệu", "Giám khảo chấm khẩu hiệu theo mã số, độc lập, không biết đơn vị và tác giả.")
JUDGING_ROUNDS = _head("Vòng chấm", "Ban Tổ chức mở vòng chấm, giao khẩu hiệu cho giám khảo, theo dõi và xem kết quả.")
STAFF_SLOGANS = _head("Khẩu hiệu của các đơn vị", "Danh sách khẩu hiệu của các đơn vị cho Ban Tổ chức.")
SLOGANS_ALIKE = _head("Khẩu hiệu giống nhau", "Khẩu hiệu trùng hoặc gần giống giữa các đơn vị, đặt cạnh nhau.")
SLOGAN_REMINDER = _head("Nhắc đơn vị", "Các đơn vị chưa gửi khẩu hiệu, theo khối.")
SLOGAN_PUBLICATION = _head("Công bố khẩu hiệu", "Kết quả chấm khẩu hiệu, tệp kết quả và công bố.")
UNIT_CODES = _head("Mã đơn vị", "Mã dùng một lần và người đại diện của các đơn vị.")
OFFICIAL_RESULTS = _head("Kết quả chính thức", "Kết quả tính lại từ câu trả lời gốc, chốt theo bản, có mã kiểm chứng.")
STAFF_PRIZES = _head("Xét giải thưởng", "Danh sách giải: lập, quyết định đồng hạng, xác nhận, công bố.")
WINNERS = _head("Giải thưởng", "Cá nhân, tập thể và khẩu hiệu được giải từng tuần và cả hội thi.")
NEWS = _head("Tin tức", "Một tin của Ban Tổ chức hội thi.")
CONTEST_DESK = _head("Thiết lập hội thi", "Tên, nội dung, ảnh và văn bản của hội thi.")
NEW_CONTEST = _head("Lập hội thi mới", "Lập hội thi từ mẫu hoặc từ hội thi hiện tại.")
RULE_DRAFT = _head(
    "Soạn thể lệ", "Bản nháp thể lệ: tuần thi, đề thi, xếp hạng, khẩu hiệu, giải thưởng; công bố phiên bản mới."
)
SIMULATION = _head("Xem như thí sinh", "Hội thi nhìn từ phía người dự thi ở một thời điểm bất kỳ, chỉ xem.")
NEWS_DESK = _head("Tin của Ban Tổ chức", "Viết, hẹn giờ, ghim và gỡ tin của hội thi.")
NEWS_EDITOR = _head("Sửa tin", "Soạn một tin của hội thi.")
STAFF_UNITS = _head("Đơn vị", "Đơn vị dự thi, số người, mức tham gia; nhập từ tệp.")
UNIT_IMPORT = _head("Nhập tệp", "Xem trước và ghi một tệp đơn vị.")
PARTICIPANTS = _head("Người dự thi", "Danh sách người dự thi cho Ban Tổ chức.")
PARTICIPANT = _head("Một người dự thi", "Bài thi và các quyết định về một người dự thi.")
STAFF_PAPERS = _head("Bài thi", "Danh sách bài thi cho Ban Tổ chức.")
STAFF_PAPER = _head("Diễn biến một bài thi", "Diễn biến của một bài thi theo giờ máy chủ.")
PIN_RESET = _head("Đặt lại mã PIN", "Chọn mã PIN mới bằng liên kết Ban Tổ chức đã cấp.")
STAFF_QUESTIONS = _head("Ngân hàng câu hỏi", "Câu hỏi của hội thi: tìm, lọc, duyệt, xuất tệp.")
QUESTION_EDITOR = _head("Câu hỏi", "Một câu hỏi: biên tập, xem trước, các bản và lịch sử.")
QUESTION_IMPORTS = _head("Nhập câu hỏi", "Nhập câu hỏi từ tệp và các lần nhập trước.")
QUESTION_IMPORT = _head("Xem trước lần nhập", "Bản xem trước của một tệp câu hỏi: lỗi, câu trùng, đề nghị sửa.")
