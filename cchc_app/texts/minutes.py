"""Wording of the score minutes (biên bản chấm) in the layout of Nghị định 30/2020/NĐ-CP."""

from collections.abc import Sequence
from datetime import datetime

from cchc_app.contest.judging import Aggregation, JudgingRules
from cchc_app.texts.formats import clock, grouped, written_date

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ISSUER = "BAN TỔ CHỨC HỘI THI"
NUMBER = "Số:        /BB-BTC"
NAME = "BIÊN BẢN"
BLANK = "…………………………"
SHORT_BLANK = "……"

PART_WHEN = "I. Thời gian, địa điểm"
PART_WHO = "II. Thành phần"
PART_HOW = "III. Cách chấm"
PART_POINTS = "IV. Kết quả chấm"
PART_DETAIL = "V. Điểm từng giám khảo theo tiêu chí"
PART_TALK = "VI. Ý kiến trao đổi"
PART_END = "VII. Kết luận"
CHAIR = f"Chủ trì: {BLANK}"
SECRETARY_LINE = f"Thư ký: {BLANK}"
NO_TALK = "Không có ý kiến trao đổi."
NO_PRIZES = "Hội thi chưa có cơ cấu giải khẩu hiệu; biên bản ghi nhận thứ hạng ở mục IV."
COLUMN_RANK = "Hạng"
COLUMN_CODE = "Mã số"
COLUMN_TEXT = "Khẩu hiệu, đơn vị"
COLUMN_JUDGES = "Điểm giám khảo"
COLUMN_SCORE = "Điểm"
COLUMN_TIE = "Chấm lại"
COLUMN_JUDGE = "Giám khảo"
COLUMN_TOTAL = "Tổng"
NO_RANK = "–"
CLOSING = (
    f"Biên bản lập thành {SHORT_BLANK} bản, đã đọc cho các thành viên nghe, mọi người nhất trí và cùng ký tên. "
    f"Cuộc họp kết thúc hồi {SHORT_BLANK} giờ {SHORT_BLANK} cùng ngày."
)
SECRETARY = "THƯ KÝ"
CHAIRPERSON = "CHỦ TRÌ"
JUDGES = "CÁC GIÁM KHẢO"
RECIPIENTS = "Nơi nhận:"
RECIPIENT_LINES = ("- Ban Tổ chức hội thi;", "- Lưu: Hồ sơ chấm.")
UNFINISHED = "Lưu ý: việc chấm chưa kết thúc, số liệu dưới đây là tạm tính."

_AGGREGATIONS = {
    Aggregation.MEAN: "trung bình cộng điểm của các giám khảo",
    Aggregation.MEDIAN: "trung vị điểm của các giám khảo",
    Aggregation.TRIMMED_MEAN: "trung bình cộng sau khi bỏ điểm cao nhất và điểm thấp nhất",
}


def subject(title: str) -> str:
    """What the minutes are about."""
    return f"Chấm khẩu hiệu vòng 2, {title}"


def above(organiser: str) -> str:
    """The body over the committee, as letterheads write it."""
    return organiser.upper()


def place_and_date(place: str, now: datetime) -> str:
    """`Hải Phòng, ngày 05 tháng 12 năm 2025`."""
    return f"{place or BLANK}, {written_date(now)}"


def judged_between(opened_at: datetime, closed_at: datetime | None) -> str:
    """When the scores were given."""
    began = f"từ {clock(opened_at)} {written_date(opened_at)}"
    ended = f" đến {clock(closed_at)} {written_date(closed_at)}" if closed_at else ""
    return f"Giám khảo chấm trực tuyến {began}{ended}. Họp thống nhất kết quả tại: {BLANK}."


def judge_label(number: int) -> str:
    """How tables call a judge."""
    return f"GK{number}"


def judges(names: Sequence[str]) -> str:
    """Every judge with the short name of the tables."""
    return "Giám khảo: " + "; ".join(f"{judge_label(n)} {name}" for n, name in enumerate(names, 1)) + "."


def criterion_label(number: int) -> str:
    """How tables call a criterion."""
    return f"TC{number}"


def how(rules: JudgingRules, count: int) -> tuple[str, ...]:
    """The rules of judging, as the minutes cite them."""
    weights = sum(criterion.weight for criterion in rules.criteria)
    return (
        f"Có {grouped(count)} khẩu hiệu được chấm theo mã số; giám khảo không biết tên đơn vị, không chấm đơn vị mình. "
        f"Mỗi khẩu hiệu do {rules.judges_per_slogan} giám khảo chấm độc lập, "
        f"thang điểm {rules.lowest} đến {rules.highest}.",
        "Tiêu chí: "
        + "; ".join(
            f"{criterion_label(n)} {one.name} (trọng số {one.weight}/{weights})"
            for n, one in enumerate(rules.criteria, 1)
        )
        + ".",
        f"Điểm của khẩu hiệu là {_AGGREGATIONS[rules.aggregation]}; thứ hạng xét theo số chính xác, "
        "trong bảng làm tròn đến hai chữ số thập phân. Khẩu hiệu bằng điểm được chấm lại để phân hạng.",
    )


def judge_points(label: str, total: str) -> str:
    """One judge's total in the table of results."""
    return f"{label}: {total}"


def prize_line(prize: str, items: Sequence[str]) -> str:
    """A prize and who gets it."""
    return f"{prize}: {'; '.join(items)}."


def tie_line(prizes: Sequence[str], items: Sequence[str]) -> str:
    """Tied slogans the committee has to decide about."""
    return f"Đồng hạng, Ban Tổ chức quyết định giải ({', '.join(prizes)}): {'; '.join(items)}."


def item(code: str, unit: str) -> str:
    """A slogan in a sentence."""
    return f"{code} ({unit})"


def note_line(code: str, name: str, text: str) -> str:
    """What a judge said of a slogan."""
    return f"{code}, {name}: {text}"


def disqualified_line(codes: Sequence[str]) -> str:
    """Slogans that were judged and then taken out."""
    return f"Khẩu hiệu bị loại, không xếp hạng: {', '.join(codes)}."
