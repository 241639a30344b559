"""Logs: one line per record, JSON in production, and nothing in them that says who a person is or opens a door.

Redaction works on the finished line, so that nothing slips past it: not a message, not an argument, not a traceback.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, Literal

import structlog

REDACTED = "[redacted]"
SECRET_NAMES = frozenset(
    {
        *("authorization", "birth_date", "citizen_id", "cookie", "key", "password", "phone"),
        *("pin", "pin_again", "secret", "ticket", "token", "totp"),
    }
)
# What is a secret by its shape, whoever wrote it where. Fewer than 13 digits: milliseconds since 1970 stay readable.
SECRET_SHAPES = (
    re.compile(r"gAAAA[\w-]{60,}=*"),  # encrypted columns
    re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}=?(?![\w-])"),  # tokens, tickets, keys
    re.compile(r"(?<![0-9a-fA-F])[0-9a-f]{64}(?![0-9a-fA-F])"),  # their hashes, blind indexes
    re.compile(r"\$argon2\w*\$[^\s\"']+"),
    re.compile(r"(?<![\d.])\+?\d{9,12}(?![\d])"),  # citizen IDs, phone numbers
    re.compile(r"(?<!\d)\d{3} \d \d{2} \d{6}(?!\d)|(?<!\d)\d{3} \d{3} \d{3}(?!\d)"),  # citizen IDs in groups
    re.compile(r"(?<![\d.:-])\d{6}(?![\d.:-])"),  # PINs, one-time codes
    re.compile(r"(?<=://)[^\s/@]+:[^\s/@]+(?=@)"),  # user and password of an address
)


def redacted(line: str) -> str:
    """A line without what is a secret by its shape."""
    for shape in SECRET_SHAPES:
        line = shape.sub(REDACTED, line)
    return line


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Formats a record, then takes the secrets out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return redacted(super().format(record))


def set_up_logs(env: Literal["development", "production"]) -> None:
    """Send every record of this process to stderr, in one form."""
    before = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _hide_named,
    ]
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if env == "production":
        last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last += [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(foreign_pre_chain=before, processors=last))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # Chatty ones: what they have to say is in our own records.
    for name in ("engineio", "socketio", "alembic", "httpx"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _hide_named(_logger: Any, _method: str, event: Any) -> Mapping[str, Any]:
    """Hide values by the names they are logged under."""
    return {name: REDACTED if name in SECRET_NAMES else value for name, value in event.items()}
