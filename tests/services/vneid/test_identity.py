"""Claims of every provider's shape become the same identity; everything else is dropped."""

from datetime import UTC, date, datetime

import pytest

from cchc_app.contest.assurance import Assurance
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.services.vneid.identity import Identity, read
from cchc_app.services.vneid.profiles import provider
from cchc_app.settings import Settings
from cchc_app.standin.claims import standard, userinfo
from cchc_app.standin.tokens import Citizen

NOW = datetime(2026, 3, 11, 5, 0, tzinfo=UTC)
CITIZEN = Citizen("031085012345", "Nguyễn Văn Ạn", "19850905", 2)
PORTAL = {"SoDinhDanh": "031085012345", "HoVaTen": "NGUYỄN VĂN ẠN", "loAs": "LoA1"}


def understood(profile: str, claims: dict[str, object]) -> Identity:
    made = provider(Settings(_env_file=None, vneid_profile=profile))  # type: ignore[arg-type,call-arg]
    assert made is not None
    return read(claims, made, now=NOW)


@pytest.mark.parametrize("profile", ["oidc", "national_portal", "vneid_direct"])
def test_every_shape_means_the_same(profile: str) -> None:
    found = understood(profile, userinfo(profile, CITIZEN))
    assert (found.number, found.full_name, found.birth_date, found.level) == (
        "031085012345",
        "Nguyễn Văn Ạn",
        date(1985, 9, 5),
        Assurance.FULL,
    )
    back = Identity.from_json(found.to_json())
    assert back == found
    assert "031085012345" not in repr(found)


@pytest.mark.parametrize("born", ["19850905", "1985-09-05", "05/09/1985", "1985-09-05T00:00:00Z", " 19850905 "])
def test_dates(born: str) -> None:
    assert understood("national_portal", {**PORTAL, "NgayThangNamSinh": born}).birth_date == date(1985, 9, 5)


@pytest.mark.parametrize(
    "changes",
    [
        {"NgayThangNamSinh": "1985"},
        {"NgayThangNamSinh": "20270101"},
        {"NgayThangNamSinh": None},
        {"HoVaTen": ""},
        {"HoVaTen": ["x"]},
        {"SoDinhDanh": "123456789"},
        {"SoDinhDanh": None, "SoCMND": "123456789"},
    ],
)
def test_what_is_not_whole_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ContestError) as refused:
        understood("national_portal", {**PORTAL, "NgayThangNamSinh": "19850905", **changes})
    assert refused.value.code is ErrorCode.VNEID_INCOMPLETE


def test_the_standard_claims_have_a_birth_date_in_iso_form() -> None:
    assert standard(CITIZEN)["birthdate"] == "1985-09-05"
