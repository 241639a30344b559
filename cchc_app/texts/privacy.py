"""The privacy notice (Law 91/2025/QH15 on personal data protection, articles 3, 4 and 9)."""

TITLE = "Quyền riêng tư"
# Kept with every consent; a change of the notice below is a new version.
VERSION = "2"
VERSION_LINE = f"Thông báo phiên bản {VERSION}, áp dụng từ ngày mở hội thi."

# Stands where the name of a person stood whose data are no longer kept.
ANONYMOUS = "Người dự thi đã ẩn danh"

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Dữ liệu được thu thập",
        (
            "Họ và tên, ngày sinh, số CCCD hoặc CMND, đơn vị công tác.",
            "Số điện thoại, nếu bạn tự nguyện cung cấp để nhận tin về giải thưởng.",
            "Bài làm của bạn: câu trả lời, thời điểm trả lời, điểm số.",
            "Hội thi không hỏi ảnh thẻ căn cước, địa chỉ nhà, không theo dõi thói quen duyệt web.",
        ),
    ),
    (
        "Dùng để làm gì",
        (
            "Bảo đảm mỗi người một lượt dự thi, tính kết quả và xét giải.",
            "Hiển thị họ tên, đơn vị và kết quả trên bảng xếp hạng.",
            "Liên hệ khi bạn được giải hoặc khi có khiếu nại.",
            "Dữ liệu không dùng cho mục đích khác và không chuyển cho bên quảng cáo.",
        ),
    ),
    (
        "Bảo vệ thế nào",
        (
            "Số CCCD/CMND và số điện thoại được mã hóa khi lưu, luôn che bớt khi hiển thị và trong tệp xuất ra.",
            "Mã PIN chỉ lưu dưới dạng băm, không ai đọc lại được.",
            "Trang không dùng phông chữ, mã đo lường hay mã bảo vệ của bên thứ ba.",
        ),
    ),
    (
        "Giữ bao lâu",
        (
            "Bài làm và thứ hạng được giữ đến hết thời hạn khiếu nại cộng 90 ngày, sau đó được ẩn danh.",
            "Quyết định trao giải được lưu theo quy định về lưu trữ, không kèm số CCCD/CMND.",
        ),
    ),
    (
        "Quyền của bạn",
        (
            "Xem, chỉnh sửa, yêu cầu xóa dữ liệu, rút lại sự đồng ý, khiếu nại.",
            "Rút lại sự đồng ý trước khi công bố kết quả đồng nghĩa với việc không dự thi nữa.",
            "Gửi yêu cầu ở mục Dữ liệu của tôi trong trang Tài khoản. Bạn được trả lời trong 2 ngày làm việc.",
            "Khi thông báo này thay đổi, bạn được hỏi lại ở lần đăng nhập sau.",
        ),
    ),
    (
        "Cookie",
        (
            "Trang dùng một cookie để giữ phiên đăng nhập. Trình duyệt còn nhớ cỡ chữ và chế độ sáng tối bạn chọn.",
            "Cookie mất hiệu lực khi bạn đăng xuất.",
            "Với mỗi phiên, trang chỉ ghi tên trình duyệt và loại máy, lúc đăng nhập và lúc dùng gần nhất.",
        ),
    ),
)
