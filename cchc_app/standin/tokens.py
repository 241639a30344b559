"""Codes and tokens of the stand-in. Nothing is stored: they are sealed with the deployment's own keys."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from functools import cache

from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from cchc_app.data.crypto import keyring

CODE_SECONDS = 60
TOKEN_SECONDS = 300
ID_TOKEN_SECONDS = 300
ALGORITHM = "ES256"


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody invented."""

    number: str
    name: str
    birth_date: str  # yyyymmdd
    level: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a code or an access token stands for."""

    kind: str  # "code" or "access"
    citizen: Citizen
    expires_at: int
    nonce: str = ""
    challenge: str = ""
    redirect_uri: str = ""


def seal(content: Sealed) -> str:
    """A code or token nobody else can make or read."""
    return keyring().encrypt(json.dumps(asdict(content)))


def unseal(text: str, *, kind: str, now: int) -> Sealed | None:
    """What `seal` sealed; None when it is something else, or over."""
    try:
        body = json.loads(keyring().decrypt(text))
    except (InvalidToken, ValueError):
        return None
    content = Sealed(**body | {"citizen": Citizen(**body["citizen"])})
    return content if content.kind == kind and content.expires_at > now else None


def subject(citizen: Citizen) -> str:
    """A stable name of a citizen that is not the number."""
    return keyring().blind_index(f"stand-in {citizen.number}")[:32]


@cache
def signing_key() -> ECKey:
    """The key of ID tokens: the same in every process of a deployment, for it is derived from its keys."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    seed = hmac.new(keyring().index_key, b"stand-in signing key", hashlib.sha512).digest()
    private = ec.derive_private_key(int.from_bytes(seed) % (order - 1) + 1, ec.SECP256R1())
    key = ECKey.import_key(private, {"use": "sig", "alg": ALGORITHM})
    key.ensure_kid()
    return key


def id_token(claims: dict[str, object]) -> str:
    """A signed ID token."""
    key = signing_key()
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key)
