"""Wording of the page that asks for agreement again."""

TITLE = "Thông báo quyền riêng tư đã thay đổi"
TEXT = (
    "Từ lần bạn đồng ý trước, Ban Tổ chức đã sửa thông báo về dữ liệu cá nhân, hoặc bạn đã rút lại sự đồng ý. "
    "Bạn đọc thông báo mới, rồi chọn có dự thi tiếp hay không."
)
READ = "Đọc thông báo về quyền riêng tư"
AGREE = "Đồng ý và tiếp tục"
OTHERWISE = "Nếu không đồng ý, bạn có thể xem và yêu cầu xóa những gì đã lưu."
MY_DATA = "Dữ liệu của tôi"
