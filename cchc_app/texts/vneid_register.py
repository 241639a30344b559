"""Wording of the page that asks whoever VNeID has named for what is missing."""

TITLE = "Hoàn tất đăng ký"
INTRODUCTION = "VNeID đã xác nhận bạn là ai. Hội thi chỉ cần thêm đơn vị và sự đồng ý của bạn."
WHO = "VNeID cho biết"
WORKPLACE = "Đơn vị của bạn"
