"""What a provider says of a person, turned into what the contest keeps; everything else is dropped here."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cchc_app.contest.assurance import Assurance, level_of, require_level
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.identity import IdKind, normalise_name, parse_birth_date, parse_citizen_id
from cchc_app.services.vneid.profiles import Provider
from cchc_app.texts.formats import local

_YEAR_FIRST = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A person whose number an identity provider vouches for. Without a repr: it is all personal."""

    number: str
    full_name: str
    birth_date: date
    level: Assurance

    def to_json(self) -> str:
        """For the minutes until the person has answered what is missing."""
        return json.dumps([self.number, self.full_name, self.birth_date.isoformat(), int(self.level)])

    @staticmethod
    def from_json(text: str) -> "Identity":
        """What `to_json` wrote."""
        number, full_name, birth_date, level = json.loads(text)
        return Identity(number, full_name, date.fromisoformat(birth_date), Assurance(level))


def read(claims: Mapping[str, Any], provider: Provider, *, now: datetime) -> Identity:
    """The person behind verified claims.

    Raises:
        ContestError: VNEID_INCOMPLETE without a 12-digit number, a name and a birth date; VNEID_LEVEL_LOW.
    """
    names = provider.claims
    level = level_of(values=[claims.get(name) for name in names.levels], table=provider.levels)
    require_level(level=level, accepted=provider.accepted_level)
    try:
        citizen_id = parse_citizen_id(_text(claims, names.number))
        name = normalise_name(_text(claims, names.name))
        born = parse_birth_date(_day_first(_text(claims, names.birth_date)), today=local(now).date())
    except ContestError:
        raise ContestError(ErrorCode.VNEID_INCOMPLETE) from None
    if citizen_id.kind is not IdKind.CCCD:
        raise ContestError(ErrorCode.VNEID_INCOMPLETE)
    return Identity(citizen_id.number, name.title() if name.isupper() else name, born, level)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _day_first(text: str) -> str:
    """Dates as yyyyMMdd, as the national portal writes them, and ISO instants, in a form that people type."""
    found = _YEAR_FIRST.fullmatch(text.strip())
    return "/".join(reversed(found.groups())) if found else text
