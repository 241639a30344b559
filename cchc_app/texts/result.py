"""Wording of the result page."""

from typing import Any

from cchc_app.contest.regulations import TieBreak
from cchc_app.texts.formats import clock_and_date, exact_time, grouped, second_and_day, time_used_words

REVIEW = "Xem lại bài"
MISSING = "Chưa mở được kết quả"
QUESTION = "Câu"
RIGHT = "Đúng"
WRONG = "Chưa đúng"
FILTERS_LABEL = "Lọc câu hỏi"
HIDE_REVIEW = "Ẩn bài làm"
RECEIPT = "Mã biên nhận"
WHY = "Vì sao tôi đứng thứ hạng này?"
WHY_HINT = "Xét lần lượt từ trên xuống; bước sau chỉ dùng khi bước trước bằng nhau."
YOUR_CHOICE = "Bạn chọn"
NO_ANSWER = "Bạn chưa trả lời câu này."
RIGHT_ANSWER = "Đáp án đúng"
FILTERS = (("all", "Tất cả"), ("right", "Đúng"), ("wrong", "Sai"))
TO_BOARD = "Xem bảng xếp hạng"
AGAIN = "Luyện tập tiếp"
STEP_NAMES = {
    TieBreak.SCORE: "Số câu đúng",
    TieBreak.PREDICTION: "Sai lệch dự đoán",
    TieBreak.TIME_USED: "Thời gian làm bài",
    TieBreak.FINISHED_AT: "Thời điểm nộp",
    TieBreak.ATTEMPT_ID: "Số thứ tự bài thi",
}


def figures(found, place, unit_name: str) -> dict[str, Any]:
    """The figures and sentences of a `services.results.Result` with its place, if it has one."""
    known = found.correct is not None
    title = "Kết quả luyện tập" if found.practice else f"Kết quả tuần {found.period_number}"
    return {
        "title": title,
        "receipt": found.receipt,
        "correct": found.correct or 0,
        "total": found.total,
        "out_of": f"trên {found.total} câu",
        "marks_known": known,
        "sentence": _sentence(found),
        "remark": "Hết giờ: máy chủ đã đóng bài với các câu trả lời đã lưu." if found.expired else "",
        "practice": found.practice,
        **_ranks(found, place, unit_name),
    }


def _sentence(found) -> str:
    if found.correct is None:
        return f"Bài đã nộp. Kết quả hiện sau {clock_and_date(found.marks_from)}, khi tuần thi đóng."
    return f"Bạn trả lời đúng {found.correct}/{found.total} câu trong {time_used_words(found.time_used_ms)}."


def _ranks(found, place, unit_name: str) -> dict[str, str]:
    if place is None:
        return {"rank": "", "rank_label": "", "unit_rank": "", "unit_rank_label": ""}
    of = f" trên {grouped(place.size)} người" if place.size is not None else ""
    return {
        "rank": grouped(place.rank),
        "rank_label": f"hạng tuần {found.period_number}{of}",
        "unit_rank": grouped(place.unit_rank),
        "unit_rank_label": f"hạng trong đơn vị, {unit_name}",
    }


def why_steps(place) -> list[dict[str, Any]]:
    """The tie-break chain in words, with one's own values."""
    if place is None:
        return []
    return [
        {
            "name": STEP_NAMES[step.step],
            "value": _value(step),
            "said": _said(step, first=index == 0, needed=any(s.ahead for s in place.steps[index:])),
            "decisive": step.decisive,
        }
        for index, step in enumerate(place.steps)
    ]


def _value(step) -> str:
    if step.value is None:
        return "chưa có"
    if step.step is TieBreak.TIME_USED:
        return exact_time(step.value)
    if step.step is TieBreak.FINISHED_AT:
        return second_and_day(step.value)
    return grouped(step.value)


def _said(step, *, first: bool, needed: bool) -> str:
    if step.ahead == 0:
        return "không ai hơn ở bước này" if first or needed else "không cần xét"
    who = {
        TieBreak.SCORE: "người cao hơn",
        TieBreak.PREDICTION: "người dự đoán sát hơn",
        TieBreak.TIME_USED: "người cùng điểm nhanh hơn",
        TieBreak.FINISHED_AT: "người bằng các bước trên nộp sớm hơn",
        TieBreak.ATTEMPT_ID: "người bằng mọi bước trên vào thi trước",
    }[step.step]
    return f"{grouped(step.ahead)} {who}"
