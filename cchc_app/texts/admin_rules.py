"""Wording of the page where new rules are written: fields, why some are locked, what has changed."""

from datetime import datetime

from cchc_app.contest.changes import Difference, Lock, LockReason, LockState, RuleField
from cchc_app.contest.collective import CollectiveRules
from cchc_app.contest.judging import Aggregation, JudgingRules
from cchc_app.contest.prize_rules import PrizeKind, PrizeRules
from cchc_app.contest.regulations import (
    BlueprintLine,
    CountedAttempt,
    FeedbackMode,
    PeriodRules,
    PredictionSubject,
    TieBreak,
)
from cchc_app.texts.formats import clock_and_date, duration_words, end_with_year
from cchc_app.texts.register import BLOCS

TITLE = "Thể lệ"
SECTIONS_LABEL = "Các phần của thể lệ"
SECTIONS = {
    "tuan": "Các tuần",
    "de-thi": "Đề thi",
    "xep-hang": "Xếp hạng",
    "khau-hieu": "Khẩu hiệu",
    "don-vi": "Đơn vị",
    "giai": "Giải thưởng",
    "cong-bo": "Công bố",
}
IN_FORCE = "Đang áp dụng: phiên bản"
SAVE = "Lưu bản nháp"
SAVED = "Đã lưu bản nháp. Thể lệ đang áp dụng chưa đổi; bạn công bố ở phần Công bố."
PERIODS_HINT = (
    "Ngày/tháng/năm giờ:phút, giờ Việt Nam; 24:00 là hết ngày. Xóa trống cả hai ô của tuần cuối để bỏ tuần đó."
)
OPENS_AT = "Mở"
CLOSES_AT = "Đóng"
FEEDBACK = "Hiện đáp án"
PREDICTION = "Câu hỏi dự đoán"
NO_PREDICTION = "Không có"
FEEDBACKS = {
    FeedbackMode.IMMEDIATE: "Ngay sau mỗi câu",
    FeedbackMode.AT_END: "Sau khi nộp bài",
    FeedbackMode.AFTER_CLOSE: "Sau khi tuần đóng",
}
PREDICTIONS = {
    PredictionSubject.ENTRANTS: "Bao nhiêu người tham gia",
    PredictionSubject.PERFECT_SCORES: "Bao nhiêu người đúng tất cả",
}
BLUEPRINT = "Cơ cấu đề"
BLUEPRINT_HINT = "Để trống số câu thì dòng bị bỏ. Cột cuối là số câu đã duyệt, còn hiệu lực hôm nay của ngân hàng."
LINE_COUNT = "Số câu"
LINE_TOPIC = "Chủ đề"
LINE_DIFFICULTY = "Độ khó"
LINE_AVAILABLE = "Ngân hàng có"
ANY_TOPIC = "Chủ đề nào cũng được"
ANY_DIFFICULTY = "Bất kỳ"
SHORT = "thiếu"
CAN_DRAW = "Ngân hàng đủ để ra đề."
CANNOT_DRAW = (
    "Ngân hàng chưa đủ câu cho cơ cấu này: người dự thi sẽ không bắt đầu được bài. Bạn thêm câu hoặc giảm số câu."
)
MINUTES = "Thời gian làm bài (phút)"
GRACE = "Bù độ trễ mạng (giây)"
ATTEMPTS = "Số lượt tính điểm mỗi tuần"
COUNTED = "Lượt được lấy"
POINTS = "Điểm mỗi câu đúng"
COUNTEDS = {
    CountedAttempt.FIRST: "Lượt đầu tiên",
    CountedAttempt.BEST: "Lượt cao nhất",
    CountedAttempt.LAST: "Lượt cuối cùng",
}
CHAIN = "Xét khi bằng nhau"
CHAIN_HINT = "Bước đầu luôn là điểm, bước cuối luôn là thứ tự phát bài để không còn ai bằng nhau."
STEPS = {
    TieBreak.SCORE: "Điểm cao hơn",
    TieBreak.PREDICTION: "Dự đoán lệch ít hơn",
    TieBreak.TIME_USED: "Thời gian làm bài ít hơn",
    TieBreak.FINISHED_AT: "Nộp bài sớm hơn",
    TieBreak.ATTEMPT_ID: "Bài được phát sớm hơn",
}
EARLIER = "Xét sớm hơn"
LATER = "Xét muộn hơn"
TAKE_OUT = "Bỏ bước"
PUT_IN = "Thêm bước"
SLOGAN_LIMITS = "Khẩu hiệu"
MIN_WORDS = "Ít nhất (tiếng)"
MAX_WORDS = "Nhiều nhất (tiếng)"
EXPLANATION_WORDS = "Thuyết minh nhiều nhất (từ)"
SLOGAN_CLOSES = "Hạn cuối"
JUDGING = "Chấm khẩu hiệu"
JUDGING_HINT = "Để trống tên thì tiêu chí bị bỏ. Điểm của giám khảo là trung bình có trọng số."
CRITERION = "Tiêu chí"
WEIGHT = "Trọng số"
ANCHORS = ("Điểm thấp nghĩa là", "Điểm giữa nghĩa là", "Điểm cao nghĩa là")
JUDGES = "Số giám khảo mỗi khẩu hiệu"
HIGHEST = "Điểm cao nhất của tiêu chí"
SPREAD = "Báo khi lệch từ (điểm)"
AGGREGATION = "Cách gộp điểm"
AGGREGATIONS = {
    Aggregation.MEAN: "Trung bình cộng",
    Aggregation.MEDIAN: "Trung vị",
    Aggregation.TRIMMED_MEAN: "Trung bình, bỏ điểm cao nhất và thấp nhất",
}
FORMULA = "Công thức xếp hạng đơn vị"
WEIGHT_PARTICIPATION = "Trọng số tỷ lệ tham gia"
WEIGHT_SCORE = "Trọng số điểm trung bình"
MINIMUM_PARTICIPANTS = "Ít nhất bao nhiêu người"
MINIMUM_RATE = "Tỷ lệ tham gia ít nhất (%)"
PRIZE_LIST = "Cơ cấu giải"
PRIZES_HINT = "Giải cao hơn đứng trước. Để trống tên thì giải bị bỏ."
PRIZE = "Tên giải"
KIND = "Trao cho"
KINDS = {PrizeKind.INDIVIDUAL: "Cá nhân", PrizeKind.UNIT: "Đơn vị", PrizeKind.SLOGAN: "Khẩu hiệu"}
PERIOD = "Tuần"
WHOLE_CONTEST = "Cả hội thi"
BLOC = "Khối"
EVERY_BLOC = "Mọi khối"
PLACES = "Số giải"
ONE_PER_PERSON = "Trong một loại giải, mỗi người hoặc đơn vị nhận nhiều nhất một giải"
NORMALISED_ONLY = "Tài khoản chưa chuẩn hóa định danh (CMND 9 số) không được xét giải"
MINIMUM_PERIODS = "Giải cá nhân cả hội thi: ít nhất bao nhiêu tuần có bài"
PUBLISH_TITLE = "Công bố bản nháp"
NO_CHANGES = "Bản nháp giống thể lệ đang áp dụng. Bạn sửa ở các phần trước rồi quay lại đây."
CHANGES_CAPTION = "Những gì sẽ đổi"
COLUMN_FIELD = "Mục"
COLUMN_BEFORE = "Đang áp dụng"
COLUMN_AFTER = "Bản nháp"
ALL_NEED_NOTE = "Đã có bài thi: mọi thay đổi cần ghi chú công khai khi công bố. Phần bị khóa có lý do bên dưới."
NOTE = "Ghi chú công khai"
NOTE_NEEDED = "Bắt buộc vì đã có bài thi. Hiện ở trang Thể lệ, trong danh sách phiên bản."
NOTE_FREE = "Không bắt buộc khi chưa có bài thi. Hiện ở trang Thể lệ."
PUBLISH = "Công bố phiên bản mới"
DISCARD = "Bỏ bản nháp"
DISCARDED = "Đã bỏ bản nháp."
PAPERS_KEEP = "Bài đã phát giữ nguyên đề, thời gian và hạn nộp theo phiên bản lúc phát."
NEWER_TITLE = "Người khác vừa đổi"
NEWER_TEXT = "Những gì bạn nhập vẫn ở các ô. Bấm lưu lần nữa thì phần này theo bản của bạn."
NEWER_BEFORE = "Lúc bạn mở"
NEWER_AFTER = "Bản mới"
UNTITLED = "Chưa lưu lần nào"

FIELDS = {
    RuleField.OPENS_AT: "giờ mở",
    RuleField.CLOSES_AT: "giờ đóng",
    RuleField.FEEDBACK: "hiện đáp án",
    RuleField.PREDICTION: "câu hỏi dự đoán",
    RuleField.PERIOD: "tuần thi",
    RuleField.BLUEPRINT: "Cơ cấu đề",
    RuleField.DURATION: "Thời gian làm bài",
    RuleField.GRACE: "Bù độ trễ mạng",
    RuleField.ATTEMPTS: "Số lượt tính điểm",
    RuleField.COUNTED: "Lượt được lấy",
    RuleField.POINTS: "Điểm mỗi câu",
    RuleField.TIE_BREAK: "Thứ tự xét khi bằng nhau",
    RuleField.SLOGAN_WORDS: "Độ dài khẩu hiệu",
    RuleField.SLOGAN_DEADLINE: "Hạn khẩu hiệu",
    RuleField.JUDGING: "Chấm khẩu hiệu",
    RuleField.COLLECTIVE: "Công thức đơn vị",
    RuleField.PRIZES: "Cơ cấu giải",
}
REASONS = {
    LockReason.NO_PAPER_YET: "",
    LockReason.PAPERS_EXIST: "",  # said once, for the whole page
    LockReason.PAPERS_IN_PERIOD: "Khóa: tuần này đã có bài thi.",
    LockReason.PERIOD_OVER: "Khóa: tuần này đã có bài thi và đã đóng.",
    LockReason.PERIOD_OPEN: "Tuần đang mở nên không bỏ được.",
    LockReason.PLACES_REST_ON_IT: "Khóa: thứ hạng đã có được tính theo quy định này.",
    LockReason.JUDGING_BEGUN: "Khóa: đã bắt đầu chấm khẩu hiệu.",
}


def week(number: int) -> str:
    """A period's name."""
    return f"Tuần {number}"


def new_week(number: int) -> str:
    """The empty row after the last period."""
    return f"Tuần {number} (thêm mới)"


def published(version: int) -> str:
    """Said after publishing."""
    return f"Đã công bố phiên bản {version}. Bài phát từ bây giờ theo phiên bản này."


def edited(by: str, at: datetime | None) -> str:
    """Who saved the draft last."""
    return f"Bản nháp: {by} lưu lúc {clock_and_date(at)}" if at else UNTITLED


def locked(state: LockState | None) -> str:
    """Why a field is fixed; empty when it is not."""
    return REASONS[state.reason] if state is not None and state.lock is Lock.FIXED else ""


def topic(name: str, available: int) -> str:
    """A topic of the bank."""
    return f"{name} ({available})"


def difference(found: Difference) -> tuple[str, str, str]:
    """A change in words: the field, what it was, what it becomes."""
    name = FIELDS[found.field]
    label = f"{week(found.period)}: {name}" if found.period else name
    return label, _value(found.field, found.before), _value(found.field, found.after)


def _value(field: RuleField, value: object) -> str:
    match value:
        case None:
            return "không có"
        case datetime():
            return end_with_year(value) if field is not RuleField.OPENS_AT else clock_and_date(value)
        case FeedbackMode():
            return FEEDBACKS[value]
        case PredictionSubject():
            return PREDICTIONS[value]
        case CountedAttempt():
            return COUNTEDS[value]
        case PeriodRules():
            return f"{clock_and_date(value.opens_at)} – {end_with_year(value.closes_at)}"
        case JudgingRules():
            criteria = ", ".join(f"{one.name} ({one.weight})" for one in value.criteria)
            return f"{criteria}; {value.judges_per_slogan} giám khảo; {AGGREGATIONS[value.aggregation].lower()}"
        case CollectiveRules():
            return (
                f"tham gia {value.weight_participation}, điểm {value.weight_score}; "
                f"từ {value.minimum_participants} người, {value.minimum_rate}%"
            )
        case PrizeRules():
            return "; ".join(f"{one.title}: {one.count}" for one in value.quotas) or "không có giải"
        case int() if field in (RuleField.DURATION, RuleField.GRACE):
            return duration_words(value)
    if field is RuleField.SLOGAN_WORDS and isinstance(value, tuple):
        return f"{value[0]}–{value[1]} tiếng, thuyết minh {value[2]} từ"
    if isinstance(value, tuple):
        return "; ".join(_line(one) if isinstance(one, BlueprintLine) else STEPS[one] for one in value)
    return str(value)


def _line(line: BlueprintLine) -> str:
    difficulty = f", độ khó {line.difficulty}" if line.difficulty else ""
    return f"{line.count} câu {line.topic or 'bất kỳ'}{difficulty}"


def bloc(code: str) -> str:
    """A bloc's name."""
    return BLOCS.get(code, code)
