"""One sentence or two per refusal: what is wrong, and what to do next."""

from datetime import datetime

from cchc_app.contest.errors import ErrorCode
from cchc_app.texts import question_files
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
    ErrorCode.CONTEST_RUNNING: (
        "Hội thi hiện tại đã có bài thi và chưa kết thúc, hoặc còn bài đang làm. Bạn lập hội thi mới sau tuần cuối."
    ),
    ErrorCode.SLUG_INVALID: "Tên đường dẫn gồm 3 đến 60 chữ thường không dấu, chữ số, gạch nối. Bạn sửa lại.",
    ErrorCode.SLUG_TAKEN: "Đã có hội thi mang tên đường dẫn này. Bạn chọn tên khác, ví dụ thêm năm.",
    ErrorCode.CONTEST_CODE_INVALID: "Mã hội thi gồm 2 đến 8 chữ in hoa không dấu hoặc chữ số. Bạn sửa lại.",
    ErrorCode.CHANGED_MEANWHILE: (
        "{by} đã sửa phần này lúc {at}. Nội dung bạn nhập vẫn còn; bạn so với bản mới rồi lưu lại nếu vẫn muốn."
    ),
    ErrorCode.FIELD_MISSING: "Ô này còn trống. Bạn nhập hoặc chọn một giá trị.",
    ErrorCode.LINK_INVALID: "Liên kết phải bắt đầu bằng https:// và có tên miền. Bạn chép lại địa chỉ đầy đủ.",
    ErrorCode.INSTANT_INVALID: "Ngày giờ chưa đúng. Nhập theo dạng ngày/tháng/năm giờ:phút, ví dụ 03/11/2025 00:00.",
    ErrorCode.NUMBER_INVALID: "Cần một số nguyên từ {lowest} đến {highest}. Bạn nhập lại bằng chữ số.",
    ErrorCode.WINDOW_INVALID: (
        "Giờ đóng phải sau giờ mở; tuần đã có bài thi thì giờ đóng không lùi về trước hiện tại. Bạn chọn giờ khác."
    ),
    ErrorCode.PERIODS_OVERLAP: "Tuần này mở khi tuần trước chưa đóng. Bạn sửa giờ mở hoặc giờ đóng của tuần trước.",
    ErrorCode.FIELD_LOCKED: "Đã có bài thi dựa vào quy định này nên không đổi được nữa. Bạn giữ nguyên giá trị cũ.",
    ErrorCode.NOTE_MISSING: "Đã có bài thi nên thay đổi cần ghi chú công khai. Bạn viết vì sao đổi, một hai câu.",
    ErrorCode.BLUEPRINT_MIXED: (
        "Dòng chỉ theo chủ đề và dòng chỉ theo độ khó không đi cùng nhau. Bạn ghi đủ cả hai hoặc bỏ một loại."
    ),
    ErrorCode.FILE_TYPE: "Loại tệp này không dùng được. Ảnh: PNG, JPEG, WebP; văn bản: PDF, DOCX, XLSX không có macro.",
    ErrorCode.PICTURE_INVALID: "Ảnh hỏng hoặc quá nhiều điểm ảnh. Bạn mở ảnh, lưu lại dưới 24 triệu điểm ảnh.",
    ErrorCode.ANNOUNCEMENT_UNKNOWN: "Không tìm thấy tin này, có thể đã được gỡ. Bạn về danh sách tin.",
    ErrorCode.RULES_UNCHANGED: "Bản nháp giống thể lệ đang áp dụng. Bạn sửa và lưu trước khi công bố.",
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
    ErrorCode.CONFLICT_UNKNOWN: "Xung đột này đã được gỡ. Bạn tải lại trang rồi chọn trong danh sách còn lại.",
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
    ErrorCode.NOT_REPRESENTATIVE: (
        "Bạn không hoặc không còn là người đại diện của đơn vị nên không sửa được khẩu hiệu. Bạn nhập mã của đơn vị, "
        "hoặc liên hệ Ban Tổ chức."
    ),
    ErrorCode.SLOGAN_NOT_OPEN: "Vòng khẩu hiệu chưa mở. Bạn quay lại lúc {opens_at}.",
    ErrorCode.SLOGAN_CLOSED: "Đã hết hạn nhận khẩu hiệu lúc {closes_at}. Bạn chép lại phần đang viết nếu cần giữ.",
    ErrorCode.SLOGAN_CONFLICT: (
        "{by} đã lưu một bản khác lúc {at}, nên bản của bạn chưa được lưu. Bạn xem hai bản rồi chọn một."
    ),
    ErrorCode.SLOGAN_NOT_SUBMITTED: "Đơn vị chưa có khẩu hiệu nào đang được tính. Bạn tải lại trang để xem.",
    ErrorCode.SLOGAN_DISQUALIFIED: "Khẩu hiệu của đơn vị đang bị loại. Bạn liên hệ Ban Tổ chức trước khi gửi lại.",
    ErrorCode.SLOGAN_EMPTY: "Bạn chưa viết khẩu hiệu. Bạn viết vào ô Khẩu hiệu rồi gửi.",
    ErrorCode.SLOGAN_ONLY_SIGNS: "Khẩu hiệu này chỉ có dấu câu hoặc ký hiệu. Bạn viết thành câu có chữ.",
    ErrorCode.SLOGAN_TOO_FEW_WORDS: (
        "Khẩu hiệu có {words} tiếng, cần từ {fewest} đến {most} tiếng. Bạn viết thêm ít nhất {missing} tiếng."
    ),
    ErrorCode.SLOGAN_TOO_MANY_WORDS: (
        "Khẩu hiệu có {words} tiếng, cần từ {fewest} đến {most} tiếng. Bạn bớt ít nhất {surplus} tiếng."
    ),
    ErrorCode.SLOGAN_TOO_LONG: (
        "Khẩu hiệu dài {characters} ký tự, nhiều nhất là {most}. Bạn rút gọn; phần diễn giải viết vào ô Thuyết minh."
    ),
    ErrorCode.SLOGAN_LINK: "Khẩu hiệu không được có liên kết hoặc địa chỉ thư điện tử. Bạn xóa phần đó rồi gửi lại.",
    ErrorCode.SLOGAN_CHARACTERS: (
        "Khẩu hiệu có ký tự điều khiển hoặc ký tự lạ, thường do dán từ nơi khác. Bạn xóa đi rồi gõ lại chỗ đó."
    ),
    ErrorCode.SLOGAN_TABLE: "Phần vừa dán giống một bảng nhiều cột. Bạn chỉ để lại câu khẩu hiệu trên một dòng.",
    ErrorCode.EXPLANATION_TOO_LONG: "Thuyết minh có {words} tiếng, nhiều nhất là {most} tiếng. Bạn rút gọn lại.",
    ErrorCode.EXPLANATION_CHARACTERS: (
        "Thuyết minh có ký tự điều khiển hoặc ký tự lạ, thường do dán từ nơi khác. Bạn xóa đi rồi gõ lại chỗ đó."
    ),
    ErrorCode.EXPLANATION_LINK: "Thuyết minh không được có liên kết hoặc địa chỉ thư điện tử. Bạn xóa phần đó.",
    ErrorCode.AUTHOR_MISSING: "Bạn chưa ghi tác giả. Bạn ghi tên người hoặc tập thể nghĩ ra khẩu hiệu.",
    ErrorCode.AUTHOR_INVALID: "Tên tác giả cần từ 2 chữ cái đến 100 ký tự, không có liên kết. Bạn ghi lại.",
    ErrorCode.FIELD_TOO_LONG: "Nội dung dài quá {most} ký tự. Bạn rút ngắn lại.",
    ErrorCode.UPLOAD_TOO_LARGE: "Tệp lớn quá {most} MB. Bạn giảm dung lượng rồi tải lên lại.",
    ErrorCode.PERSON_CLOSED: "Tài khoản này đã đóng vì đã gộp hoặc đã xóa dữ liệu. Bạn mở tài khoản được giữ lại.",
    ErrorCode.SANCTION_IN_FORCE: "Việc này đã được {by} làm lúc {at}. Bạn tải lại trang để xem tình trạng hiện nay.",
    ErrorCode.SANCTION_OVER: "Không còn gì để gỡ. Bạn tải lại trang để xem tình trạng hiện nay của người này.",
    ErrorCode.UNIT_IS_THEIRS: "Người này đang thuộc đúng đơn vị đó. Bạn chọn một đơn vị khác.",
    ErrorCode.EXTRA_TIME_INVALID: "Thời gian thêm là số phút nguyên từ 0 đến {most}. Bạn nhập lại.",
    ErrorCode.PIN_LINK_INVALID: (
        "Liên kết này không đúng, đã dùng hoặc đã quá 24 giờ. Bạn xin Ban Tổ chức một liên kết mới."
    ),
    ErrorCode.UNIT_NAME_INVALID: "Tên đơn vị dài từ 2 đến 200 ký tự. Bạn nhập lại tên.",
    ErrorCode.UNIT_BLOC_UNKNOWN: "Chưa rõ đơn vị thuộc khối nào. Bạn chọn một khối trong danh sách.",
    ErrorCode.UNIT_CODE_INVALID: (
        "Mã đơn vị gồm 1 đến 20 chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối. Bạn nhập lại mã."
    ),
    ErrorCode.UNIT_CODE_TAKEN: "Mã này đã là của một đơn vị khác. Bạn chọn mã khác.",
    ErrorCode.HEADCOUNT_INVALID: "Số người là số nguyên từ 1 đến 100.000. Bạn nhập lại.",
    ErrorCode.DAY_INVALID: "Chưa đọc được ngày. Bạn nhập ngày/tháng/năm, ví dụ 03/11/2025.",
    ErrorCode.UNIT_EDITED: (
        "Đơn vị này đã được {by} sửa lúc {at}. Những gì bạn nhập còn nguyên; bạn so với giá trị mới rồi lưu lại."
    ),
    ErrorCode.PAPER_UNKNOWN: "Không tìm thấy bài thi có mã này. Bạn tìm lại trong danh sách bài thi.",
    ErrorCode.UNIT_IMPORT_UNKNOWN: "Không tìm thấy lần nhập tệp này. Bạn mở lại từ danh sách các lần nhập.",
    ErrorCode.IMPORT_OVER: "Lần nhập tệp này đã xong hoặc đã bỏ. Bạn tải tệp lên lần nữa nếu cần.",
    ErrorCode.IMPORT_STALE: (
        "Danh sách đơn vị đã thay đổi sau khi tệp được đọc nên chưa ghi gì. Bạn tải tệp lên lần nữa để xem trước lại."
    ),
    ErrorCode.FILE_MISSING: "Bạn chưa chọn tệp. Bạn chọn tệp .xlsx hoặc .csv rồi bấm lại.",
    ErrorCode.SHEET_UNREADABLE: "Không đọc được tệp. Bạn lưu lại thành .xlsx hoặc .csv (UTF-8) rồi tải lên.",
    ErrorCode.SHEET_TOO_LARGE: "Tệp quá lớn. Mỗi tệp nhiều nhất 5 MB và 20.000 dòng; bạn chia nhỏ rồi tải lên.",
    ErrorCode.SHEET_EMPTY: "Tệp không có dòng nào dưới hàng tiêu đề. Bạn xem lại tệp.",
    ErrorCode.SHEET_COLUMN_MISSING: "Tệp thiếu cột này. Bạn thêm cột đúng tên như trong tệp mẫu.",
    ErrorCode.ROW_REPEATED: "Dòng này trùng với một dòng ở trên. Bạn giữ lại một dòng.",
    ErrorCode.UNIT_CODE_LOST_ZERO: (
        "Không có đơn vị mang mã này; có lẽ bảng tính làm mất số 0 ở đầu. Bạn đổi cột mã thành văn bản rồi nhập lại mã."
    ),
    ErrorCode.CELL_FORMULA: "Ô này là công thức hoặc lỗi của bảng tính. Bạn dán giá trị thay cho công thức.",
    ErrorCode.IMPORT_UNKNOWN: "Không có lần nhập này. Bạn mở lại danh sách các lần nhập.",
    ErrorCode.QUESTION_UNKNOWN: "Không có câu hỏi mang mã này. Bạn tìm lại trong ngân hàng câu hỏi.",
    ErrorCode.QUESTION_CHANGED: (
        "Câu này đã được {by} sửa lúc {at}, sau khi bạn mở trang. Nội dung bạn gõ vẫn còn ở đây; "
        "bạn xem bản mới ở bên cạnh rồi lưu lại."
    ),
    ErrorCode.QUESTION_OWN_VERSION: "Bản mới nhất do chính bạn viết. Câu hỏi cần một người thứ hai duyệt.",
    ErrorCode.QUESTION_NOT_WAITING: "Bản mới nhất của câu này đã được duyệt. Bạn không cần làm gì thêm.",
    ErrorCode.QUESTION_VERSION_NEWER: "Câu này vừa có bản mới hơn bản bạn đã đọc. Bạn đọc bản mới rồi duyệt.",
    ErrorCode.QUESTION_RETIRED: "Câu này đang ngừng dùng. Bạn dùng lại câu trước khi làm tiếp.",
    ErrorCode.QUESTION_NOT_RETIRED: "Câu này đang được dùng, không cần khôi phục. Bạn tải lại trang để xem.",
    ErrorCode.QUESTION_CODE_TAKEN: "Mã này đã có trong ngân hàng hoặc không dùng được. Bạn đặt mã khác, hoặc để trống.",
    ErrorCode.TOPIC_MISSING: "Chưa có chủ đề. Bạn chọn một chủ đề có sẵn hoặc gõ tên mới.",
    ErrorCode.DIFFICULTY_MISSING: "Chưa có độ khó. Bạn chọn 1, 2 hoặc 3.",
    ErrorCode.POOL_MISSING: "Chưa rõ câu dùng để thi hay để luyện tập. Bạn chọn một nhóm.",
    ErrorCode.QUESTIONS_NOT_CHOSEN: "Bạn chưa chọn câu nào. Bạn đánh dấu các câu rồi bấm lại.",
    ErrorCode.QUESTIONS_TOO_MANY: "Mỗi lần làm được nhiều nhất {most} câu. Bạn lọc bớt rồi làm từng phần.",
    ErrorCode.DEED_NOT_CHOSEN: "Bạn chưa chọn việc cần làm. Bạn chọn một việc trong danh sách.",
    ErrorCode.IMPORT_NOT_READY: "Lần nhập này đã xong, đã bỏ hoặc còn đang đọc. Bạn tải lại trang để xem.",
    ErrorCode.IMPORT_HAS_ERRORS: "Tệp còn lỗi nên chưa ghi câu nào. Bạn sửa theo bảng lỗi rồi nhập lại.",
    ErrorCode.IMPORT_UNDECIDED: "Còn đề nghị sửa chưa được trả lời. Bạn chọn sửa hoặc giữ nguyên rồi nhập.",
    ErrorCode.PERIOD_RUNNING: "Chưa hết giờ thi của bảng này. Bạn chốt kết quả sau {until}.",
    ErrorCode.PAPERS_OPEN: "Còn {count} bài chưa nộp. Máy chủ tự đóng khi hết giờ; bạn chờ ít phút rồi tính lại.",
    ErrorCode.PREDICTION_UNSETTLED: "Câu dự đoán chưa được đối chiếu. Máy chủ tự làm; bạn tính lại sau ít phút.",
    ErrorCode.RESULT_EXISTS: "{by} đã chốt bản {version} lúc {at}. Bạn xem bản đó; cần sửa thì tính lại.",
    ErrorCode.RESULT_MOVED: "Dữ liệu đã đổi sau khi bạn tính. Bạn tính lại, xem kết quả rồi chốt.",
    ErrorCode.DIFFERENCES_UNSEEN: (
        "Có {count} chỗ lưu khác với câu trả lời gốc. Bạn xem danh sách, đánh dấu đã xem rồi chốt."
    ),
    ErrorCode.RESULT_UNCHANGED: "Kết quả tính lại giống hệt bản đang có nên không cần đính chính.",
    ErrorCode.RESULT_MISSING: "Chưa có kết quả chính thức cho bảng này. Bạn chốt kết quả trước.",
    ErrorCode.RESULT_DAMAGED: (
        "Kết quả đã lưu không khớp mã kiểm chứng của nó. Bạn dừng lại và báo người quản trị kiểm tra cơ sở dữ liệu."
    ),
    ErrorCode.PRIZES_NONE: "Thể lệ không có giải nào cho bảng này. Bạn chọn bảng khác hoặc bổ sung thể lệ.",
    ErrorCode.PRIZES_STATE: "Danh sách giải không còn ở bước này. Bạn tải lại trang để xem bước hiện tại.",
    ErrorCode.PRIZES_MOVED: "Kết quả hoặc hồ sơ người được giải đã đổi. Bạn lập lại đề xuất rồi xem lại danh sách.",
    ErrorCode.SECOND_PERSON: "Người lập danh sách không tự xác nhận được. Bạn nhờ một người khác trong Ban Tổ chức.",
    ErrorCode.TIES_OPEN: "Còn chỗ đồng hạng chưa quyết định. Bạn chọn người được giải và ghi lý do trước.",
    ErrorCode.DECISION_INVALID: "Cần chọn đúng {places} trong số các mục đồng hạng. Bạn chọn lại.",
    ErrorCode.FREEZE_INVALID: "Số phút dừng bảng là số nguyên từ 0 đến {most}. Bạn nhập lại.",
    ErrorCode.FREEZE_OVER: "Tuần này đã kết thúc nên bảng không còn dừng nữa. Bạn tải lại trang để xem.",
    ErrorCode.DATABASE_NEWER: "Dữ liệu thuộc phiên bản mới hơn chương trình. Người quản trị cần cập nhật chương trình.",
    ErrorCode.DATABASE_UNREACHABLE: "Hệ thống tạm thời chưa truy cập được dữ liệu. Bạn thử lại sau ít phút.",
    ErrorCode.ANOTHER_CONTEST: (
        "Cơ sở dữ liệu đã có hội thi “{title}”. Để lập hội thi khác, bạn đặt CCHC_DATA_DIR hoặc CCHC_DATABASE_URL mới."
    ),
    ErrorCode.SERVER_ERROR: "Hệ thống gặp sự cố khi xử lý. Bạn thử lại; nếu vẫn lỗi, gửi mã hỗ trợ cho Ban Tổ chức.",
    **question_files.SENTENCES,
}


def sentence(code: ErrorCode, details: dict[str, object]) -> str:
    """The wording of a refusal, with the values it names; instants are written in the contest's time zone."""
    shown = {name: clock_and_date(value) if isinstance(value, datetime) else value for name, value in details.items()}
    return SENTENCES[code].format_map(shown)
