"""What the `cchc` command says in the terminal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from cchc_app.texts.formats import clock_and_date, grouped

APP_HELP = "Thiết lập và quản trị hội thi."
INIT_HELP = "Tạo hoặc nâng cấp cơ sở dữ liệu, rồi lập hội thi từ một bộ dữ liệu có sẵn. Chạy lại không đổi gì."
PRESET_HELP = "Bộ dữ liệu: {names}. Bỏ trống: giữ hội thi đang có; nếu chưa có thì lập bản trình diễn."
MIGRATE_HELP = "Nâng cấp cơ sở dữ liệu lên phiên bản của chương trình."
SERVE_HELP = "Chạy trang hội thi cho đến khi nhấn Ctrl-C."
NEW_KEYS_HELP = "In ra một bộ khóa mới cho môi trường chạy thật; không lưu ở đâu cả."
ROTATE_HELP = "Mã hóa lại mọi dữ liệu đã mã hóa bằng khóa đầu tiên của CCHC_ENCRYPTION_KEYS. Chạy lại là làm tiếp."
RETENTION_HELP = "Ẩn danh người dự thi của hội thi đã khép quá số ngày trong CCHC_RETENTION_DAYS; giữ nguyên các tổng."
KEY_MISSING = (
    "Có dữ liệu không mở được bằng khóa nào trong CCHC_ENCRYPTION_KEYS. Bạn thêm lại khóa cũ vào cuối danh sách rồi "
    "chạy lại lệnh; phần đã làm vẫn giữ."
)
DEMO_HELP = "Dữ liệu trình diễn."
CLEAR_HELP = "Xóa mọi người dự thi giả lập cùng bài làm của họ; không đụng đến dữ liệu khác."
CREATE_ADMIN_HELP = "Tạo một lời mời dùng một lần cho người quản trị, in ra liên kết có hạn 24 giờ."
UNIT_CODE_HELP = "Tạo mã dùng một lần của một đơn vị, in ra cùng liên kết nhập mã; mã cũ của đơn vị hết hiệu lực."
UNIT_CODE_UNIT_HELP = "Mã đơn vị trong danh sách đơn vị, ví dụ 10507."
VERIFY_AUDIT_HELP = "Kiểm tra nhật ký từ dòng đầu đến dòng cuối: dòng bị sửa, bị xóa, bị đổi chỗ hoặc bị cắt đuôi."
NOTED_HELP = "Dòng cuối đã ghi lại ở lần kiểm tra trước, dạng SỐ:MÃ; cho biết nhật ký có bị đưa về trước lúc đó không."
NOTED_WRONG = "--noted có dạng SỐ:MÃ như lệnh này đã in ra lần trước. Bạn nhập lại."

BANK_NOTE = "Ngân hàng câu hỏi là bản mẫu soạn từ văn bản công khai, cần cán bộ pháp chế rà soát trước khi thi thật."
MIGRATED = "Cơ sở dữ liệu đã ở phiên bản mới nhất."
NOTHING_TO_CLEAR = "Không có người dự thi giả lập nào để xóa."
DATABASE_BEHIND = "Cơ sở dữ liệu chưa ở phiên bản mới nhất. Chạy “cchc migrate” rồi thử lại."
DATABASE_URL = "CCHC_DATABASE_URL không phải là địa chỉ cơ sở dữ liệu hợp lệ. Bạn sửa lại rồi chạy lại lệnh."

TROUBLES = {
    "disk_full": "Ổ đĩa chứa dữ liệu đã đầy nên chưa ghi được gì. Bạn giải phóng dung lượng rồi chạy lại lệnh.",
    "not_writable": "Không ghi được vào nơi chứa dữ liệu ({place}). Bạn kiểm tra quyền ghi hoặc đặt CCHC_DATA_DIR.",
    "unreachable": "Không kết nối được cơ sở dữ liệu ({place}). Bạn kiểm tra máy chủ dữ liệu và CCHC_DATABASE_URL.",
}

PRESET_UNKNOWN = "Không có bộ dữ liệu “{name}”. Các bộ hiện có: {names}."
PRESET_WRONG = "Bộ dữ liệu có lỗi nên chưa ghi gì. Bạn sửa các chỗ sau rồi chạy lại lệnh:"
FLAWS = {
    "file_missing": "không tìm thấy tệp",
    "unreadable": "không đọc được tệp",
    "key_missing": "thiếu hoặc thừa mục",
    "column_missing": "thiếu cột",
    "no_rows": "tệp không có dòng dữ liệu nào",
    "cells": "số ô không khớp với số cột",
    "empty": "ô để trống ở cột",
    "untidy": "chữ chưa ở dạng NFC, có ký tự ẩn hoặc thừa khoảng trắng",
    "repeated": "giá trị bị lặp",
    "unknown": "giá trị không hợp lệ",
    "not_a_number": "không phải số trong khoảng cho phép",
    "rules": "thể lệ không hợp lệ",
    "bank_too_small": "ngân hàng không đủ câu hỏi cho ma trận đề",
}


def set_up(done: Any) -> str:
    """One line about `cchc init`.

    Args:
        done: a `services.set_up_contest.SetUp`.
    """
    if not done.created:
        return f"Hội thi “{done.title}” đã có sẵn, không thay đổi gì."
    line = f"Đã lập hội thi “{done.title}”: {done.units} đơn vị, {done.questions} câu hỏi"
    if done.people:
        line += f", {done.people} người dự thi giả lập với {done.papers} bài làm"
    return f"{line}.\n{BANK_NOTE}"


def cleared(removed: Any) -> str:
    """One line about `cchc demo clear`.

    Args:
        removed: a `data.demo.Removed`.
    """
    if not removed.people:
        return NOTHING_TO_CLEAR
    return f"Đã xóa {grouped(removed.people)} người dự thi giả lập và {grouped(removed.papers)} bài làm của họ."


def rotated(values: int) -> str:
    """One line about `cchc rotate-keys`."""
    if not values:
        return "Mọi dữ liệu đã ở dưới khóa đầu tiên. Có thể bỏ các khóa cũ khỏi CCHC_ENCRYPTION_KEYS."
    return f"Đã mã hóa lại {grouped(values)} giá trị. Chạy lại lệnh một lần nữa trước khi bỏ khóa cũ."


def retired(people: int, days: int) -> str:
    """One line about `cchc retention`."""
    if not people:
        return f"Không có ai cần ẩn danh: dữ liệu được giữ {days} ngày sau khi tuần cuối khép lại."
    return f"Đã ẩn danh {grouped(people)} người dự thi. Tổng điểm, thứ hạng và số người của đơn vị không đổi."


FLAWS_OF_LOG = {
    "changed": "nội dung hoặc vị trí đã bị đổi",
    "missing": "có dòng đã bị xóa ngay trước dòng này",
    "cut": "nhật ký đã bị cắt trước dòng này",
    "end_wrong": "dấu kết thúc nhật ký không khớp",
    "not_as_noted": "không còn đúng như dòng đã ghi lại",
}


def invited(address: str, expires_at: datetime) -> str:
    """What `cchc create-admin` says."""
    return (
        "Mở liên kết này để tạo tài khoản quản trị. Liên kết dùng được một lần, "
        f"đến {clock_and_date(expires_at)}:\n{address}"
    )


def unit_code(unit: str, code: str, address: str) -> str:
    """What `cchc unit-code` says."""
    return (
        f"Mã của đơn vị {unit}: {code}\n"
        f"Người của đơn vị đăng nhập rồi nhập mã ở liên kết này. Mã dùng được một lần:\n{address}"
    )


def audit_sound(verdict: Any) -> str:
    """What `cchc verify-audit` says of a log without flaws, and the end to note elsewhere.

    Args:
        verdict: a `services.audit_log.Verdict`.
    """
    return f"Nhật ký nguyên vẹn: {grouped(verdict.count)} dòng. Dòng cuối: {verdict.end.seq}:{verdict.end.hash}"


def audit_problems(verdict: Any) -> str:
    """A line for every flaw of the log.

    Args:
        verdict: a `services.audit_log.Verdict`.
    """
    lines = [f"  dòng {problem.seq}: {FLAWS_OF_LOG[problem.flaw]}" for problem in verdict.problems]
    return "\n".join(["Nhật ký không còn nguyên vẹn. Bạn giữ nguyên cơ sở dữ liệu và báo người phụ trách:", *lines])


def preset_problems(problems: Iterable[Any]) -> str:
    """A line for every problem of a preset.

    Args:
        problems: `services.preset_files.Problem`s.
    """
    return "\n".join([PRESET_WRONG, *(_problem(problem) for problem in problems)])


def _problem(problem: Any) -> str:
    place = problem.file if problem.row is None else f"{problem.file}, dòng {problem.row}"
    found = f": {problem.value}" if problem.value else ""
    return f"  {place}: {FLAWS[problem.flaw]}{found}"
