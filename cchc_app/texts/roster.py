"""Wording of roster files: the headings they may have, and what the command says of them."""

from collections.abc import Iterable
from typing import Any

from cchc_app.contest.errors import ErrorCode
from cchc_app.texts.errors import SENTENCES

# The first of each is the one that is asked for; compared without case and accents.
HEADINGS = {
    "number": ("Số CCCD", "Số CCCD/CMND", "CCCD", "Số định danh", "Số định danh cá nhân", "Số căn cước"),
    "name": ("Họ và tên", "Họ tên", "Họ và tên đầy đủ"),
    "birth_date": ("Ngày sinh", "Ngày tháng năm sinh"),
    "former_number": ("Số CMND cũ", "Số CMND", "CMND"),
}
HELP = "Danh sách người của đơn vị, để đối chiếu khi đăng ký."
IMPORT_HELP = "Nhập danh sách của một đơn vị từ tệp xlsx hoặc csv, thay danh sách cũ. Có lỗi thì không ghi gì."
UNIT_HELP = "Mã đơn vị."
FILE_HELP = "Tệp có các cột: Số CCCD, Họ và tên, Ngày sinh, và nếu có: Số CMND cũ."
ZEROS_HELP = "Thêm lại số 0 ở đầu mà bảng tính đã làm mất, sau khi bạn đã xem các dòng được báo."
WRONG = "Tệp có lỗi nên chưa ghi gì. Bạn sửa các chỗ sau rồi nhập lại:"
FLAWS = {
    "unreadable": "không đọc được tệp; cần tệp .xlsx hoặc .csv (UTF-8)",
    "too_large": "tệp quá lớn; mỗi tệp nhiều nhất 5 MB và 20.000 dòng",
    "column_missing": "thiếu cột “{value}”",
    "no_rows": "tệp không có dòng nào",
    "repeated": "số này đã có ở dòng trên",
    "on_another_roster": "người này đã có trong danh sách của {value}",
}
LOST_ZERO = "số có 11 chữ số, có lẽ là {value}; nếu đúng với mọi dòng như vậy, chạy lại với --restore-zeros"


def imported(done: Any, unit: str) -> str:
    """One line about an import.

    Args:
        done: A `services.import_roster.Imported`.
        unit: The unit's code.
    """
    return f"Danh sách của {unit} nay có {done.people} người (trước đó {done.before})."


def problems(found: Iterable[Any]) -> str:
    """A line for every problem.

    Args:
        found: `services.roster_files.Problem`s.
    """
    return "\n".join([WRONG, *(_problem(problem) for problem in found)])


def _problem(problem: Any) -> str:
    place = "Cả tệp" if problem.row is None else f"Dòng {problem.row}"
    return f"  {place}: {_what(problem)}"


def _what(problem: Any) -> str:
    if problem.what is ErrorCode.CITIZEN_ID_LOST_ZERO:
        return LOST_ZERO.format(value=problem.value)
    if isinstance(problem.what, ErrorCode):
        return SENTENCES[problem.what]
    return FLAWS[problem.what].format(value=problem.value)
