"""Every URL of the app: constants and builders."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

HOME = "/"
SIGN_IN = "/dang-nhap"
REGISTER = "/dang-ky"
VNEID_REGISTER = "/dang-ky/vneid"
QUIZ = "/thi"
PRACTICE = "/luyen-tap"
RESULT_PATTERN = "/ket-qua/[receipt]"
SLOGAN = "/khau-hieu"
UNIT_CODE = "/khau-hieu/ma"
SLOGAN_RESULTS = "/khau-hieu/ket-qua"
SLOGAN_CARD_PATTERN = "/khau-hieu/ket-qua/{code}.png"
UNIT_DESK = "/don-vi"
STANDINGS = "/xep-hang"
UNIT_STANDINGS = "/xep-hang/don-vi"
BLOC_STANDINGS = "/xep-hang/khoi"
PROJECTOR = "/trinh-chieu"
EMBEDDED_BOARD = "/nhung/xep-hang"
BOARD_QUERY = "tuan"
SLIDES_QUERY, SECONDS_QUERY = "bang", "giay"
KIND_QUERY, COUNT_QUERY, GROUND_QUERY = "xem", "so", "nen"
PAGE_QUERY, SEARCH_QUERY, BLOC_QUERY, OPEN_QUERY = "trang", "tim", "khoi", "mo"
OVERALL_BOARD = "chung-cuoc"
RULES = "/the-le"
PRIVACY = "/quyen-rieng-tu"
NEWS_PATTERN = "/tin-tuc/[news]"
FILE = "/tep/{digest}/{name}"
ACCOUNT = "/tai-khoan"
MY_DATA = "/tai-khoan/du-lieu"
MY_DATA_FILE = "/tai-khoan/du-lieu/tai-ve"
CONSENT = "/dong-y"
PIN_RESET = "/dat-lai-pin"
DESIGN_SYSTEM = "/he-thong-giao-dien"

STAFF = "/quan-tri"
STAFF_SIGN_IN = "/quan-tri/dang-nhap"
INVITATION_PATTERN = "/quan-tri/loi-moi/[invitation]"
STAFF_PEOPLE = "/quan-tri/nhan-su"
AUDIT_LOG = "/quan-tri/nhat-ky"
DATA_REQUESTS = "/quan-tri/yeu-cau-du-lieu"
MERGES = "/quan-tri/gop-tai-khoan"
JUDGE_DESK = "/quan-tri/cham-khau-hieu"
JUDGING_ROUNDS = "/quan-tri/vong-cham"
ITEM_ANALYSIS = "/quan-tri/thong-ke-cau-hoi"
PARTICIPATION_FILE = "/quan-tri/tep/tham-gia.xlsx"
ITEM_ANALYSIS_FILE = "/quan-tri/tep/phan-tich-cau-hoi.xlsx"
# The part of the overview with the units' table.
UNITS_PART = "don-vi"
STAFF_SLOGANS = "/quan-tri/khau-hieu"
STAFF_SLOGANS_ALIKE = "/quan-tri/khau-hieu/giong-nhau"
STAFF_SLOGANS_REMIND = "/quan-tri/khau-hieu/nhac-don-vi"
STAFF_SLOGANS_PUBLISH = "/quan-tri/khau-hieu/cong-bo"
UNIT_CODES = "/quan-tri/ma-don-vi"
SLOGAN_LIST_FILE = "/quan-tri/tep/khau-hieu.xlsx"
SLOGAN_RESULTS_FILE = "/quan-tri/tep/ket-qua-khau-hieu.xlsx"
SLOGAN_MINUTES_FILE = "/quan-tri/tep/bien-ban-cham-khau-hieu.docx"
UNIT_QUERY = "mo"
CONTEST_DESK = "/quan-tri/hoi-thi"
NEW_CONTEST = "/quan-tri/hoi-thi/moi"
RULE_DRAFT = "/quan-tri/hoi-thi/the-le"
SIMULATION = "/quan-tri/hoi-thi/xem-thu"
NEWS_DESK = "/quan-tri/tin-tuc"
NEWS_EDITOR_PATTERN = "/quan-tri/tin-tuc/[news]"
NEW_NEWS = "moi"
SECTION_QUERY = "muc"
# Everything under it takes larger bodies, from staff who may send them.
UPLOAD_PREFIX = "/quan-tri/tai-len/"
FILE_UPLOAD = "/quan-tri/tai-len/tep"
STAFF_UNITS = "/quan-tri/don-vi"
UNIT_IMPORT_PATTERN = "/quan-tri/don-vi/nhap/[import_number]"
PARTICIPANTS = "/quan-tri/thi-sinh"
PARTICIPANT_PATTERN = "/quan-tri/thi-sinh/[participant]"
STAFF_PAPERS = "/quan-tri/bai-thi"
STAFF_PAPER_PATTERN = "/quan-tri/bai-thi/[paper_code]"
UNIT_LIST_FILE = "/quan-tri/tep/don-vi.xlsx"
PEOPLE_LIST_FILE = "/quan-tri/tep/thi-sinh.xlsx"
PAPER_LIST_FILE = "/quan-tri/tep/bai-thi.xlsx"
AUDIT_LOG_FILE = "/quan-tri/tep/nhat-ky.xlsx"
NEWS_FILE = "/quan-tri/tep/tin-tuc.xlsx"
STAFF_FILE = "/quan-tri/tep/nhan-su.xlsx"
REQUEST_FILE = "/quan-tri/tep/yeu-cau-du-lieu.xlsx"
PAIR_FILE = "/quan-tri/tep/cap-tai-khoan.xlsx"
IMPORT_LIST_FILE = "/quan-tri/tep/cac-lan-nhap.xlsx"
JUDGED_FILE = "/quan-tri/tep/vong-cham.xlsx"
WRITER_FILE = "/quan-tri/tep/nguoi-dai-dien.xlsx"
UNIT_TEMPLATE_PATTERN = "/quan-tri/tep/mau/{kind}.xlsx"
UNIT_UPLOAD = "/quan-tri/tai-len/don-vi"
ROSTER_UPLOAD = "/quan-tri/tai-len/danh-sach"
STAFF_QUESTIONS = "/quan-tri/cau-hoi"
QUESTION_PATTERN = "/quan-tri/cau-hoi/[question]"
QUESTION_IMPORTS = "/quan-tri/cau-hoi/nhap"
QUESTION_IMPORT_PATTERN = "/quan-tri/cau-hoi/nhap/[job]"
NEW_QUESTION, IMPORTS = "moi", "nhap"  # no question is called so
QUESTION_FILE_PATTERN = "/quan-tri/tep/cau-hoi.{kind}"
QUESTION_TEMPLATE_FILE = "/quan-tri/tep/mau-cau-hoi.xlsx"
QUESTION_UPLOAD = "/quan-tri/tai-len/cau-hoi"
OFFICIAL_RESULTS = "/quan-tri/ket-qua"
OFFICIAL_FILE = "/quan-tri/tep/ket-qua-chinh-thuc.xlsx"
STAFF_PRIZES = "/quan-tri/giai-thuong"
PRIZES_FILE = "/quan-tri/tep/giai-thuong.xlsx"
COMMENDATION_FILE = "/quan-tri/tep/de-nghi-bang-khen.xlsx"
OFFICIAL_BOARD_QUERY = "bang"
OFFICIAL_VERSION_QUERY = "ban"
# Which of a page's tables is shown: a page comes with its first one.
VIEW_QUERY, UNITS_VIEW, SKIPPED_VIEW = "xem", "don-vi", "bi-bo-qua"
TABLES_PART = "cac-bang"
WINNERS = "/giai-thuong"
STAFF_SESSION_TICKET = "/quan-tri/phien/nhan"
STAFF_SIGN_OUT = "/quan-tri/phien/dang-xuat"

SESSION_PREFIX = "/phien/"
SESSION_TICKET = "/phien/nhan"
SIGN_OUT = "/phien/dang-xuat"
VNEID_START = "/phien/vneid"
VNEID_RETURN = "/phien/vneid/ve"
STAND_IN = "/gia-lap-vneid"
API = "/api/v1"
API_STANDINGS = "/api/v1/standings"
API_UNIT_STANDINGS = "/api/v1/standings/units"
ALIVE = "/healthz"
READY = "/readyz"
METRICS = "/metrics"

# Where the staff's door may send on to.
STAFF_PAGES = (
    STAFF,
    JUDGE_DESK,
    JUDGING_ROUNDS,
    ITEM_ANALYSIS,
    DATA_REQUESTS,
    MERGES,
    STAFF_PEOPLE,
    AUDIT_LOG,
    STAFF_SLOGANS,
    STAFF_SLOGANS_ALIKE,
    STAFF_SLOGANS_REMIND,
    STAFF_SLOGANS_PUBLISH,
    UNIT_CODES,
    CONTEST_DESK,
    NEW_CONTEST,
    RULE_DRAFT,
    SIMULATION,
    NEWS_DESK,
    STAFF_UNITS,
    PARTICIPANTS,
    STAFF_PAPERS,
    STAFF_QUESTIONS,
    OFFICIAL_RESULTS,
    STAFF_PRIZES,
)
# Pages of one thing each, under the pages that list them.
STAFF_LISTS = (STAFF_UNITS, PARTICIPANTS, STAFF_PAPERS, STAFF_QUESTIONS)

MAX_PATH_LENGTH = 500


def result(receipt: str) -> str:
    """The page of one finished attempt."""
    return f"/ket-qua/{receipt}"


def unit_code(code: str) -> str:
    """The page where a unit's code is entered, filled in; the code is no part of what a server is asked for."""
    return f"{UNIT_CODE}#{code}"


def standings(board: str, *, page: int = 1) -> str:
    """A page of one board of people: a period's number, or `OVERALL_BOARD`."""
    return with_query(STANDINGS, {BOARD_QUERY: board} | ({PAGE_QUERY: str(page)} if page > 1 else {}))


def unit_standings(board: str, *, bloc: str = "", page: int = 1, wanted: str = "", opened: str = "") -> str:
    """A page of one board of units; of one bloc, found by a word, with one unit's numbers open."""
    asked = {BOARD_QUERY: board, BLOC_QUERY: bloc, PAGE_QUERY: str(page) if page > 1 else "", SEARCH_QUERY: wanted}
    return with_query(UNIT_STANDINGS, {key: value for key, value in (asked | {OPEN_QUERY: opened}).items() if value})


def bloc_standings(board: str) -> str:
    """The blocs on one board."""
    return with_query(BLOC_STANDINGS, {BOARD_QUERY: board})


def news(number: int) -> str:
    """The page of one announcement."""
    return f"/tin-tuc/{number}"


def news_editor(number: int) -> str:
    """Where staff edit an announcement; 0 for a new one."""
    return f"{NEWS_DESK}/{number or NEW_NEWS}"


def file(digest: str, name: str) -> str:
    """Where a picture or document of the contest is served."""
    return f"/tep/{digest}/{name}"


def file_upload(slot: str) -> str:
    """Where a form sends a file."""
    return f"{FILE_UPLOAD}?{SECTION_QUERY}={slot}"


def section(path: str, name: str) -> str:
    """A part of one of the staff's pages."""
    return f"{path}?{SECTION_QUERY}={name}"


def official_results(board: int, version: int = 0, view: str = "") -> str:
    """The official results of a board; the newest version and its people unless others are given."""
    return _official(OFFICIAL_RESULTS, board, version, view)


def result_tables(board: int, version: int = 0, view: str = "") -> str:
    """The part of that page with the tables: another order or page does not lead away from them."""
    return f"{official_results(board, version, view)}#{TABLES_PART}"


def official_file(board: int, version: int = 0) -> str:
    """The file of a board's official results."""
    return _official(OFFICIAL_FILE, board, version)


def staff_prizes(board: int, view: str = "") -> str:
    """The prizes of a board, or who was passed over for them."""
    return _official(STAFF_PRIZES, board, view=view)


def prize_tables(board: int, view: str = "") -> str:
    """The part of that page with the prizes, or who was passed over for them."""
    return f"{staff_prizes(board, view)}#{TABLES_PART}"


def prizes_file(board: int, view: str = "") -> str:
    """The file of a board's list, or of who was passed over."""
    return _official(PRIZES_FILE, board, view=view)


def _official(path: str, board: int, version: int = 0, view: str = "") -> str:
    asked = {OFFICIAL_BOARD_QUERY: str(board), OFFICIAL_VERSION_QUERY: str(version or ""), VIEW_QUERY: view}
    return with_query(path, {name: value for name, value in asked.items() if value})


def session_ticket(ticket: str, next_path: str) -> str:
    """The route that turns a single-use ticket into a session cookie and goes on to `next_path`."""
    return f"{SESSION_TICKET}?ve={ticket}&tiep={quote(next_path)}"


def sign_in(next_path: str) -> str:
    """The sign-in page that goes on to `next_path` afterwards."""
    return f"{SIGN_IN}?tiep={quote(next_path)}"


def sign_in_refused(code: str, next_path: str = "") -> str:
    """The sign-in page that says why one has come back to it, and goes on to `next_path`, if given, afterwards."""
    return f"{SIGN_IN}?loi={code}" + (f"&tiep={quote(next_path)}" if next_path else "")


def vneid(next_path: str) -> str:
    """Where the round trip to VNeID starts; it goes on to `next_path` afterwards."""
    return f"{VNEID_START}?tiep={quote(next_path)}"


def account_linked(next_path: str) -> str:
    """The account page that says the account now belongs to VNeID, with a way on to `next_path`."""
    return f"{ACCOUNT}?vneid=1&tiep={quote(next_path)}"


def vneid_register(next_path: str) -> str:
    """The page that asks whoever VNeID has named for what is missing; it goes on to `next_path` afterwards."""
    return f"{VNEID_REGISTER}?tiep={quote(next_path)}"


def consent(next_path: str) -> str:
    """The page that asks for agreement to a new notice and goes on to `next_path` afterwards."""
    return f"{CONSENT}?tiep={quote(next_path)}"


def register(next_path: str, step: int = 1) -> str:
    """A step of the registration page that goes on to `next_path` afterwards."""
    return f"{REGISTER}?buoc={step}&tiep={quote(next_path)}"


def sign_out(*, everywhere: bool = False) -> str:
    """Where a form ends this browser's session, or every session of its person."""
    return f"{SIGN_OUT}?moi-noi=1" if everywhere else SIGN_OUT


def staff_invitation(token: str) -> str:
    """Where an invitation to the staff is accepted."""
    return f"/quan-tri/loi-moi/{token}"


def staff_session_ticket(ticket: str, next_path: str) -> str:
    """The route that turns a ticket of the staff into a session cookie and goes on to `next_path`."""
    return f"{STAFF_SESSION_TICKET}?ve={ticket}&tiep={quote(next_path)}"


def staff_sign_in(next_path: str) -> str:
    """The staff's sign-in page that goes on to `next_path` afterwards."""
    return f"{STAFF_SIGN_IN}?tiep={quote(next_path)}"


def staff_sign_in_refused(code: str) -> str:
    """The staff's sign-in page that says why one has come back to it."""
    return f"{STAFF_SIGN_IN}?loi={code}"


def staff_path(raw: object) -> str:
    """`raw` if it is one of the staff's pages, with the question in its address, else their first one."""
    path = local_path(raw, default=STAFF)
    page = path.partition("?")[0]
    return path if page in STAFF_PAGES or page.startswith(tuple(f"{parent}/" for parent in STAFF_LISTS)) else STAFF


def question(code: str) -> str:
    """Where a question is read and edited."""
    return f"{STAFF_QUESTIONS}/{quote(code, safe='')}"


def question_file(kind: str) -> str:
    """The questions of the bank as a file: `xlsx`, `gift` or `xml`."""
    return QUESTION_FILE_PATTERN.format(kind=kind)


def question_import(number: int) -> str:
    """The page of one import."""
    return f"{QUESTION_IMPORTS}/{number}"


def with_query(path: str, parameters: Mapping[str, str]) -> str:
    """A page, or a part of one, with the question its address asks besides what stands in it."""
    page, mark, part = path.partition("#")
    return f"{page}{'&' if '?' in page else '?'}{urlencode(parameters)}{mark}{part}" if parameters else path


def participant(participant_id: int) -> str:
    """The organisers' page of one participant."""
    return f"{PARTICIPANTS}/{participant_id}"


def staff_paper(receipt: str) -> str:
    """The organisers' page of one paper."""
    return f"{STAFF_PAPERS}/{receipt}"


def unit_import(number: int) -> str:
    """The page of one file that was read."""
    return f"{STAFF_UNITS}/nhap/{number}"


def unit_template(kind: str) -> str:
    """A file to fill in."""
    return UNIT_TEMPLATE_PATTERN.format(kind=kind)


def units_refused(code: str) -> str:
    """The list of units that says why a file was not taken."""
    return f"{STAFF_UNITS}?loi={code}"


def pin_reset(token: str) -> str:
    """Where a new PIN is chosen; the token stands where no server and no log sees it."""
    return f"{PIN_RESET}#{token}"


def slogan_card(code: str) -> str:
    """The share image of a published winner."""
    return SLOGAN_CARD_PATTERN.format(code=code)


def local_path(raw: object, *, default: str = HOME) -> str:
    """`raw` if it is a path of this site one may be sent on to, else `default`.

    Refused are other sites in every spelling browsers understand, and the pages and routes on the way in, which would
    send people in circles.
    """
    if not isinstance(raw, str) or len(raw) > MAX_PATH_LENGTH or not raw.startswith("/") or raw.startswith("//"):
        return default
    if "\\" in raw or any(char <= " " or char == "\x7f" for char in raw):
        return default
    return default if raw.startswith((SIGN_IN, REGISTER, CONSENT, SESSION_PREFIX)) else raw
