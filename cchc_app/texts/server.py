"""What the terminal says when the site is built, started and stopped."""

from collections.abc import Iterable
from typing import Any

BUILDING = "Đang dựng giao diện, khoảng nửa phút…"
BUILD_FAILED = "Không dựng được giao diện. Xem {log} để biết lý do."
NOT_BUILT = "Chưa có giao diện. Chạy “make run”, hoặc “python -m cchc_app.frontend” rồi thử lại."
SERVING = "Hội thi đang chạy tại {url} — nhấn Ctrl-C để dừng."
PORT_TAKEN = "Cổng {port} đang được chương trình khác dùng. Dừng chương trình đó, hoặc đặt CCHC_PORT thành cổng khác."
REDIS_UNREACHABLE = "Không kết nối được Redis theo CCHC_REDIS_URL. Kiểm tra địa chỉ và máy chủ Redis rồi chạy lại."
REDIS_OLD = "Redis {version} quá cũ: cần Redis {oldest} trở lên. Nâng cấp Redis rồi chạy lại."

SETTINGS_WRONG = "Cấu hình chưa đủ nên chưa chạy. Bạn đặt các biến môi trường sau rồi chạy lại lệnh:"
SETTINGS_NEXT = "Lệnh “cchc new-keys” in ra bộ khóa mới. Mọi biến được giải thích trong docs/configuration.md."
FLAWS = {
    "missing": "chưa đặt",
    "not_a_key": "không đọc được khóa: sai dạng, hoặc không mở được tệp",
    "too_short": "ngắn quá, cần ít nhất 43 ký tự ngẫu nhiên",
    "repeated": "trùng với một khóa khác, mỗi khóa phải là một giá trị riêng",
    "not_https": "phải là địa chỉ https",
    "not_a_network": "phải là các mạng dạng CIDR cách nhau bằng dấu phẩy, ví dụ 10.0.0.0/8",
    "needed_by_workers": "chưa đặt, trong khi CCHC_WORKERS lớn hơn 1: nhiều tiến trình cần Redis dùng chung",
    "not_positive": "phải là số lớn hơn 0",
}


def settings_problems(problems: Iterable[Any]) -> str:
    """Everything that is wrong with the settings, one line each.

    Args:
        problems: `deployment.Problem`s.
    """
    lines = [f"  {problem.variable}: {FLAWS[problem.flaw]}" for problem in problems]
    return "\n".join([SETTINGS_WRONG, *lines, SETTINGS_NEXT])
