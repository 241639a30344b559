"""Wording of the quiz and the result."""

from typing import Any

from cchc_app import routes
from cchc_app.contest.regulations import FeedbackMode, PredictionSubject, TieBreak
from cchc_app.texts.formats import clock_and_date, duration_words, end_with_year

QUIZ_TITLE = "Bài thi trắc nghiệm"
PRACTICE_TITLE = "Luyện tập"
BEGIN = "Bắt đầu làm bài"
RESUME = "Tiếp tục bài thi"
PRACTISE = "Luyện tập"
ANSWER = "Trả lời"
NEXT = "Câu tiếp theo"
HAND_IN = "Nộp bài"
CONFIRM_HAND_IN = "Xác nhận nộp bài"
KEEP_WORKING = "Làm tiếp"
QUESTION_LIST = "Danh sách câu hỏi"
QUESTION = "Câu"
CORRECT = "Chính xác"
INCORRECT = "Chưa đúng"
RIGHT_MARK = "Đúng"
YOUR_CHOICE = "Bạn chọn"
CORRECT_SO_FAR = "đúng"
CORRECT_ANSWERS = "câu đúng"
SAVED = "Đã lưu"
SAVED_ANSWERS = "câu"
FINAL_HINT = "trả lời rồi không đổi được"
CHANGEABLE_HINT = "có thể đổi trước khi nộp"
FIRST_ANSWER_STANDS = "Câu này đã được trả lời ở một cửa sổ khác. Câu trả lời đầu tiên được giữ lại."
HAND_IN_QUESTION = "Bạn muốn nộp bài?"
ALL_ANSWERED = "Bạn đã trả lời hết các câu."
UNANSWERED_BEFORE = "Còn"
UNANSWERED_AFTER = "câu chưa trả lời. Nộp bài rồi thì không làm tiếp được."
PREDICTIONS = {
    PredictionSubject.PERFECT_SCORES: "Câu hỏi dự đoán: có bao nhiêu người trả lời đúng tất cả các câu trong tuần này?",
    PredictionSubject.ENTRANTS: "Câu hỏi dự đoán: có bao nhiêu người tham gia tuần thi này?",
}
PREDICTION_HINT = "Nhập một số. Khi bằng điểm, người dự đoán gần đúng hơn xếp trên."
PRACTICE_BADGE = "Luyện tập, không tính điểm"
STATUS_NAMES = {"": "chưa trả lời", "saved": "đã lưu", "right": "đúng", "wrong": "chưa đúng"}
SEE_RESULT = "Xem kết quả"


FEEDBACK_FACTS = {
    FeedbackMode.IMMEDIATE: "Đáp án và giải thích hiện ngay sau mỗi câu; trả lời rồi không đổi được.",
    FeedbackMode.AT_END: "Có thể đổi câu trả lời cho đến khi nộp bài; kết quả hiện sau khi nộp.",
    FeedbackMode.AFTER_CLOSE: "Có thể đổi câu trả lời cho đến khi nộp bài; kết quả hiện khi tuần thi đóng.",
}
TIES = {
    TieBreak.PREDICTION: "dự đoán sát hơn",
    TieBreak.TIME_USED: "thời gian làm bài ít hơn",
    TieBreak.FINISHED_AT: "nộp sớm hơn",
}


def _ties(chain: tuple[TieBreak, ...]) -> str:
    """How equal scores are told apart, in the order the regulations in force use."""
    return f"Bằng điểm thì lần lượt xét: {', '.join(TIES[step] for step in chain if step in TIES)}."


def door(view, *, practice: bool) -> dict[str, Any]:
    """The start page: what this paper is, and what the button does.

    Args:
        view: a `services.take_quiz.QuizDoor`.
        practice: whether it is the practice paper.
    """
    size = f"{view.question_count} câu · {duration_words(view.duration_ms)}"
    if practice:
        return {
            "title": PRACTICE_TITLE,
            "facts": [
                size,
                "Câu hỏi lấy từ phần luyện tập riêng, không trùng câu thi.",
                "Không tính điểm, không xếp hạng, làm bao nhiêu lần cũng được.",
            ],
            "button": RESUME if view.resumable else BEGIN,
            "result_path": "",
        }
    if view.period_number is None:
        return {"title": QUIZ_TITLE, "facts": ["Các tuần thi đã kết thúc."], "button": "", "result_path": ""}
    return _week_door(view, size)


def _week_door(view, size: str) -> dict[str, Any]:
    left = view.attempts_allowed - view.attempts_used
    facts = [
        size,
        f"Mở từ {clock_and_date(view.opens_at)} đến {end_with_year(view.closes_at)}",
        f"Còn {left} trên {view.attempts_allowed} lượt tính điểm" if left > 0 else "Bạn đã dùng hết lượt thi của tuần",
        FEEDBACK_FACTS[view.feedback],
        _ties(view.tie_break),
        "Câu trả lời được lưu ngay trên máy chủ. Mất mạng hay đổi máy vẫn làm tiếp được trong thời gian còn lại.",
    ]
    may_begin = view.is_open and left > 0
    return {
        "title": f"Tuần {view.period_number}",
        "facts": facts,
        "button": RESUME if view.resumable else BEGIN if may_begin else "",
        "result_path": routes.result(view.last_receipt) if view.last_receipt else "",
    }
