"""The regulations in words, made from the same value the code rules by: what is written here is what happens."""

from dataclasses import dataclass
from datetime import datetime

from cchc_app.contest.collective import CollectiveRules
from cchc_app.contest.judging import Aggregation, JudgingRules
from cchc_app.contest.prize_rules import PrizeKind, PrizeQuota, PrizeRules
from cchc_app.contest.regulations import (
    CountedAttempt,
    FeedbackMode,
    PeriodRules,
    PredictionSubject,
    QuizRules,
    RuleSet,
    SloganRules,
    TieBreak,
)
from cchc_app.texts.formats import clock_and_date, duration_words, end_with_year
from cchc_app.texts.register import BLOCS

TITLE = "Thể lệ hội thi"
INTRO = "Các điều dưới đây được viết ra từ chính bộ quy tắc mà hệ thống dùng để ra đề, chấm điểm và xếp hạng."
VERSION = "Phiên bản"
DIGEST = "Mã kiểm chứng"
DIGEST_HINT = "Mã kiểm chứng là dấu SHA-256 của bộ quy tắc. Mỗi kết quả đều ghi mã này; quy tắc đổi thì mã đổi theo."


VERSIONS_TITLE = "Các phiên bản đã công bố"


def version_line(version: int, published_at: datetime, digest: str) -> str:
    """One published version in brief."""
    return f"Phiên bản {version}, công bố {clock_and_date(published_at)}, mã {digest}"


@dataclass(frozen=True)
class Article:
    """One article: its heading and its sentences."""

    heading: str
    sentences: tuple[str, ...]


def articles(rule_set: RuleSet) -> tuple[Article, ...]:
    """Every article of the regulations, in order."""
    quiz = rule_set.quiz
    parts = (
        ("Thời gian", (*_schedule(rule_set.periods),)),
        ("Người dự thi", _people()),
        ("Lượt thi", _attempts(quiz)),
        ("Đề thi", _paper(quiz)),
        ("Thời gian làm bài", _timing(quiz)),
        ("Chấm điểm", _marking(quiz)),
        ("Công bố đáp án cho người làm bài", _feedback(rule_set.periods)),
        ("Câu hỏi dự đoán", _prediction(rule_set.periods)),
        ("Xếp hạng cá nhân", _ranking(quiz)),
        ("Vòng khẩu hiệu", _slogan(rule_set.slogan)),
        ("Chấm khẩu hiệu", _judging(rule_set.judging)),
        ("Xếp hạng đơn vị", _collective(rule_set.collective)),
        ("Giải thưởng", _prizes(rule_set.prizes)),
        ("Phiên bản của thể lệ", _versions(rule_set)),
    )
    return tuple(Article(f"Điều {n}. {heading}", sentences) for n, (heading, sentences) in enumerate(parts, 1))


def _schedule(periods: tuple[PeriodRules, ...]) -> tuple[str, ...]:
    weeks = tuple(
        f"Tuần {period.number}: từ {clock_and_date(period.opens_at)} đến {end_with_year(period.closes_at)}."
        for period in periods
    )
    return (
        f"Vòng trắc nghiệm gồm {len(periods)} tuần, theo đồng hồ của máy chủ, giờ Việt Nam.",
        *weeks,
        "Đúng thời điểm kết thúc là đã đóng; không bắt đầu bài mới được nữa.",
    )


def _people() -> tuple[str, ...]:
    return (
        "Mỗi người một tài khoản, xác định bằng số CCCD hoặc CMND, thuộc đúng một đơn vị trong danh sách.",
        "Người trong Ban Tổ chức, Ban Giám khảo và tổ biên soạn câu hỏi không được xếp hạng.",
    )


def _attempts(quiz: QuizRules) -> tuple[str, ...]:
    which = {
        CountedAttempt.FIRST: "lượt đầu tiên",
        CountedAttempt.BEST: "lượt có kết quả cao nhất",
        CountedAttempt.LAST: "lượt cuối cùng",
    }[quiz.counted_attempt]
    counted = (
        "Kết quả của lượt đó là kết quả của tuần."
        if quiz.attempts_allowed == 1
        else f"Kết quả của tuần lấy theo {which}."
    )
    return (
        f"Mỗi tuần, mỗi người có {quiz.attempts_allowed} lượt tính điểm. {counted}",
        "Phần luyện tập dùng câu hỏi riêng, làm bao nhiêu lần cũng được và không tính điểm.",
    )


def _paper(quiz: QuizRules) -> tuple[str, ...]:
    return (
        f"Mỗi đề có {quiz.question_count} câu trắc nghiệm, rút ngẫu nhiên từ ngân hàng câu hỏi theo cơ cấu chủ đề "
        "và độ khó đã định.",
        "Thứ tự câu hỏi và phương án được xáo từ một mã lưu cùng bài làm, nên ai có mã cũng dựng lại được đúng đề đó.",
        "Đề đã phát thì không đổi, kể cả khi ngân hàng câu hỏi được sửa.",
    )


def _timing(quiz: QuizRules) -> tuple[str, ...]:
    return (
        f"Thời gian làm bài là {duration_words(quiz.duration_ms)}, và không quá thời điểm tuần thi kết thúc.",
        f"Câu trả lời được nhận thêm {duration_words(quiz.grace_ms)} sau giờ kết thúc để bù độ trễ đường truyền; "
        "thời gian tính cho bài làm không vượt quá giờ kết thúc.",
        "Rời trang, mất mạng hay đổi máy không làm bài tự nộp. Đồng hồ vẫn chạy và bài tiếp tục từ chỗ đang làm.",
        "Hết giờ mà chưa nộp thì hệ thống khép bài với các câu đã lưu.",
    )


def _marking(quiz: QuizRules) -> tuple[str, ...]:
    return (f"Mỗi câu đúng được {quiz.points_per_question} điểm; câu sai hoặc bỏ trống không có điểm và không bị trừ.",)


def _feedback(periods: tuple[PeriodRules, ...]) -> tuple[str, ...]:
    wording = {
        FeedbackMode.IMMEDIATE: "đáp án và giải thích hiện ngay sau mỗi câu; câu đã trả lời thì không đổi được.",
        FeedbackMode.AT_END: "được đổi câu trả lời cho đến khi nộp bài; đáp án hiện sau khi nộp.",
        FeedbackMode.AFTER_CLOSE: "được đổi câu trả lời cho đến khi nộp bài; đáp án hiện khi tuần thi kết thúc.",
    }
    modes = dict.fromkeys(period.feedback for period in periods)
    return tuple(f"{_weeks_in(periods, mode)}: {wording[mode]}" for mode in modes)


def _weeks_in(periods: tuple[PeriodRules, ...], mode: FeedbackMode) -> str:
    numbers = [period.number for period in periods if period.feedback is mode]
    if len(numbers) == len(periods):
        return "Tất cả các tuần"
    return "Tuần " + ", ".join(map(str, numbers))


def _prediction(periods: tuple[PeriodRules, ...]) -> tuple[str, ...]:
    subjects = {
        PredictionSubject.ENTRANTS: "số người tham gia tuần đó",
        PredictionSubject.PERFECT_SCORES: "số người trả lời đúng tất cả các câu của tuần đó",
    }
    asked = [(period.number, period.prediction) for period in periods if period.prediction is not None]
    if not asked:
        return ("Không tuần nào có câu hỏi dự đoán.",)
    lines = tuple(f"Tuần {number}: dự đoán {subjects[subject]}." for number, subject in asked)
    return (*lines, "Các con số liên quan không hiện ở bất cứ đâu cho đến khi tuần thi kết thúc.")


def _ranking(quiz: QuizRules) -> tuple[str, ...]:
    steps = {
        TieBreak.SCORE: "điểm cao hơn xếp trên",
        TieBreak.PREDICTION: "dự đoán lệch ít hơn xếp trên",
        TieBreak.TIME_USED: "thời gian làm bài ít hơn xếp trên, tính đến phần nghìn giây theo máy chủ",
        TieBreak.FINISHED_AT: "nộp bài sớm hơn xếp trên",
        TieBreak.ATTEMPT_ID: "bài được phát sớm hơn xếp trên",
    }
    chain = tuple(f"{place}. {steps[step].capitalize()}." for place, step in enumerate(quiz.tie_break, 1))
    return (
        "Khi bằng nhau ở một bước thì xét bước tiếp theo:",
        *chain,
        "Bảng chung cuộc cộng điểm và cộng thời gian các tuần, rồi xét theo cùng thứ tự.",
        "Bảng trực tiếp chỉ để theo dõi. Kết quả chính thức do Ban Tổ chức tính lại từ câu trả lời gốc rồi công bố.",
    )


def _slogan(rules: SloganRules) -> tuple[str, ...]:
    return (
        f"Mỗi đơn vị gửi một khẩu hiệu từ {rules.min_words} đến {rules.max_words} tiếng; "
        f"thuyết minh, nếu có, không quá {rules.explanation_max_words} từ.",
        "Tiếng là cụm ký tự giữa hai khoảng trắng có ít nhất một chữ cái hoặc chữ số.",
        f"Hạn cuối: {end_with_year(rules.closes_at)}.",
    )


def _judging(rules: JudgingRules) -> tuple[str, ...]:
    combined = {
        Aggregation.MEAN: "trung bình cộng",
        Aggregation.MEDIAN: "trung vị",
        Aggregation.TRIMMED_MEAN: "trung bình cộng sau khi bỏ điểm cao nhất và thấp nhất",
    }
    weights = sum(criterion.weight for criterion in rules.criteria)
    return (
        f"Mỗi khẩu hiệu do {rules.judges_per_slogan} giám khảo chấm độc lập theo mã số, "
        "không biết tên đơn vị và tác giả; không ai chấm khẩu hiệu của đơn vị mình.",
        f"Mỗi tiêu chí chấm từ {rules.lowest} đến {rules.highest} điểm. "
        "Điểm của một giám khảo là trung bình có trọng số:",
        *(f"{criterion.name}: trọng số {criterion.weight}/{weights}." for criterion in rules.criteria),
        f"Điểm của khẩu hiệu là {combined[rules.aggregation]} điểm các giám khảo. "
        f"Khi hai giám khảo lệch nhau từ {rules.spread_alert} điểm thì phải trao đổi trước khi công bố.",
        "Các khẩu hiệu bằng điểm được chấm lại bằng một vòng riêng.",
    )


def _collective(rules: CollectiveRules) -> tuple[str, ...]:
    weights = rules.weight_participation + rules.weight_score
    gate = f"Đơn vị được xếp hạng khi có ít nhất {rules.minimum_participants} người dự thi"
    rate = f" và đạt từ {rules.minimum_rate}% quân số" if rules.minimum_rate else ""
    return (
        "Tỷ lệ tham gia là số người của đơn vị đã hoàn thành bài thi chia cho quân số, tính tối đa 100%.",
        "Điểm trung bình là tổng điểm các bài được tính chia cho số điểm tối đa của các bài đó, theo phần trăm.",
        f"Kết quả của đơn vị là trung bình có trọng số: tỷ lệ tham gia {rules.weight_participation}/{weights}, "
        f"điểm trung bình {rules.weight_score}/{weights}.",
        f"{gate}{rate}.",
        "Bằng nhau thì xét lần lượt tỷ lệ tham gia cao hơn, điểm trung bình cao hơn, thời gian làm bài trung bình "
        "ít hơn, rồi thứ tự của danh sách đơn vị.",
    )


def _prizes(rules: PrizeRules) -> tuple[str, ...]:
    if not rules.quotas:
        return ("Cơ cấu giải thưởng do Ban Tổ chức công bố sau.",)
    once = ("Trong mỗi loại giải, một người hoặc một đơn vị nhận nhiều nhất một giải.",) if rules.one_per_person else ()
    normalised = (
        ("Tài khoản chưa chuẩn hóa định danh (CMND 9 số) không được xét giải.",)
        if rules.normalised_identity_only
        else ()
    )
    return (
        *(f"{quota.title}: {quota.count} giải, {_awarded_to(quota)}." for quota in rules.quotas),
        *once,
        *normalised,
        f"Giải cá nhân của cả hội thi dành cho người hoàn thành bài thi ở ít nhất {rules.minimum_periods} tuần.",
        "Bước xếp hạng cuối (bài được phát sớm hơn; thứ tự danh sách đơn vị) không dùng để xét giải. "
        "Khi bằng nhau ở mọi bước còn lại mà không đủ giải thì Ban Tổ chức quyết định và nêu lý do.",
        "Danh sách giải lập từ kết quả chính thức, do người thứ hai xác nhận rồi mới công bố.",
    )


def _awarded_to(quota: PrizeQuota) -> str:
    kinds = {PrizeKind.INDIVIDUAL: "cá nhân", PrizeKind.UNIT: "đơn vị", PrizeKind.SLOGAN: "khẩu hiệu"}
    when = (
        "" if quota.kind is PrizeKind.SLOGAN else (f" của tuần {quota.period}" if quota.period else " của cả hội thi")
    )
    bloc = f", {BLOCS.get(quota.bloc, quota.bloc)}" if quota.bloc else ""
    return f"{kinds[quota.kind]}{when}{bloc}"


def _versions(rule_set: RuleSet) -> tuple[str, ...]:
    note = (f"Ghi chú của phiên bản này: {rule_set.note}",) if rule_set.note else ()
    return (
        f"Đây là phiên bản {rule_set.version}. Sau khi đã có bài thi, mọi thay đổi đều phải kèm ghi chú công khai.",
        *note,
    )
