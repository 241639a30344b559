"""What the terminal says when the site is built, started and stopped."""

BUILDING = "Đang dựng giao diện, khoảng nửa phút…"
BUILD_FAILED = "Không dựng được giao diện. Xem {log} để biết lý do."
NOT_BUILT = "Chưa có giao diện. Chạy “make run”, hoặc “python -m cchc_app.frontend” rồi thử lại."
SERVING = "Hội thi đang chạy tại {url} — nhấn Ctrl-C để dừng."
PORT_TAKEN = "Cổng {port} đang được chương trình khác dùng. Dừng chương trình đó, hoặc đặt CCHC_PORT thành cổng khác."
