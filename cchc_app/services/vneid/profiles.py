"""How the identity providers differ, as data, and what one deployment is configured to talk to.

The three shapes are those seen in public code: a standard OpenID provider; the national public service portal's single
sign-on; VNeID's own provider.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from cchc_app import routes
from cchc_app.contest.assurance import LEVELS
from cchc_app.settings import Settings

# The client that the stand-in knows; it is a simulation, so nothing about it is secret.
STAND_IN_CLIENT = "cchc-standin"
STAND_IN_SECRET = "cchc-standin"
# What a provider without a discovery document has to be given.
ADDRESSES = ("vneid_authorize_url", "vneid_token_url", "vneid_userinfo_url")


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """What a provider calls what is asked of it; `levels` may be several."""

    number: str
    name: str
    birth_date: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of provider.

    Args:
        name: As in `CCHC_VNEID_PROFILE`.
        id_token: Addresses come from the issuer's discovery document, who it is from a signed ID token with a nonce.
        userinfo_method: How userinfo is asked.
        acr_values: The level asked for; empty for none.
        claims: Names of the claims.
        enveloped: The code and the answers may be encrypted for our RSA key.
    """

    name: str
    id_token: bool
    userinfo_method: str
    acr_values: str
    claims: ClaimNames
    enveloped: bool = False


PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile("oidc", True, "GET", "", ClaimNames("citizen_id", "name", "birthdate", ("acr",))),
        Profile(
            "national_portal",
            False,
            "POST",
            "LoA1",
            ClaimNames("SoDinhDanh", "HoVaTen", "NgayThangNamSinh", ("loAs", "IAL")),
        ),
        Profile(
            "vneid_direct",
            False,
            "GET",
            "",
            ClaimNames("citizenPid", "fullName", "birthDate", ("accountLevel",)),
            enveloped=True,
        ),
    )
}


@dataclass(frozen=True, slots=True, repr=False)
class Provider:
    """What this deployment talks to. Without a repr: it holds secrets. Addresses are empty until discovered."""

    profile: Profile
    issuer: str
    authorize_url: str
    token_url: str
    userinfo_url: str
    client_id: str
    client_secret: str
    scopes: str
    acr_values: str
    userinfo_method: str
    claims: ClaimNames
    levels: Mapping[str, int]
    accepted_level: int
    timeout_seconds: float
    redirect_uri: str
    private_key: RSAPrivateKey | None
    jwks_url: str = ""


def is_stand_in(settings: Settings) -> bool:
    """Whether the simulated provider answers: while developing, unless a real client is configured."""
    return settings.env == "development" and profile_name(settings) != "" and not settings.vneid_client_id


def is_open(settings: Settings) -> bool:
    """Whether the VNeID door is there at all."""
    return profile_name(settings) != "" and not missing(settings)


def missing(settings: Settings) -> tuple[str, ...]:
    """The variables without which a chosen profile cannot work, and addresses that are not https in production."""
    profile = PROFILES.get(profile_name(settings))
    if profile is None or is_stand_in(settings):
        return ()
    addresses = ("vneid_issuer",) if profile.id_token else ADDRESSES
    wrong = [name for name in addresses if not _is_address(getattr(settings, name), settings)]
    if not settings.vneid_client_id:
        wrong.append("vneid_client_id")
    if not settings.vneid_client_secret.get_secret_value():
        wrong.append("vneid_client_secret")
    return tuple(f"CCHC_{name.upper()}" for name in wrong)


def provider(settings: Settings) -> Provider | None:
    """What to talk to; None when VNeID is off or not wholly configured."""
    if not is_open(settings):
        return None
    profile = PROFILES[profile_name(settings)]
    made = Provider(
        profile=profile,
        issuer=settings.vneid_issuer,
        authorize_url=settings.vneid_authorize_url,
        token_url=settings.vneid_token_url,
        userinfo_url=settings.vneid_userinfo_url,
        client_id=settings.vneid_client_id,
        client_secret=settings.vneid_client_secret.get_secret_value(),
        scopes=settings.vneid_scopes,
        acr_values=settings.vneid_acr_values or profile.acr_values,
        userinfo_method=settings.vneid_userinfo_method or profile.userinfo_method,
        claims=_claims(profile.claims, settings.vneid_claims),
        levels={**LEVELS, **{value.casefold(): level for value, level in settings.vneid_levels.items()}},
        accepted_level=settings.vneid_accepted_level,
        timeout_seconds=settings.vneid_timeout_seconds,
        redirect_uri=f"{settings.resolved_public_url}{routes.VNEID_RETURN}",
        private_key=private_key(settings),
    )
    return _with_stand_in(made, settings) if is_stand_in(settings) else made


def private_key(settings: Settings) -> RSAPrivateKey | None:
    """Our RSA key, by which envelopes are opened; None when none is configured."""
    if settings.vneid_private_key_file is None:
        return None
    key = load_pem_private_key(settings.vneid_private_key_file.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("CCHC_VNEID_PRIVATE_KEY_FILE does not hold an RSA key")
    return key


def profile_name(settings: Settings) -> str:
    """The profile chosen, empty for none: unless said otherwise `oidc` while developing, none in production."""
    if settings.vneid_profile is not None:
        return settings.vneid_profile
    return "oidc" if settings.env == "development" else ""


def _is_address(value: str, settings: Settings) -> bool:
    return value.startswith("https://") or (settings.env == "development" and value.startswith("http://"))


def _claims(names: ClaimNames, own: Mapping[Any, str]) -> ClaimNames:
    changed = {name: value for name, value in own.items() if name != "level"}
    if "level" in own:
        return replace(names, **changed, levels=tuple(name.strip() for name in own["level"].split(",")))
    return replace(names, **changed)


def _with_stand_in(made: Provider, settings: Settings) -> Provider:
    base = f"{settings.resolved_public_url}{routes.STAND_IN}"
    return replace(
        made,
        issuer=base,
        authorize_url=f"{base}/authorize",
        token_url=f"{base}/token",
        userinfo_url=f"{base}/userinfo",
        client_id=STAND_IN_CLIENT,
        client_secret=STAND_IN_SECRET,
    )
