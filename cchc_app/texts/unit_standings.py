"""Wording of the boards of units and blocs, and of the formula with a unit's own numbers."""

from fractions import Fraction

from cchc_app.contest.collective import Formula, UnrankedReason
from cchc_app.texts.formats import grouped, minutes_and_seconds, points_text
from cchc_app.texts.register import bloc_name

TITLE = "Xếp hạng đơn vị"
BLOCS_TITLE = "Các khối đơn vị"
SEARCH = "Tìm đơn vị"
SEARCH_HINT = "Gõ không dấu cũng được."
NOTHING_FOUND = "Không thấy đơn vị nào. Bạn thử gõ ít chữ hơn, hoặc xem tất cả các khối."
ALL_BLOCS = "Tất cả"
BLOC_CHOICE = "Chọn khối"
OWN = "Đơn vị của bạn"
YOURS = "(đơn vị của bạn)"
RANK = "hạng"
RESULT = "kết quả"
EMPTY_TITLE = "Chưa có đơn vị nào có người thi"
EMPTY_TEXT = "Đơn vị có người nộp bài đầu tiên sẽ hiện ở đây ngay."
FORMULA = "Cách tính của đơn vị"
SEE_UNITS = "Xem các đơn vị"
BLOC_NOTE = "Số liệu gộp của từng khối; hội thi xếp hạng đơn vị, không xếp hạng khối."
NO_RANK = "–"
_REASONS = {
    UnrankedReason.HEADCOUNT_UNKNOWN: "chưa có số biên chế",
    UnrankedReason.TOO_FEW_PARTICIPANTS: "chưa đủ số người dự thi tối thiểu",
    UnrankedReason.RATE_TOO_LOW: "tỷ lệ tham gia chưa đạt mức tối thiểu",
}


def percent(value: Fraction | None) -> str:
    """A percentage to the hundredth, or a dash."""
    return f"{points_text(value)}%" if value is not None else "–"


def result(formula: Formula) -> str:
    """The result of a unit, from 0 to 100, or a dash."""
    return points_text(formula.result) if formula.result is not None else "–"


def taking_part(formula: Formula) -> str:
    """People, papers and rate, side by side."""
    totals = formula.totals
    heads = f"/{grouped(totals.headcount)}" if totals.headcount else ""
    return f"{grouped(totals.participants)}{heads} người · {grouped(totals.attempts)} lượt · {percent(formula.rate)}"


def mean_score(formula: Formula) -> str:
    """The mean score in words."""
    return f"điểm {percent(formula.score)}"


def units_of(count: int, ranked: int) -> str:
    """How many units a bloc has, and how many of them are ranked."""
    return f"{grouped(count)} đơn vị, {grouped(ranked)} đã được xếp hạng"


def size(count: int) -> str:
    """How many units are on the board."""
    return f"{grouped(count)} đơn vị"


def bloc_place(bloc: str, place: int | None) -> str:
    """A unit's place in its bloc."""
    return bloc_name(bloc) if place is None else f"{bloc_name(bloc)}: hạng {place}"


def steps(formula: Formula) -> tuple[tuple[str, str, str], ...]:
    """The formula with a unit's own numbers: what, how, how much; as the regulations have it, Article 13."""
    totals, rules = formula.totals, formula.rules
    weights = rules.weight_participation + rules.weight_score
    heads = grouped(totals.headcount) if totals.headcount else "chưa có số"
    over = " (quá 100% tính là 100%)" if formula.headcount_too_small else ""
    mean = (
        f"({percent(formula.rate)} × {rules.weight_participation} + {percent(formula.score)} × {rules.weight_score}) "
        f"÷ {weights}"
    )
    return (
        (
            "Tỷ lệ tham gia",
            f"{grouped(totals.participants)} người ÷ {heads} biên chế × 100%{over}",
            percent(formula.rate),
        ),
        (
            "Điểm trung bình",
            f"{grouped(totals.points)} điểm ÷ {grouped(totals.most_points)} điểm tối đa × 100%",
            percent(formula.score),
        ),
        ("Kết quả", mean, result(formula)),
        (
            "Nếu bằng nhau",
            f"xét tỷ lệ, điểm, rồi thời gian trung bình một bài ({grouped(totals.papers)} bài tính điểm)",
            "–" if formula.mean_time_ms is None else minutes_and_seconds(round(formula.mean_time_ms)),
        ),
    )


def gate(formula: Formula) -> str:
    """Whether a unit is ranked, and why not."""
    rules = formula.rules
    asked = f"Điều kiện xếp hạng: ít nhất {grouped(rules.minimum_participants)} người, tỷ lệ từ {rules.minimum_rate}%"
    if formula.unranked is None:
        return f"{asked}. Đơn vị đạt điều kiện."
    return f"{asked}. Chưa xếp hạng: {_REASONS[formula.unranked]}."


def reason(formula: Formula) -> str:
    """Why a unit has no rank, in a few words; empty if it has one."""
    return "" if formula.unranked is None else f"Chưa xếp hạng: {_REASONS[formula.unranked]}"
