"""Wording of the slogan round's page."""

from cchc_app.contest.schedule import Phase

TITLE = "Khẩu hiệu của đơn vị"
INTRO = "Vòng 2 của hội thi: mỗi đơn vị gửi một khẩu hiệu về cải cách hành chính."
RULES_TITLE = "Yêu cầu"
WORDS_RULE = "Tiếng là cụm ký tự giữa hai khoảng trắng có chữ cái hoặc chữ số. Dấu câu đứng riêng không được tính."
ONE_RULE = "Mỗi đơn vị một khẩu hiệu, do người đại diện đơn vị gửi."
DEADLINE_TITLE = "Thời hạn"
SENDING_TITLE = "Gửi khẩu hiệu"
SENDING_TEXT = (
    "Trang này chưa nhận khẩu hiệu trực tuyến. Người đại diện đơn vị gửi về Ban Tổ chức theo văn bản triển khai, "
    "trước hạn nêu trên."
)
RULES_LINK = "Đọc thể lệ"

STATUS = {Phase.UPCOMING: "Chưa mở", Phase.OPEN: "Đang mở", Phase.CLOSED: "Đã đóng"}
