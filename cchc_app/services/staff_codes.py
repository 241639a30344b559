"""Second factors of staff accounts: time-based codes (RFC 6238: SHA-1, six digits, 30 seconds) and recovery codes."""

import hmac
import secrets
from datetime import datetime

import pyotp
from pyotp.totp import TOTP

from cchc_app.contest.identity import normalise_digits
from cchc_app.data.crypto import keyring

STEP_SECONDS = 30
# A phone's clock may be a step off either way.
WINDOW = (0, -1, 1)
CODE_DIGITS = 6
RECOVERY_CODES = 10
# Without letters and digits that look alike; ten of them are 50 bits.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
HALF = 5


def new_secret() -> str:
    """A secret for an authenticator app: 160 bits, base32."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, *, label: str, issuer: str) -> str:
    """What the QR code of an enrolment says."""
    return TOTP(secret).provisioning_uri(name=label, issuer_name=issuer)


def matching_step(secret: str, typed: str, *, now: datetime) -> int | None:
    """The 30-second step whose code was typed, of the present one and its neighbours; None when none fits."""
    digits = normalise_digits(typed)
    if len(digits) != CODE_DIGITS or not digits.isascii():
        return None
    totp, present = TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    steps = [present + offset for offset in WINDOW]
    fitting = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), digits)]
    return max(fitting, default=None)


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes as they are shown, once."""
    return tuple(f"{_random_half()}-{_random_half()}" for _ in range(RECOVERY_CODES))


def recovery_hash(staff_id: int, typed: str) -> str:
    """What is stored of an account's recovery code; keyed, so that a stolen table cannot be searched."""
    letters = "".join(char for char in typed.upper() if char in ALPHABET)
    return keyring().blind_index(f"recovery:{staff_id}:{letters}")


def _random_half() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(HALF))
