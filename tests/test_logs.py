"""Logs tell what happened, never who it was nor what opens a door."""

import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest

from cchc_app.data.crypto import new_keyring, new_token, token_hash
from cchc_app.logs import REDACTED, redacted, set_up_logs
from cchc_app.services.pin_hash import _HASHER

RING = new_keyring()
TOKEN = new_token()


@pytest.fixture(autouse=True)
def _own_handlers() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level


SECRETS = {
    "cccd": "031085012345",
    "cmnd": "031234567",
    "cccd in groups": "031 0 85 012345",
    "cmnd in groups": "031 234 567",
    "phone": "0912345678",
    "phone abroad": "+84912345678",
    "pin": "407193",
    "token": TOKEN,
    "hash of a token": token_hash(TOKEN),
    "key": RING.encryption_keys[0],
    "blind index": RING.blind_index("031085012345"),
    "ciphertext": RING.encrypt("031085012345"),
    "pin hash": _HASHER.hash("407193"),
}


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("frame", ["{}", "so {} there", "'{}'", '{{"x": "{}"}}', "x={}&y", "x:\n{}\n"])
def test_what_is_a_secret_by_its_shape(name: str, frame: str) -> None:
    secret = SECRETS[name]
    line = redacted(frame.format(secret))
    assert REDACTED in line
    assert secret not in line
    assert secret[:12] not in line


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-24T20:47:52.123456Z [warning] visits wait",
        'File "/srv/cchc_app/states/quiz.py", line 12345, in answer',
        "attempt 48213 of HP25-W2-7KQF-31 took 31.25 ms at 1795553272123",
        "test_a_ticket_redeemed_twenty_times_at_once",
        "http://localhost:8000/xep-hang?tuan=2",
    ],
)
def test_what_is_none_stays(line: str) -> None:
    assert redacted(line) == line


def test_the_password_of_an_address() -> None:
    assert redacted("postgresql+psycopg://cchc:hunter2@db/cchc") == f"postgresql+psycopg://{REDACTED}@db/cchc"


def log_a_failure(env: Literal["development", "production"], capfd: pytest.CaptureFixture[str]) -> str:
    set_up_logs(env)

    def handler(citizen_id: str) -> None:
        raise ValueError(f"cannot read {citizen_id}")

    try:
        handler("031085012345")
    except ValueError:
        logging.getLogger("cchc_app.x").exception(
            "failed for %s", "0912345678", extra={"pin": "40719", "cookie": f"cchc={TOKEN}", "attempt": 17}
        )
    return capfd.readouterr().err


def test_production_writes_json_with_the_traceback_redacted(capfd: pytest.CaptureFixture[str]) -> None:
    record = json.loads(log_a_failure("production", capfd))
    assert (record["event"], record["level"], record["logger"]) == (f"failed for {REDACTED}", "error", "cchc_app.x")
    assert (record["pin"], record["cookie"], record["attempt"]) == (REDACTED, REDACTED, 17)
    assert f"ValueError: cannot read {REDACTED}" in record["exception"]
    assert record["timestamp"].endswith("Z")


def test_development_writes_plain_text_with_the_traceback_redacted(capfd: pytest.CaptureFixture[str]) -> None:
    said = log_a_failure("development", capfd)
    assert "Traceback (most recent call last)" in said
    assert f"ValueError: cannot read {REDACTED}" in said
    assert [secret for secret in ("031085012345", "0912345678", "40719", TOKEN) if secret in said] == []
