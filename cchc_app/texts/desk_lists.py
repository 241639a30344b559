"""Wording of the organisers' short tables: how they are searched and filtered, and of their files."""

NOTHING_FOUND = "Không có dòng nào khớp. Bạn thử từ khác, hoặc xóa tìm và lọc."
EXPORT = "Xuất xlsx"

NEWS_SEARCH = "Tìm trong tiêu đề, nội dung, người viết"
NEWS_THINGS = "tin"
NEWS_SHEET, NEWS_FILE = "Tin tức", "tin-tuc.xlsx"
NEWS_COLUMNS = (("Tiêu đề", 44), ("Tình trạng", 14), ("Ghim", 8), ("Hiện từ", 20), ("Hiện đến", 20), ("Người viết", 20))
NEWS_STATE, NEWS_ALL = "Tình trạng", "Mọi tình trạng"

STAFF_SEARCH = "Tìm tên đăng nhập hoặc họ tên"
STAFF_THINGS = "tài khoản"
STAFF_SHEET, STAFF_FILE = "Nhân sự", "nhan-su.xlsx"
STAFF_COLUMNS = (("Tên đăng nhập", 22), ("Họ và tên", 30), ("Vai trò", 22), ("Tình trạng", 14))
# Not the name of the field of an invitation, which stands on the same page.
STAFF_ROLE, STAFF_ALL_ROLES = "Nhóm", "Mọi nhóm"
STAFF_STATE, STAFF_ALL_STATES = "Tình trạng", "Mọi tình trạng"
STAFF_STATES = {"dang-dung": "Đang dùng", "da-khoa": "Đã khóa"}

REQUEST_SEARCH = "Tìm người gửi, đơn vị, 2 số cuối CCCD"
REQUEST_THINGS = "yêu cầu"
REQUEST_SHEET, REQUEST_FILE = "Yêu cầu dữ liệu", "yeu-cau-du-lieu.xlsx"
REQUEST_COLUMNS = (
    ("Người gửi", 28),
    ("Số CCCD/CMND (che)", 20),
    ("Đơn vị", 36),
    ("Yêu cầu", 28),
    ("Nội dung", 44),
    ("Gửi lúc", 20),
    ("Hạn trả lời", 20),
)
REQUEST_KIND, REQUEST_ALL = "Loại yêu cầu", "Mọi yêu cầu"

PAIR_SEARCH = "Tìm họ tên hoặc đơn vị"
PAIR_THINGS = "cặp"
PAIR_SHEET, PAIR_FILE = "Có thể là một người", "cap-tai-khoan.xlsx"
PAIR_COLUMNS = (
    ("Họ và tên", 28),
    ("CCCD (che)", 18),
    ("Đơn vị của CCCD", 36),
    ("CMND (che)", 18),
    ("Đơn vị của CMND", 36),
)
PAIR_UNIT, PAIR_ALL = "Đơn vị của tài khoản giữ lại", "Mọi đơn vị"

WRITER_SHEET, WRITER_FILE = "Người đại diện", "nguoi-dai-dien.xlsx"
WRITER_COLUMNS = (
    ("Mã đơn vị", 12),
    ("Đơn vị", 40),
    ("Khối", 24),
    ("Tình trạng", 24),
    ("Người đại diện", 36),
    ("Mã còn dùng cấp lúc", 20),
)

IMPORT_SEARCH = "Tìm tên tệp hoặc người nhập"
IMPORT_THINGS = "lần nhập"
IMPORT_SHEET, IMPORT_FILE = "Các lần nhập", "cac-lan-nhap.xlsx"
IMPORT_COLUMNS = (("Tệp", 36), ("Tình trạng", 24), ("Số câu", 10), ("Người nhập", 22), ("Lúc", 20))
IMPORT_STATE, IMPORT_ALL = "Tình trạng", "Mọi tình trạng"

JUDGED_SEARCH = "Tìm mã, đơn vị hoặc lời khẩu hiệu"
JUDGED_THINGS = "khẩu hiệu"
JUDGED_SHEET, JUDGED_FILE = "Vòng chấm", "vong-cham.xlsx"
JUDGED_COLUMNS = (
    ("Mã", 10),
    ("Đơn vị", 40),
    ("Khẩu hiệu", 60),
    ("Giám khảo", 44),
    ("Hạng", 8),
    ("Điểm", 10),
    ("Chênh lệch", 12),
    ("Ghi chú", 20),
)
JUDGED_LEFT, JUDGED_ALL_LEFT = "Tiến độ chấm", "Mọi mức"
JUDGED_LEFTS = {"con-cho": "Còn chờ điểm", "da-nop": "Đã nộp đủ"}
JUDGED_TALK, JUDGED_ALL_TALK = "Chênh lệch", "Mọi mức chênh lệch"
JUDGED_TALKS = {"can-trao-doi": "Cần trao đổi", "gan-nhau": "Điểm gần nhau"}
SORT_BY, BY_DEFAULT = "Xếp theo", "Thứ tự mặc định"
