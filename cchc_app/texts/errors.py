"""One sentence or two per refusal: what is wrong, and what to do next."""

from datetime import datetime

from cchc_app.contest.errors import ErrorCode
from cchc_app.texts.formats import clock_and_date

SENTENCES: dict[ErrorCode, str] = {
    ErrorCode.CITIZEN_ID_EMPTY: "Bạn chưa nhập số CCCD/CMND. Số CCCD gồm 12 chữ số in trên thẻ.",
    ErrorCode.CITIZEN_ID_CHARACTERS: "Số CCCD/CMND chỉ gồm chữ số. Bạn xóa chữ cái và ký hiệu rồi nhập lại.",
    ErrorCode.CITIZEN_ID_LENGTH: "Số CCCD có 12 chữ số, số CMND có 9 chữ số. Bạn đếm lại giúp.",
    ErrorCode.CITIZEN_ID_LOST_ZERO: "Số này có 11 chữ số, có thể thiếu số 0 ở đầu. Nếu đúng, bạn thêm số 0 vào trước.",
    ErrorCode.CITIZEN_ID_CENTURY: "Chữ số thứ tư của số CCCD không hợp lệ. Bạn xem lại số in trên thẻ.",
    ErrorCode.NAME_EMPTY: "Bạn chưa nhập họ và tên. Nhập đúng như trên thẻ căn cước.",
    ErrorCode.NAME_TOO_LONG: "Họ và tên dài quá 100 ký tự. Bạn nhập đúng như trên thẻ căn cước.",
    ErrorCode.NAME_CHARACTERS: "Họ và tên chỉ gồm chữ cái, dấu cách, gạch nối, chấm và nháy. Bạn xóa ký tự khác.",
    ErrorCode.NAME_TOO_SHORT: "Họ và tên cần ít nhất hai chữ cái. Nhập đúng như trên thẻ căn cước.",
    ErrorCode.BIRTH_DATE_EMPTY: "Bạn chưa nhập ngày sinh. Nhập theo dạng ngày/tháng/năm, ví dụ 05/09/1985.",
    ErrorCode.BIRTH_DATE_INVALID: "Ngày sinh này không có trên lịch. Nhập theo dạng ngày/tháng/năm, ví dụ 05/09/1985.",
    ErrorCode.BIRTH_DATE_FUTURE: "Ngày sinh nằm sau hôm nay. Bạn kiểm tra lại năm sinh.",
    ErrorCode.UNIT_MISSING: "Bạn chưa chọn đơn vị. Gõ vài chữ trong tên đơn vị rồi chọn trong danh sách.",
    ErrorCode.UNIT_UNKNOWN: "Đơn vị này không có trong danh sách. Bạn chọn một đơn vị trong các gợi ý.",
    ErrorCode.PHONE_INVALID: "Số điện thoại chưa đúng. Nhập 10 chữ số bắt đầu bằng 0, hoặc để trống.",
    ErrorCode.PIN_LENGTH: "Mã PIN gồm đúng 6 chữ số. Bạn nhập lại.",
    ErrorCode.PIN_REPEATED: "Mã PIN không được là một chữ số lặp lại. Bạn chọn mã khác.",
    ErrorCode.PIN_SEQUENCE: "Mã PIN không được là dãy liền nhau hoặc cụm lặp lại. Bạn chọn mã khác.",
    ErrorCode.PIN_FROM_IDENTITY: "Mã PIN không được lấy từ ngày sinh hoặc số CCCD. Bạn chọn mã khác.",
    ErrorCode.PIN_MISMATCH: "Hai lần nhập mã PIN chưa giống nhau. Bạn nhập lại mã ở cả hai ô.",
    ErrorCode.CONSENT_MISSING: "Để dự thi, bạn cần đồng ý cho xử lý dữ liệu cá nhân theo nội dung nêu ở đây.",
    ErrorCode.ALREADY_REGISTERED: "Số này đã đăng ký dự thi. Bạn đăng nhập bằng số đó và mã PIN đã chọn.",
    ErrorCode.SIGN_IN_FAILED: "Số CCCD/CMND hoặc mã PIN chưa đúng. Bạn kiểm tra rồi nhập lại.",
    ErrorCode.SIGN_IN_LOCKED: "Đã nhập sai nhiều lần nên tạm khóa đăng nhập. Bạn thử lại sau {until}.",
    ErrorCode.TOO_MANY_REQUESTS: "Có quá nhiều lượt thử từ nơi bạn đang truy cập. Bạn chờ một phút rồi thử lại.",
    ErrorCode.SIGN_IN_REQUIRED: "Bạn cần đăng nhập để tiếp tục.",
    ErrorCode.SESSION_EXPIRED: "Phiên đăng nhập đã hết hạn. Bạn đăng nhập lại, bài làm đã lưu vẫn còn.",
    ErrorCode.TICKET_INVALID: "Lượt đăng nhập này đã dùng hoặc đã quá hạn. Bạn đăng nhập lại.",
    ErrorCode.ACCOUNT_BLOCKED: "Tài khoản đang bị tạm khóa. Bạn liên hệ Ban Tổ chức để được giải thích.",
    ErrorCode.NOT_ALLOWED: "Bạn không có quyền làm việc này. Nếu thấy chưa đúng, bạn liên hệ Ban Tổ chức.",
    ErrorCode.BAD_REQUEST: "Dữ liệu gửi lên không đúng dạng. Bạn tải lại trang rồi thử lại.",
    ErrorCode.VNEID_OFF: "Hội thi này chưa mở đăng nhập bằng VNeID. Bạn đăng nhập bằng số CCCD/CMND.",
    ErrorCode.VNEID_UNAVAILABLE: "Cổng VNeID chưa trả lời. Bạn thử lại sau ít phút, hoặc đăng nhập bằng số CCCD/CMND.",
    ErrorCode.VNEID_CANCELLED: "Bạn đã dừng đăng nhập ở cổng VNeID. Bạn bấm lại nút VNeID nếu muốn tiếp tục.",
    ErrorCode.VNEID_EXPIRED: "Lượt đăng nhập VNeID đã dùng, quá hạn hoặc ở trình duyệt khác. Bạn bấm lại nút VNeID.",
    ErrorCode.VNEID_UNTRUSTED: "Câu trả lời của cổng VNeID không đủ tin cậy nên không dùng. Bạn bấm lại nút VNeID.",
    ErrorCode.VNEID_INCOMPLETE: (
        "Cổng VNeID không gửi đủ số định danh, họ tên và ngày sinh. Bạn đăng ký bằng số CCCD, hoặc liên hệ Ban Tổ chức."
    ),
    ErrorCode.VNEID_LEVEL_LOW: (
        "Tài khoản VNeID chưa đạt mức định danh mà hội thi yêu cầu. Bạn nâng mức ở công an, hoặc dùng số CCCD/CMND."
    ),
    ErrorCode.NOT_ON_ROSTER: (
        "Số, họ tên và ngày sinh chưa khớp danh sách của đơn vị này. Bạn kiểm tra lại, hoặc báo người phụ trách đơn vị."
    ),
    ErrorCode.MERGE_REFUSED: (
        "Hai tài khoản này không gộp được. Chỉ gộp CMND vào CCCD của cùng một người, khi không còn bài làm dở."
    ),
    ErrorCode.SESSION_ENDED: "Phiên đăng nhập trên máy này đã được khép. Bạn đăng nhập lại nếu muốn tiếp tục.",
    ErrorCode.CONSENT_WITHDRAWN: "Bạn đã rút lại sự đồng ý nên không dự thi nữa. Bạn xem mục Dữ liệu của tôi.",
    ErrorCode.REQUEST_EMPTY: "Bạn chưa viết cần sửa gì. Viết rõ thông tin nào sai và nội dung đúng.",
    ErrorCode.REQUEST_CLOSED: "Yêu cầu này đã được xử lý hoặc đã hủy. Bạn tải lại danh sách.",
    ErrorCode.PIN_WRONG: "Mã PIN đang dùng chưa đúng. Nếu đã quên, bạn đăng nhập lại bằng VNeID rồi đặt mã mới.",
    ErrorCode.PIN_SIGN_IN_AGAIN: (
        "Để đặt mã PIN, bạn đăng xuất rồi đăng nhập lại bằng VNeID, và đặt mã trong vòng 10 phút."
    ),
    ErrorCode.REQUEST_OPEN: "Bạn đã có một yêu cầu như vậy đang chờ trả lời. Bạn xem trạng thái ở dưới.",
    ErrorCode.STAFF_SIGN_IN_FAILED: "Tên đăng nhập hoặc mật khẩu chưa đúng. Bạn kiểm tra rồi nhập lại.",
    ErrorCode.CODE_WRONG: "Mã xác thực chưa đúng hoặc đã dùng. Bạn đợi mã mới trên ứng dụng rồi nhập lại.",
    ErrorCode.INVITATION_INVALID: "Lời mời này đã dùng, đã thu hồi hoặc quá hạn. Bạn xin người quản trị lời mời mới.",
    ErrorCode.USERNAME_INVALID: (
        "Tên đăng nhập gồm 3 đến 32 ký tự: chữ thường không dấu, chữ số, dấu chấm, bắt đầu bằng chữ. Bạn sửa lại."
    ),
    ErrorCode.USERNAME_TAKEN: "Tên đăng nhập này đã có người dùng. Bạn chọn tên khác.",
    ErrorCode.PASSWORD_LENGTH: "Mật khẩu cần từ 12 đến 128 ký tự. Bạn thử ghép bốn, năm từ không liên quan nhau.",
    ErrorCode.PASSWORD_GUESSABLE: "Mật khẩu này dễ đoán. Bạn thêm vài từ không liên quan nhau, không dùng tên mình.",
    ErrorCode.PASSWORD_MISMATCH: "Hai lần nhập mật khẩu chưa giống nhau. Bạn nhập lại ở cả hai ô.",
    ErrorCode.LAST_ADMINISTRATOR: "Đây là người quản trị cuối cùng. Bạn mời thêm một người quản trị trước.",
    ErrorCode.STAFF_UNKNOWN: "Không tìm thấy tài khoản này. Bạn tải lại danh sách rồi chọn lại.",
    ErrorCode.ROLE_MISSING: "Bạn chưa chọn vai trò. Bạn chọn một vai trò trong danh sách.",
    ErrorCode.PARTICIPANT_UNKNOWN: "Không tìm thấy người dự thi này. Bạn tải lại danh sách rồi chọn lại.",
    ErrorCode.REASON_MISSING: "Bạn chưa ghi lý do. Lý do được lưu trong nhật ký, bạn ghi ngắn gọn một câu.",
    ErrorCode.CONTEST_MISSING: "Hội thi chưa được thiết lập. Bạn quay lại sau hoặc liên hệ Ban Tổ chức.",
    ErrorCode.PERIOD_NOT_OPEN: "Tuần thi chưa mở. Bạn quay lại lúc {opens_at}.",
    ErrorCode.PERIOD_CLOSED: "Tuần thi này đã đóng. Bạn xem lịch ở trang chủ để dự tuần sau.",
    ErrorCode.NO_PERIOD: "Hiện không có tuần thi nào đang mở. Bạn xem lịch ở trang chủ, hoặc vào phần luyện tập.",
    ErrorCode.NO_ATTEMPT_LEFT: "Bạn đã dùng hết lượt thi của tuần này. Bạn xem kết quả hoặc luyện tập thêm.",
    ErrorCode.ATTEMPT_NOT_FOUND: "Không tìm thấy bài làm. Bạn mở lại phần Thi để tiếp tục.",
    ErrorCode.ATTEMPT_NOT_YOURS: "Bài làm này không thuộc tài khoản đang đăng nhập. Bạn mở lại phần Thi.",
    ErrorCode.ATTEMPT_FINISHED: "Bài làm đã nộp nên không nhận thêm câu trả lời. Bạn xem kết quả.",
    ErrorCode.ANSWER_TOO_LATE: "Câu trả lời đến sau khi hết giờ nên không được tính. Các câu đã lưu vẫn được chấm.",
    ErrorCode.ANSWER_UNKNOWN_QUESTION: "Câu hỏi này không có trong bài của bạn. Bạn tải lại trang để tiếp tục.",
    ErrorCode.ANSWER_UNKNOWN_OPTION: "Bạn chưa chọn phương án. Chọn một phương án rồi bấm Trả lời.",
    ErrorCode.PREDICTION_INVALID: "Số dự đoán phải là số nguyên từ 0 trở lên. Bạn nhập lại bằng chữ số.",
    ErrorCode.RESULT_NOT_FOUND: "Không tìm thấy kết quả có mã này. Bạn kiểm tra lại mã biên nhận.",
    ErrorCode.BANK_TOO_SMALL: "Ngân hàng câu hỏi chưa đủ để ra đề. Bạn báo Ban Tổ chức và quay lại sau.",
    ErrorCode.UNIT_CODE_EMPTY: "Bạn chưa nhập mã của đơn vị. Mã gồm 12 ký tự, in trên phiếu Ban Tổ chức gửi đơn vị.",
    ErrorCode.UNIT_CODE_WRONG: (
        "Mã này không đúng, đã dùng hoặc đã được thay. Bạn xem lại phiếu, hoặc xin Ban Tổ chức mã mới."
    ),
    ErrorCode.UNIT_CODE_OTHER_UNIT: (
        "Mã này là của một đơn vị khác đơn vị bạn đã đăng ký. Bạn xem lại đơn vị trong trang Tài khoản."
    ),
    ErrorCode.REPRESENTATIVE_UNKNOWN: "Người này không còn là đại diện của đơn vị. Bạn tải lại danh sách.",
    ErrorCode.ROUND_NOT_OPEN: "Vòng chấm này chưa mở hoặc đã đóng. Bạn tải lại trang để xem tình hình hiện tại.",
    ErrorCode.ROUND_OPEN: "Đang có một vòng chấm mở. Bạn đóng vòng đó trước rồi mở vòng mới.",
    ErrorCode.SLOGANS_STILL_COME: "Chưa hết hạn nhận khẩu hiệu. Bạn mở vòng chấm sau {until}.",
    ErrorCode.NOTHING_TO_JUDGE: "Chưa có khẩu hiệu nào hợp lệ để chấm. Bạn xem lại danh sách khẩu hiệu đã gửi.",
    ErrorCode.JUDGES_LACKING: (
        "Không đủ giám khảo không xung đột cho: {slogans}. Bạn mời thêm giám khảo rồi mở vòng chấm lại."
    ),
    ErrorCode.TASK_UNKNOWN: "Khẩu hiệu này không còn được giao ở vòng đang chấm. Bạn tải lại trang rồi chọn lại.",
    ErrorCode.SCORES_FINAL: "Điểm đã nộp nên không sửa được nữa. Cần đính chính, bạn báo Ban Tổ chức.",
    ErrorCode.POINTS_INVALID: "Điểm phải là số nguyên từ {lowest} đến {highest}. Bạn chọn lại trên thang điểm.",
    ErrorCode.SCORES_INCOMPLETE: "Còn {left} khẩu hiệu chưa chấm đủ tiêu chí. Bạn chấm nốt rồi nộp toàn bộ.",
    ErrorCode.JUDGE_IN_CONFLICT: "Giám khảo này có xung đột lợi ích với đơn vị đó. Bạn chọn giám khảo khác.",
    ErrorCode.JUDGE_UNKNOWN: "Không tìm thấy giám khảo đang hoạt động có tên này. Bạn chọn lại trong danh sách.",
    ErrorCode.TASK_BEGUN: "Giám khảo này đã bắt đầu chấm khẩu hiệu đó. Chỉ đổi được trước khi có điểm.",
    ErrorCode.JUDGE_HAS_TASK: "Giám khảo này đang chấm khẩu hiệu đó rồi. Bạn chọn giám khảo khác.",
    ErrorCode.ROUND_INCOMPLETE: "Còn {left} phần chấm chưa nộp. Bạn nhắc giám khảo hoặc đổi người chấm, rồi đóng.",
    ErrorCode.TIE_UNKNOWN: "Nhóm này không còn bằng điểm. Bạn tải lại trang rồi chọn lại nhóm cần chấm lại.",
    ErrorCode.NOTE_EMPTY: "Bạn chưa ghi nội dung trao đổi. Bạn viết ngắn gọn điều đã thống nhất.",
    ErrorCode.SCORES_HIDDEN: "Điểm của người khác chỉ hiện khi mọi giám khảo đã nộp. Bạn quay lại sau.",
    ErrorCode.MAIN_ROUND_EXISTS: "Vòng chấm chính đã được mở. Bạn tải lại trang để theo dõi.",
    ErrorCode.SLOGAN_MISSING: "Đơn vị này chưa gửi khẩu hiệu, hoặc đã rút. Bạn tải lại danh sách rồi xem tình trạng.",
    ErrorCode.EXCEPTION_TIME_INVALID: "Chưa đọc được hạn mới. Bạn chọn ngày và giờ trong ô, theo giờ Việt Nam.",
    ErrorCode.EXCEPTION_TOO_EARLY: (
        "Hạn mới phải sau lúc này và sau hạn chung ({closes_at}). Bạn chọn một thời điểm muộn hơn."
    ),
    ErrorCode.JUDGING_BEGUN: (
        "Vòng chấm đã mở nên không gia hạn được nữa: khẩu hiệu đến sau không có ai chấm. Bạn trao đổi với giám khảo."
    ),
    ErrorCode.JUDGING_UNFINISHED: "Việc chấm chưa xong nên chưa công bố được. Bạn đóng mọi vòng chấm trước.",
    ErrorCode.TALK_WITHOUT_NOTE: (
        "Giám khảo lệch điểm nhiều mà chưa ghi trao đổi: {codes}. Bạn đề nghị giám khảo ghi ý kiến, rồi công bố."
    ),
    ErrorCode.NOTHING_TO_PUBLISH: "Không có khẩu hiệu nào được xếp hạng. Bạn kiểm tra lại các vòng chấm.",
    ErrorCode.CORRECTION_REASON_MISSING: (
        "Kết quả đã công bố. Bản đính chính cần một câu giải thích thay đổi gì và vì sao; câu này hiện công khai."
    ),
    ErrorCode.UNITS_NOT_CHOSEN: "Bạn chưa chọn đơn vị nào. Bạn đánh dấu các đơn vị cần mã rồi bấm lại.",
    ErrorCode.DATABASE_NEWER: "Dữ liệu thuộc phiên bản mới hơn chương trình. Người quản trị cần cập nhật chương trình.",
    ErrorCode.DATABASE_UNREACHABLE: "Hệ thống tạm thời chưa truy cập được dữ liệu. Bạn thử lại sau ít phút.",
    ErrorCode.ANOTHER_CONTEST: (
        "Cơ sở dữ liệu đã có hội thi “{title}”. Để lập hội thi khác, bạn đặt CCHC_DATA_DIR hoặc CCHC_DATABASE_URL mới."
    ),
    ErrorCode.SERVER_ERROR: "Hệ thống gặp sự cố khi xử lý. Bạn thử lại; nếu vẫn lỗi, gửi mã hỗ trợ cho Ban Tổ chức.",
}


def sentence(code: ErrorCode, details: dict[str, object]) -> str:
    """The wording of a refusal, with the values it names; instants are written in the contest's time zone."""
    shown = {name: clock_and_date(value) if isinstance(value, datetime) else value for name, value in details.items()}
    return SENTENCES[code].format_map(shown)
