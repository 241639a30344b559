"""How often one address may try the door. Per process: several processes allow as many times more."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from cchc_app.contest.errors import ContestError, ErrorCode

# A whole agency comes from one address when a week opens: what succeeds is limited widely, what fails narrowly.
TRIES = (RateLimitItemPerMinute(300),)
FAILURES = (RateLimitItemPerMinute(30), RateLimitItemPerHour(300))
# "Is this number registered?": the registration form has to say it, so asking is limited as well.
QUESTIONS = (RateLimitItemPerMinute(120), RateLimitItemPerHour(1500))


class Throttle:
    """Counts of one process, in memory."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def take_try(self, address: str) -> None:
        """Count one try from an address. Refuses with TOO_MANY_REQUESTS, also after too many failures."""
        self._take("try", TRIES, address)
        if not all(self._window.test(limit, "failure", _network(address)) for limit in FAILURES):
            raise ContestError(ErrorCode.TOO_MANY_REQUESTS)

    def take_question(self, address: str) -> None:
        """Count one question whether a number is registered. Refuses with TOO_MANY_REQUESTS."""
        self.take_try(address)
        self._take("question", QUESTIONS, address)

    def note_failure(self, address: str) -> None:
        """Count one failed try: a wrong PIN, a number that was registered already."""
        for limit in FAILURES:
            self._window.hit(limit, "failure", _network(address))

    def _take(self, kind: str, limits: tuple[RateLimitItem, ...], address: str) -> None:
        taken = [self._window.hit(limit, kind, _network(address)) for limit in limits]
        if not all(taken):
            raise ContestError(ErrorCode.TOO_MANY_REQUESTS)


def _network(address: str) -> str:
    """What one person cannot easily change: the address itself, of IPv6 its /64 network."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)


@lru_cache
def get_throttle() -> Throttle:
    """The throttle of this process."""
    return Throttle()
