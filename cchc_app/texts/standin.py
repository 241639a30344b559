"""Wording of the simulated identity provider, and the invented citizens it offers."""

TITLE = "VNeID mô phỏng"
WARNING = (
    "Trang này giả lập cổng VNeID để thử phần mềm, không phải cổng của Bộ Công an và không kiểm tra ai cả. "
    "Bạn đừng nhập số căn cước hay mật khẩu thật."
)
CHOOSE = "Chọn một công dân giả lập"
OTHER = "Hoặc nhập một người khác"
NUMBER = "Số định danh cá nhân"
NAME = "Họ và tên"
BIRTH_DATE = "Ngày sinh (ngày/tháng/năm)"
LEVEL = "Mức định danh"
LEVELS = ((1, "Mức 01"), (2, "Mức 02"))
CONTINUE = "Xác nhận và quay lại hội thi"
CANCEL = "Hủy, quay lại hội thi"
WRONG_REQUEST = "Yêu cầu đăng nhập không đúng dạng. Bạn quay lại hội thi và bấm lại nút VNeID."
WRONG_INPUT = "Chưa đọc được số, họ tên hoặc ngày sinh. Bạn nhập lại, ví dụ số 031185000123 và ngày 05/09/1985."

# Number, name, birth date as yyyymmdd, level.
CITIZENS = (
    ("031185100011", "Nguyễn Thị Mô Phỏng", "19850905", 2),
    ("031090100022", "Trần Văn Thử Nghiệm", "19900214", 2),
    ("030079100033", "Phạm Đình Giả Lập", "19791120", 1),
    ("031301100044", "Lê Ngọc Ví Dụ", "20010630", 2),
)
