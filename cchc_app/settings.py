"""Typed settings: the only reader of the environment. Every variable is prefixed `CCHC_` (docs/configuration.md)."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]
# The built front end, made by cchc_app/frontend.py.
FRONTEND = ROOT / "build" / "frontend"


class Settings(BaseSettings):
    """What a deployment may set. Defaults are the embedded contest that `make run` starts."""

    model_config = SettingsConfigDict(env_prefix="CCHC_", env_file=None, extra="ignore")

    env: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path = Path("var")
    database_url: str = ""
    redis_url: str = ""
    workers: int = 1
    public_url: str = ""
    # Keys, comma-separated, the first one writes. Empty in development: made once under data_dir.
    encryption_keys: SecretStr = SecretStr("")
    index_key: SecretStr = SecretStr("")
    pepper: SecretStr = SecretStr("")
    session_idle_hours: int = 24
    session_absolute_days: int = 30
    staff_idle_minutes: int = 30
    staff_absolute_hours: int = 12

    @property
    def resolved_database_url(self) -> str:
        """The SQLAlchemy URL: the one given, or one SQLite file under the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'cchc.sqlite3'}"

    @property
    def resolved_public_url(self) -> str:
        """The address people use, without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def allowed_origins(self) -> list[str]:
        """Origins that may open the websocket: the public address, and loopback names while developing."""
        origins = [self.resolved_public_url]
        if self.env == "development":
            origins += [f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1")]
        return list(dict.fromkeys(origins))


@lru_cache
def get_settings() -> Settings:
    """Read the environment once per process."""
    return Settings()
