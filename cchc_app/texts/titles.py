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
UNIT_CODE = _title("Nhập mã của đơn vị")
UNIT_CODE_DESCRIPTION = "Nhập mã một lần của đơn vị để thành người đại diện và viết khẩu hiệu."
UNIT_DESK = _title("Đơn vị")
UNIT_DESK_DESCRIPTION = "Bàn làm việc của đơn vị: khẩu hiệu, ai đã thi tuần này, số liệu và tờ mời dự thi."
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
UNIT_STANDINGS = _title("Xếp hạng đơn vị")
UNIT_STANDINGS_DESCRIPTION = "Xếp hạng đơn vị từng tuần và cả hội thi: tỷ lệ tham gia, điểm trung bình, cách tính."
BLOC_STANDINGS = _title("Các khối đơn vị")
BLOC_STANDINGS_DESCRIPTION = "Số người dự thi, số lượt thi và tỷ lệ tham gia của từng khối đơn vị."
PROJECTOR = _title("Bảng trình chiếu")
PROJECTOR_DESCRIPTION = "Bảng xếp hạng cho hội trường, tự chuyển và tự cập nhật."
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
JUDGE_DESK = _title("Chấm khẩu hiệu")
JUDGE_DESK_DESCRIPTION = "Giám khảo chấm khẩu hiệu theo mã số, độc lập, không biết đơn vị và tác giả."
JUDGING_ROUNDS = _title("Vòng chấm")
JUDGING_ROUNDS_DESCRIPTION = "Ban Tổ chức mở vòng chấm, giao khẩu hiệu cho giám khảo, theo dõi và xem kết quả."
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
OFFICIAL_RESULTS = _title("Kết quả chính thức")
OFFICIAL_RESULTS_DESCRIPTION = "Kết quả tính lại từ câu trả lời gốc, chốt theo bản, có mã kiểm chứng."
STAFF_PRIZES = _title("Xét giải thưởng")
STAFF_PRIZES_DESCRIPTION = "Danh sách giải: lập, quyết định đồng hạng, xác nhận, công bố."
WINNERS = _title("Giải thưởng")
WINNERS_DESCRIPTION = "Cá nhân, tập thể và khẩu hiệu được giải từng tuần và cả hội thi."
NEWS = _title("Tin tức")
NEWS_DESCRIPTION = "Một tin của Ban Tổ chức hội thi."
CONTEST_DESK = _title("Thiết lập hội thi")
CONTEST_DESK_DESCRIPTION = "Tên, nội dung, ảnh và văn bản của hội thi."
NEW_CONTEST = _title("Lập hội thi mới")
NEW_CONTEST_DESCRIPTION = "Lập hội thi từ mẫu hoặc từ hội thi hiện tại."
RULE_DRAFT = _title("Soạn thể lệ")
RULE_DRAFT_DESCRIPTION = "Bản nháp thể lệ: tuần thi, đề thi, xếp hạng, khẩu hiệu, giải thưởng; công bố phiên bản mới."
SIMULATION = _title("Xem như thí sinh")
SIMULATION_DESCRIPTION = "Hội thi nhìn từ phía người dự thi ở một thời điểm bất kỳ, chỉ xem."
NEWS_DESK = _title("Tin của Ban Tổ chức")
NEWS_DESK_DESCRIPTION = "Viết, hẹn giờ, ghim và gỡ tin của hội thi."
NEWS_EDITOR = _title("Sửa tin")
NEWS_EDITOR_DESCRIPTION = "Soạn một tin của hội thi."
STAFF_UNITS = _title("Đơn vị")
STAFF_UNITS_DESCRIPTION = "Đơn vị dự thi, số người, mức tham gia; nhập từ tệp."
UNIT_IMPORT = _title("Nhập tệp")
UNIT_IMPORT_DESCRIPTION = "Xem trước và ghi một tệp đơn vị."
PARTICIPANTS = _title("Người dự thi")
PARTICIPANTS_DESCRIPTION = "Danh sách người dự thi cho Ban Tổ chức."
PARTICIPANT = _title("Một người dự thi")
PARTICIPANT_DESCRIPTION = "Bài thi và các quyết định về một người dự thi."
STAFF_PAPERS = _title("Bài thi")
STAFF_PAPERS_DESCRIPTION = "Danh sách bài thi cho Ban Tổ chức."
STAFF_PAPER = _title("Diễn biến một bài thi")
STAFF_PAPER_DESCRIPTION = "Diễn biến của một bài thi theo giờ máy chủ."
PIN_RESET = _title("Đặt lại mã PIN")
PIN_RESET_DESCRIPTION = "Chọn mã PIN mới bằng liên kết Ban Tổ chức đã cấp."
STAFF_QUESTIONS = _title("Ngân hàng câu hỏi")
STAFF_QUESTIONS_DESCRIPTION = "Câu hỏi của hội thi: tìm, lọc, duyệt, xuất tệp."
QUESTION_EDITOR = _title("Câu hỏi")
QUESTION_EDITOR_DESCRIPTION = "Một câu hỏi: biên tập, xem trước, các bản và lịch sử."
QUESTION_IMPORTS = _title("Nhập câu hỏi")
QUESTION_IMPORTS_DESCRIPTION = "Nhập câu hỏi từ tệp và các lần nhập trước."
QUESTION_IMPORT = _title("Xem trước lần nhập")
QUESTION_IMPORT_DESCRIPTION = "Bản xem trước của một tệp câu hỏi: lỗi, câu trùng, đề nghị sửa."
