"""The server's clock, the only one that counts."""

from datetime import UTC, datetime, timedelta


def server_now() -> datetime:
    """Now, in UTC, cut to the millisecond."""
    now = datetime.now(UTC)
    return now - timedelta(microseconds=now.microsecond % 1000)
