"""Every URL of the app: constants and builders."""

HOME = "/"
SIGN_IN = "/dang-nhap"
REGISTER = "/dang-ky"
QUIZ = "/thi"
PRACTICE = "/luyen-tap"
RESULT_PATTERN = "/ket-qua/[receipt]"
SLOGAN = "/khau-hieu"
STANDINGS = "/xep-hang"
RULES = "/the-le"
PRIVACY = "/quyen-rieng-tu"
ACCOUNT = "/tai-khoan"
DESIGN_SYSTEM = "/he-thong-giao-dien"

SESSION_TICKET = "/phien/nhan"
SIGN_OUT = "/phien/dang-xuat"
API = "/api/v1"
API_STANDINGS = "/api/v1/standings"
ALIVE = "/healthz"
READY = "/readyz"
METRICS = "/metrics"


def result(receipt: str) -> str:
    """The page of one finished attempt."""
    return f"/ket-qua/{receipt}"


def session_ticket(ticket: str, next_path: str) -> str:
    """The route that turns a single-use ticket into a session cookie and goes on to `next_path`."""
    return f"{SESSION_TICKET}?ve={ticket}&tiep={next_path}"


def sign_in(next_path: str) -> str:
    """The sign-in page that goes on to `next_path` afterwards."""
    return f"{SIGN_IN}?tiep={next_path}"
