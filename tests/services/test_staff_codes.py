"""One-time codes, against an independent generator and the examples of RFC 6238; recovery codes."""

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from cchc_app.services.staff_codes import (
    enrolment_uri,
    matching_step,
    new_recovery_codes,
    new_secret,
    recovery_hash,
)

# RFC 6238, appendix B, SHA-1: the secret is ASCII "12345678901234567890"; the last six of its eight digits.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_EXAMPLES = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924")]
NOW = datetime(2026, 3, 11, 5, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30


@pytest.mark.parametrize(("seconds", "code"), RFC_EXAMPLES)
def test_the_examples_of_the_standard(seconds: int, code: str) -> None:
    assert matching_step(RFC_SECRET, code, now=datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize(("offset", "found"), [(-2, None), (-1, STEP - 1), (0, STEP), (1, STEP + 1), (2, None)])
def test_one_step_either_way(offset: int, found: int | None) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    code = pyotp.TOTP(secret).at(NOW + timedelta(seconds=30 * offset))
    assert matching_step(secret, code, now=NOW) == found
    assert matching_step(secret, f" {code[:3]} {code[3:]} ", now=NOW) == found


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "\ud8001234", "१२३४५x", "-12345"])
def test_what_is_no_code(typed: str) -> None:
    assert matching_step(new_secret(), typed, now=NOW) is None


def test_secrets_are_long_and_apps_can_read_them() -> None:
    secret = new_secret()
    assert len(base64.b32decode(secret)) == 20
    uri = pyotp.parse_uri(enrolment_uri(secret, label="hoithi.example.vn", issuer="Ban Tổ chức"))
    assert isinstance(uri, pyotp.TOTP)
    assert (uri.secret, uri.issuer, uri.name, uri.digits, uri.interval) == (
        secret,
        "Ban Tổ chức",
        "hoithi.example.vn",
        6,
        30,
    )


def test_recovery_codes() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert {(len(code), code[5]) for code in codes} == {(11, "-")}
    assert recovery_hash(1, codes[0]) == recovery_hash(1, f" {codes[0].lower().replace('-', ' ')} ")
    assert recovery_hash(1, codes[0]) != recovery_hash(2, codes[0])
