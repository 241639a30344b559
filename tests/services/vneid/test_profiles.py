"""Configuration of VNeID: what is off, what is missing, what the stand-in replaces."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from cchc_app.services.vneid.profiles import ClaimNames, is_open, is_stand_in, missing, provider
from cchc_app.settings import Settings

REAL = {
    "vneid_client_id": "contest",
    "vneid_client_secret": "secret",
    "vneid_issuer": "https://id.example.vn",
    "vneid_authorize_url": "https://id.example.vn/auth",
    "vneid_token_url": "https://id.example.vn/token",
    "vneid_userinfo_url": "https://id.example.vn/userinfo",
}


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_nothing_said_means_the_stand_in_while_developing_and_nothing_in_production() -> None:
    made = provider(settings(port=8123))
    assert made is not None
    assert (made.profile.name, made.issuer) == ("oidc", "http://localhost:8123/gia-lap-vneid")
    assert is_stand_in(settings())
    assert not is_open(settings(env="production"))
    assert not is_open(settings(vneid_profile=""))
    assert missing(settings(env="production")) == ()


@pytest.mark.parametrize(
    ("profile", "needs"),
    [
        ("oidc", ["CCHC_VNEID_ISSUER"]),
        ("national_portal", ["CCHC_VNEID_AUTHORIZE_URL", "CCHC_VNEID_TOKEN_URL", "CCHC_VNEID_USERINFO_URL"]),
        ("vneid_direct", ["CCHC_VNEID_AUTHORIZE_URL", "CCHC_VNEID_TOKEN_URL", "CCHC_VNEID_USERINFO_URL"]),
    ],
)
def test_production_says_what_is_missing(profile: str, needs: list[str]) -> None:
    bare = settings(env="production", vneid_profile=profile)
    assert sorted(missing(bare)) == sorted([*needs, "CCHC_VNEID_CLIENT_ID", "CCHC_VNEID_CLIENT_SECRET"])
    assert provider(bare) is None
    assert missing(settings(env="production", vneid_profile=profile, **REAL)) == ()
    plain = {name: value.replace("https", "http") for name, value in REAL.items()}
    assert sorted(missing(settings(env="production", vneid_profile=profile, **plain))) == sorted(needs)
    assert not is_stand_in(settings(env="production", vneid_profile=profile))


def test_own_names_and_levels() -> None:
    made = provider(
        settings(
            vneid_profile="national_portal",
            vneid_claims={"number": "pid", "level": "loAs, IAL, extra"},
            vneid_levels={"Cao": 2},
            **REAL,
        )
    )
    assert made is not None
    assert made.claims == ClaimNames("pid", "HoVaTen", "NgayThangNamSinh", ("loAs", "IAL", "extra"))
    assert (made.levels["cao"], made.levels["loa1"]) == (2, 1)
    assert (made.acr_values, made.userinfo_method) == ("LoA1", "POST")


def test_secrets_are_in_no_repr() -> None:
    assert "secret" not in repr(provider(settings(**REAL))).replace("client_secret", "")


def test_the_envelope_needs_an_rsa_key(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "ec.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    with pytest.raises(ValueError, match="RSA"):
        provider(settings(vneid_profile="vneid_direct", vneid_private_key_file=tmp_path / "ec.pem"))
