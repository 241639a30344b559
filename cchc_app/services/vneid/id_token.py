"""Verifying ID tokens (OpenID Connect Core 1.0, section 3.1.3.7)."""

import hmac
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidClaimError
from joserfc.jwk import KeySet

# Signatures only: never `none`, never a shared secret.
ALGORITHMS = ("RS256", "PS256", "ES256")
LEEWAY_SECONDS = 60


def verify(token: str, keys: KeySet, *, issuer: str, client_id: str, nonce: str, now: datetime) -> dict[str, Any]:
    """The claims of an ID token that is signed by the issuer, for us, now, and for this round trip.

    Raises:
        JoseError: anything else; InvalidKeyIdError when the key set has no such key.
        ValueError: it is not a token at all.
    """
    claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )
    registry.validate(claims)
    if not isinstance(claims["nonce"], str) or not hmac.compare_digest(claims["nonce"].encode(), nonce.encode()):
        raise InvalidClaimError("nonce")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise InvalidClaimError("azp")
    return claims
