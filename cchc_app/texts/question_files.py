"""Wording of question files: sentences per problem, headings they may have, the template and its help."""

from cchc_app.contest.errors import ErrorCode

# The first heading of each is the one that is written; compared without case and accents.
HEADINGS = {
    "code": ("Mã câu hỏi", "Mã câu", "Mã", "code"),
    "pool": ("Nhóm câu hỏi", "Nhóm", "pool"),
    "topic": ("Chủ đề", "Chuyên đề", "topic"),
    "difficulty": ("Độ khó", "Mức độ", "difficulty"),
    "stem": ("Câu hỏi", "Nội dung câu hỏi", "Nội dung", "question"),
    "key": ("Đáp án đúng", "Đáp án", "Phương án đúng", "correct", "answer"),
    "explanation": ("Giải thích", "Lời giải", "explanation"),
    "legal_basis": ("Căn cứ pháp lý", "Căn cứ", "Văn bản", "legal_basis", "legal basis"),
    "valid_from": ("Hiệu lực từ", "Có hiệu lực từ", "valid_from"),
    "valid_until": ("Hiệu lực đến", "Hết hiệu lực", "valid_until"),
}
OPTION_HEADINGS = ("Phương án {letter}", "Lựa chọn {letter}", "Đáp án {letter}", "{letter}")
OPTIONS = "Các phương án"
WHOLE_FILE = "Cả tệp"
# The first word of each is the one that is written.
POOLS = {"main": ("Thi", "Thi chính thức", "Chính thức", "main"), "practice": ("Luyện tập", "Ôn tập", "practice")}
DIFFICULTIES = {1: ("1", "Dễ", "Nhận biết"), 2: ("2", "Trung bình", "Thông hiểu"), 3: ("3", "Khó", "Vận dụng")}
TRUE, FALSE = "Đúng", "Sai"
LEGAL_BASIS = "Căn cứ pháp lý:"
KINDS = {
    "essay": "tự luận",
    "matching": "ghép đôi",
    "numerical": "trả lời bằng số",
    "short": "trả lời ngắn",
    "description": "đoạn giới thiệu, không có phần trả lời",
    "other": "dạng khác ({name})",
}
FORMATS = {
    "xlsx": "bảng tính Excel (.xlsx)",
    "csv": "bảng CSV",
    "gift": "GIFT",
    "aiken": "Aiken",
    "moodle_xml": "XML",
    "word": "tài liệu Word",
    "zip": "tệp nén",
    "pdf": "PDF",
    "image": "ảnh",
    "web": "trang web",
    "binary": "tệp nhị phân",
    "text": "văn bản",
}
ENCODINGS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
REPAIRS = {
    "lost_zeros": "Thêm lại số 0 ở đầu mã câu hỏi mà bảng tính đã làm mất",
    "numbers_as_dates": "Đọc số là ngày, như bảng tính đếm ngày",
    "legacy_text": "Chuyển chữ TCVN3 hoặc VNI sang Unicode",
}

SHEET = "Câu hỏi"
HELP_SHEET = "Hướng dẫn"
HELP_HEAD = ("Cột", "Cách điền", "Bắt buộc")
REQUIRED = "Có"
HELP = {
    "code": "Chữ cái, chữ số, dấu chấm, gạch nối; không trùng nhau. Để trống thì được đánh mã khi nhập.",
    "pool": "“Thi” hoặc “Luyện tập”.",
    "topic": "Tên chủ đề, viết giống nhau ở mọi câu cùng chủ đề.",
    "difficulty": "1 (dễ), 2 (trung bình) hoặc 3 (khó).",
    "stem": "Nội dung câu hỏi, nhiều nhất 2.000 ký tự.",
    "options": "Từ 2 đến 6 phương án, điền lần lượt từ A, không bỏ cách quãng, không trùng nhau.",
    "key": "Chữ của phương án đúng. Nhiều phương án cùng được chấp nhận thì ghi cách nhau dấu phẩy, ví dụ: A, C.",
    "explanation": "Lời giải thích cho thí sinh xem lại bài.",
    "legal_basis": "Số, ký hiệu, ngày và cơ quan ban hành văn bản.",
    "valid_from": "Ngày dạng 05/09/2025. Để trống nếu không giới hạn.",
    "valid_until": "Ngày cuối cùng câu hỏi còn đúng, dạng 05/09/2025. Để trống nếu không giới hạn.",
}
EXAMPLES = (
    {
        "code": "VD001",
        "pool": "Thi",
        "topic": "Thủ tục hành chính",
        "difficulty": "1",
        "stem": "Ví dụ, bạn xóa dòng này: Bộ phận Một cửa tiếp nhận hồ sơ của ai?",
        "options": ("Tổ chức và cá nhân", "Chỉ tổ chức", "Chỉ cá nhân", "Chỉ doanh nghiệp"),
        "key": "A",
        "explanation": "Bộ phận Một cửa tiếp nhận hồ sơ của mọi tổ chức, cá nhân.",
        "legal_basis": "Văn bản làm căn cứ",
    },
    {
        "code": "VD002",
        "pool": "Luyện tập",
        "topic": "Thủ tục hành chính",
        "difficulty": "2",
        "stem": "Ví dụ có hai đáp án cùng được chấp nhận, bạn xóa dòng này: số nào chia hết cho 2?",
        "options": ("2", "3", "4"),
        "key": "A, C",
        "explanation": "2 và 4 đều chia hết cho 2.",
        "legal_basis": "",
    },
)

SENTENCES: dict[ErrorCode, str] = {
    ErrorCode.FILE_EMPTY: "Tệp không có nội dung. Bạn chọn lại tệp.",
    ErrorCode.FILE_TOO_LARGE: "Tệp lớn hơn 20 MB. Bạn chia thành nhiều tệp nhỏ hơn, hoặc bỏ ảnh trong tệp.",
    ErrorCode.FILE_UNZIPS_TOO_LARGE: "Tệp nén quá chặt, giải ra quá lớn nên không mở. Bạn lưu lại tệp từ Excel.",
    ErrorCode.FILE_KIND_UNKNOWN: "Chưa đọc được loại tệp này. Bạn dùng .xlsx, .csv, .gift, .txt hoặc .xml.",
    ErrorCode.FILE_KIND_MISMATCH: (
        "Đuôi tệp là {ending} nhưng nội dung là {kind}. Bạn mở tệp xem có đúng tệp cần nhập, rồi lưu lại đúng loại."
    ),
    ErrorCode.FILE_OLD_EXCEL: "Tệp ở dạng Excel cũ hoặc có mật khẩu. Bạn bỏ mật khẩu, lưu thành .xlsx rồi chọn lại.",
    ErrorCode.FILE_UNREADABLE: "Tệp bị hỏng hoặc ghi dở. Bạn mở tệp bằng phần mềm đã tạo ra nó, lưu lại rồi chọn lại.",
    ErrorCode.FILE_TOO_MANY_ROWS: "Tệp có hơn 20.000 dòng hoặc hơn 200 cột. Bạn chia thành nhiều tệp.",
    ErrorCode.FILE_NO_QUESTIONS: "Tệp không có câu hỏi nào. Bạn tải tệp mẫu về, điền rồi nhập lại.",
    ErrorCode.FILE_FORBIDDEN_XML: "Tệp XML có phần khai báo DTD nên không mở. Bạn xuất lại tệp từ Moodle.",
    ErrorCode.COLUMN_MISSING: "Thiếu cột “{title}”. Bạn thêm cột này, hoặc dùng tệp mẫu.",
    ErrorCode.COLUMN_REPEATED: "Có hai cột cùng nghĩa “{title}”. Bạn xóa hoặc đổi tên một cột.",
    ErrorCode.PART_IGNORED: "Phần “{title}” không được đọc. Nếu ở đó có câu hỏi, bạn chuyển vào trang tính đầu tiên.",
    ErrorCode.FORMULA_CELL: "Ô này là công thức. Bạn sao chép rồi dán lại dưới dạng giá trị.",
    ErrorCode.CELL_BROKEN: "Ô này báo lỗi {value}. Bạn nhập lại nội dung ô.",
    ErrorCode.CELLS_TOO_MANY: (
        "Dòng này có nhiều ô hơn {columns} cột ở đầu bảng. Bạn đặt nội dung có dấu phân cách trong nháy kép."
    ),
    ErrorCode.CELL_NOT_TEXT: (
        "Ô này là số hoặc ngày, được đọc là “{value}”. Nếu khác điều bạn thấy, bạn đổi ô sang dạng Văn bản."
    ),
    ErrorCode.STEM_MISSING: "Chưa có nội dung câu hỏi. Bạn điền câu hỏi, hoặc xóa cả dòng.",
    ErrorCode.TEXT_TOO_LONG: "Nội dung có {length} ký tự, nhiều nhất là {limit}. Bạn rút ngắn lại.",
    ErrorCode.TEXT_CONTROL: "Có ký tự điều khiển không nhìn thấy. Bạn xóa nội dung rồi gõ lại.",
    ErrorCode.TEXT_BROKEN: "Có ký tự đã hỏng hoặc của phông chữ riêng. Bạn gõ lại những chữ bị lỗi.",
    ErrorCode.TEXT_LEGACY: (
        "Chữ ở đây có vẻ là {encoding}, đọc ra là “{suggestion}”. Bạn xem trước rồi đồng ý chuyển sang Unicode."
    ),
    ErrorCode.ENCODING_GUESSED: (
        "Tệp không phải Unicode, đã đọc theo bảng mã Windows-1258. Bạn xem kỹ dấu ở bản xem trước."
    ),
    ErrorCode.OPTIONS_TOO_FEW: "Câu hỏi cần ít nhất 2 phương án. Bạn thêm phương án.",
    ErrorCode.OPTIONS_TOO_MANY: "Câu hỏi có nhiều nhất 6 phương án. Bạn bớt phương án.",
    ErrorCode.OPTION_GAP: "Phương án này bị bỏ cách quãng hoặc để trống. Bạn điền lần lượt từ A.",
    ErrorCode.OPTIONS_REPEATED: "Phương án này giống một phương án ở trước. Bạn sửa cho khác nhau.",
    ErrorCode.KEY_MISSING: "Chưa có đáp án đúng. Bạn chỉ ra phương án đúng.",
    ErrorCode.KEY_INVALID: "Đáp án “{value}” chưa đúng dạng. Bạn ghi chữ cái của phương án, ví dụ: B, hoặc A, C.",
    ErrorCode.KEY_NO_SUCH_OPTION: "Đáp án {value} chỉ tới phương án không có. Bạn xem lại đáp án và các phương án.",
    ErrorCode.KEY_ALL_OPTIONS: "Mọi phương án đều được tính đúng. Bạn xem lại đáp án.",
    ErrorCode.CODE_INVALID: (
        "Mã chỉ gồm chữ cái, chữ số, dấu chấm, gạch nối, gạch dưới, nhiều nhất 32 ký tự. Bạn sửa mã."
    ),
    ErrorCode.CODE_REPEATED: "Mã này đã có ở dòng {first_row}. Bạn đặt mã khác cho một trong hai câu.",
    ErrorCode.CODE_LOST_ZERO: (
        "Mã này có thể đã mất số 0 ở đầu, có lẽ là {suggestion}. Bạn đồng ý sửa, hoặc sửa trong tệp."
    ),
    ErrorCode.POOL_UNKNOWN: "Nhóm câu hỏi chỉ nhận “Thi” hoặc “Luyện tập”. Bạn chọn một trong hai.",
    ErrorCode.DIFFICULTY_INVALID: "Độ khó chỉ nhận 1, 2 hoặc 3. Bạn điền lại.",
    ErrorCode.DATE_INVALID: (
        "Ngày này không có trên lịch hoặc chưa đúng dạng. Bạn ghi ngày/tháng/năm, ví dụ 05/09/2025."
    ),
    ErrorCode.DATE_IS_NUMBER: (
        "Ô ngày đang là một con số, có lẽ là {suggestion}. Bạn đồng ý sửa, hoặc đổi ô sang dạng Ngày."
    ),
    ErrorCode.DATES_REVERSED: "Ngày hết hiệu lực ở trước ngày bắt đầu. Bạn xem lại hai ngày.",
    ErrorCode.QUESTION_TYPE_REFUSED: (
        "Câu thuộc loại {kind}, hội thi chỉ nhận câu trắc nghiệm. Bạn bỏ hoặc viết lại câu này."
    ),
    ErrorCode.GIFT_BRACES: (
        "Dấu ngoặc nhọn của câu GIFT chưa khép hoặc lồng nhau. "
        "Bạn thêm dấu còn thiếu; ngoặc trong lời văn có gạch chéo ngược ở trước."
    ),
    ErrorCode.GIFT_ANSWERS: (
        "Phần trả lời trong ngoặc nhọn chưa đúng dạng GIFT. Bạn đặt dấu = hoặc ~ trước mỗi phương án."
    ),
    ErrorCode.WEIGHT_INVALID: "Tỉ lệ điểm “{value}” không hợp lệ. Bạn ghi số từ -100 đến 100.",
    ErrorCode.PARTIAL_CREDIT: (
        "Câu cho điểm từng phần khác nhau, hội thi chỉ tính đúng hoặc sai. Bạn chọn lại đáp án đúng."
    ),
    ErrorCode.WEIGHTS_AS_ACCEPTED: (
        "Câu cho chọn nhiều phương án cùng lúc; ở đây chọn một trong các phương án đúng là đủ. Bạn xem lại lời câu hỏi."
    ),
    ErrorCode.FEEDBACK_DROPPED: "Lời nhận xét của từng phương án không được giữ. Bạn đưa vào phần giải thích nếu cần.",
    ErrorCode.GRADE_DROPPED: (
        "Điểm {value} của câu không được giữ, mỗi câu tính như nhau theo thể lệ. Bạn không cần làm gì thêm."
    ),
    ErrorCode.MEDIA_REFUSED: (
        "Câu có ảnh, âm thanh hoặc tệp kèm theo, chưa nhập được. Bạn viết lại bằng lời, hoặc bỏ câu này."
    ),
    ErrorCode.AIKEN_LINE: (
        "Dòng này không thuộc dạng Aiken: câu hỏi và mỗi phương án nằm trên một dòng. Bạn nối lại thành một dòng."
    ),
}


def option_title(letter: str) -> str:
    """The heading of the column of one option."""
    return OPTION_HEADINGS[0].format(letter=letter)


def column_title(column: str) -> str:
    """What a column of a question file is called.

    Args:
        column: A `services.question_files.Column`.
    """
    if column.startswith("option_"):
        return option_title(column.removeprefix("option_").upper())
    return {"file": WHOLE_FILE, "options": OPTIONS}.get(column) or HEADINGS[column][0]
