"""How often one address may try a door. Counted in Redis when there is one, else in each process for itself."""

import logging
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.settings import get_settings

log = logging.getLogger(__name__)

TRY, FAILURE, QUESTION, DOWNLOAD, CODE_FAILURE = "try", "failure", "question", "download", "code_failure"
BOARD = "board"
# A whole agency comes from one address when a week opens: what succeeds is limited widely, what fails narrowly.
# A question is "is this number registered?": the registration form has to say it, so asking is limited as well.
LIMITS: dict[str, tuple[RateLimitItem, ...]] = {
    TRY: (RateLimitItemPerMinute(300),),
    FAILURE: (RateLimitItemPerMinute(30), RateLimitItemPerHour(300)),
    QUESTION: (RateLimitItemPerMinute(120), RateLimitItemPerHour(1500)),
    DOWNLOAD: (RateLimitItemPerMinute(60),),
    # Boards for machines and in frames of other sites (docs/api.md).
    BOARD: (RateLimitItemPerMinute(240),),
    # A unit's code has 58 bits: what is limited is trying, by whoever, from wherever, for whichever unit.
    CODE_FAILURE: (RateLimitItemPerMinute(10), RateLimitItemPerHour(60)),
}
# What is counted beside addresses begins so.
NAMED = ("account:", "unit:")


class Throttle:
    """Counts by what is done and from where.

    Args:
        redis_url: Where all processes count together; empty to count in this process alone.
    """

    def __init__(self, redis_url: str = "") -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None

    def take_try(self, address: str) -> None:
        """Count one try from an address. Refuses with TOO_MANY_REQUESTS, also after too many failures."""
        self.take(TRY, address)
        if not all(self._ask("test", limit, FAILURE, address) for limit in LIMITS[FAILURE]):
            raise ContestError(ErrorCode.TOO_MANY_REQUESTS)

    def take_question(self, address: str) -> None:
        """Count one question whether a number is registered. Refuses with TOO_MANY_REQUESTS."""
        self.take_try(address)
        self.take(QUESTION, address)

    def note_failure(self, address: str) -> None:
        """Count one failed try: a wrong PIN, a number that was registered already."""
        for limit in LIMITS[FAILURE]:
            self._ask("hit", limit, FAILURE, address)

    def require(self, kind: str, *who: str) -> None:
        """Count nothing. Refuses with TOO_MANY_REQUESTS when one of several has used up a kind of LIMITS."""
        if not all(self._ask("test", limit, kind, one) for limit in LIMITS[kind] for one in who):
            raise ContestError(ErrorCode.TOO_MANY_REQUESTS)

    def note(self, kind: str, *who: str) -> None:
        """Count one thing of a kind of LIMITS against each of several: addresses, accounts, units."""
        for limit in LIMITS[kind]:
            for one in who:
                self._ask("hit", limit, kind, one)

    def take(self, kind: str, address: str) -> None:
        """Count one thing of a kind of LIMITS. Refuses with TOO_MANY_REQUESTS."""
        taken = [self._ask("hit", limit, kind, address) for limit in LIMITS[kind]]
        if not all(taken):
            raise ContestError(ErrorCode.TOO_MANY_REQUESTS)

    def _ask(self, question: str, limit: RateLimitItem, kind: str, address: str) -> bool:
        who = (kind, _network(address))
        if self._shared is not None:
            try:
                return getattr(self._shared, question)(limit, *who)
            except StorageError:
                # A door that closes with Redis would be worse than one that counts per process for a while.
                log.warning("tries are counted in this process alone: Redis does not answer")
        return getattr(self._own, question)(limit, *who)


def _redis(url: str) -> RedisStorage:
    return RedisStorage(url, wrap_exceptions=True, socket_timeout=1)


def _network(address: str) -> str:
    """What one person cannot easily change: the address itself, of IPv6 its /64 network; other names as they are."""
    if address.startswith(NAMED):
        return address
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)


@lru_cache
def get_throttle() -> Throttle:
    """The throttle of this process."""
    return Throttle(get_settings().redis_url)
