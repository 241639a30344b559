"""What is wrong with the settings of a deployment, all of it at once, before anything starts."""

from dataclasses import dataclass
from enum import StrEnum

from cryptography.fernet import Fernet

from cchc_app.services.vneid.profiles import missing, private_key
from cchc_app.settings import LOOPBACK_NAMES, Settings

# 32 random bytes in base64; `cchc new-keys` prints such.
SHORTEST_KEY = 43
KEYS = ("encryption_keys", "index_key", "pepper")


class Flaw(StrEnum):
    """What is wrong with one setting."""

    MISSING = "missing"
    NOT_A_KEY = "not_a_key"
    TOO_SHORT = "too_short"
    REPEATED = "repeated"
    NOT_HTTPS = "not_https"
    NOT_A_NETWORK = "not_a_network"
    NEEDED_BY_WORKERS = "needed_by_workers"
    NOT_POSITIVE = "not_positive"


@dataclass(frozen=True, slots=True)
class Problem:
    """One setting, by its name in the environment, and what is wrong with it; never its value."""

    variable: str
    flaw: Flaw


def problems(settings: Settings) -> tuple[Problem, ...]:
    """Everything that keeps this deployment from starting, in the order of docs/configuration.md."""
    found = [
        *_public_url(settings),
        *_database(settings),
        *_redis(settings),
        *_proxies(settings),
        *_keys(settings),
        *_vneid(settings),
        *_numbers(settings),
        *_metrics(settings),
    ]
    return tuple(Problem(f"CCHC_{name.upper()}", flaw) for name, flaw in found)


def _public_url(settings: Settings) -> list[tuple[str, Flaw]]:
    if settings.env != "production":
        return []
    if not settings.public_url:
        return [("public_url", Flaw.MISSING)]
    local = settings.host_names & set(LOOPBACK_NAMES)
    return [] if settings.is_https and not local else [("public_url", Flaw.NOT_HTTPS)]


def _database(settings: Settings) -> list[tuple[str, Flaw]]:
    return [("database_url", Flaw.MISSING)] if settings.env == "production" and not settings.database_url else []


def _redis(settings: Settings) -> list[tuple[str, Flaw]]:
    """Each process counts and remembers for itself without it: what one shows, another would not know."""
    return [("redis_url", Flaw.NEEDED_BY_WORKERS)] if settings.workers > 1 and not settings.redis_url else []


def _proxies(settings: Settings) -> list[tuple[str, Flaw]]:
    try:
        _ = settings.proxy_networks
    except ValueError:
        return [("trusted_proxies", Flaw.NOT_A_NETWORK)]
    return []


def _keys(settings: Settings) -> list[tuple[str, Flaw]]:
    values = {name: getattr(settings, name).get_secret_value() for name in KEYS}
    if settings.env != "production" and not any(values.values()):
        return []  # made once under the data directory
    missing: list[tuple[str, Flaw]] = [(name, Flaw.MISSING) for name, value in values.items() if not value]
    wrong = [("encryption_keys", Flaw.NOT_A_KEY)] if not _are_fernet_keys(values["encryption_keys"]) else []
    short = [(name, Flaw.TOO_SHORT) for name in KEYS[1:] if 0 < len(values[name]) < SHORTEST_KEY]
    given = [value for value in values.values() if value]
    repeated = [("pepper", Flaw.REPEATED)] if len(set(given)) < len(given) else []
    return missing + wrong + short + repeated


def _are_fernet_keys(keys: str) -> bool:
    try:
        return all(Fernet(key) for key in keys.split(",")) if keys else True
    except ValueError:
        return False


def _vneid(settings: Settings) -> list[tuple[str, Flaw]]:
    """A profile that was chosen has to be whole: the door would be closed without a word."""
    if settings.env != "production":
        return []
    names = [variable.removeprefix("CCHC_").lower() for variable in missing(settings)]
    wrong = [(name, Flaw.NOT_HTTPS if getattr(settings, name) else Flaw.MISSING) for name in names]
    return wrong + _private_key(settings)


def _private_key(settings: Settings) -> list[tuple[str, Flaw]]:
    try:
        private_key(settings)
    except (OSError, ValueError):
        return [("vneid_private_key_file", Flaw.NOT_A_KEY)]
    return []


def _metrics(settings: Settings) -> list[tuple[str, Flaw]]:
    token = settings.metrics_token.get_secret_value()
    return [("metrics_token", Flaw.TOO_SHORT)] if 0 < len(token) < SHORTEST_KEY else []


def _numbers(settings: Settings) -> list[tuple[str, Flaw]]:
    names = ("workers", "session_idle_hours", "session_absolute_days", "retention_days")
    return [(name, Flaw.NOT_POSITIVE) for name in names if getattr(settings, name) <= 0]
