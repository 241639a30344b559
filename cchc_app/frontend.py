"""Builds the front end once, and again only when its sources change; needs Node, from the build group of packages.

Run as `python -m cchc_app.frontend`. The server (cchc_app/server.py) serves what lies in `FRONTEND`.
"""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import brotli

from cchc_app.fonts import build_fonts
from cchc_app.settings import FRONTEND, ROOT, get_settings
from cchc_app.texts import server as texts

WEB = ROOT / ".web"
EXPORTED = WEB / "build" / "client"
FONT_PACKAGE = WEB / "node_modules" / "@fontsource" / "be-vietnam-pro"
DIGEST_FILE = "sources.sha256"
LOG_FILE = ROOT / "build" / "frontend.log"
SOURCES = ("assets", "reflex.lock", "rxconfig.py", "requirements.lock")
# These layers never reach the browser: changing them needs no new build.
SERVER_ONLY = ("contest", "data", "endpoints", "presets", "services")
COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml"}
SMALLEST = 256  # bytes; below, compressing gains nothing
# Addresses the framework bakes in, for example `ws://localhost:8000/_event`.
BAKED = re.compile(r"[`\"'](http|ws)://localhost:8000(/[\w-]*)[`\"']")


def sources_digest() -> str:
    """SHA-256 of everything the built front end depends on."""
    files = [path for name in SOURCES for path in sorted(_files(ROOT / name))]
    files += [path for path in sorted((ROOT / "cchc_app").rglob("*.py")) if not _server_only(path)]
    total = hashlib.sha256(get_settings().env.encode())
    for path in files:
        total.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def is_current() -> bool:
    """Whether what is built was built from the sources as they are now."""
    digest_file = FRONTEND / DIGEST_FILE
    return digest_file.is_file() and digest_file.read_text() == sources_digest()


def build() -> None:
    """Export the pages, make addresses relative, cut the fonts, compress, and put the result in place in one step.

    Raises:
        SystemExit: with one sentence, when the export fails; its output is in build/frontend.log.
    """
    _export()
    fresh = FRONTEND.with_name("frontend.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(EXPORTED, fresh, ignore=shutil.ignore_patterns("*.gz", "*.br"))
    for script in (fresh / "assets").glob("*.js"):
        _make_addresses_relative(script)
    build_fonts(FONT_PACKAGE, fresh / "fonts")
    for path in sorted(fresh.rglob("*")):
        _compress(path)
    (fresh / DIGEST_FILE).write_text(sources_digest())
    shutil.rmtree(FRONTEND, ignore_errors=True)
    fresh.rename(FRONTEND)


def _files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()] if place.is_dir() else [place]


def _server_only(path: Path) -> bool:
    return path.relative_to(ROOT / "cchc_app").parts[0] in SERVER_ONLY


def _export() -> None:
    LOG_FILE.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    with LOG_FILE.open("w") as log:
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=_export_environment(), stdout=log, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode != 0 or not (EXPORTED / "index.html").is_file():
        raise SystemExit(texts.BUILD_FAILED.format(log=LOG_FILE.relative_to(ROOT)))


def _export_environment() -> dict[str, str]:
    """Node from the virtual environment, npm with the machine's own registry, nothing reported to anybody."""
    beside_python = str(Path(sys.executable).parent)
    path = os.pathsep.join([beside_python, os.environ.get("PATH", "")])
    npm = [str(Path(beside_python) / "npm"), "config", "get", "registry"]
    registry = subprocess.run(npm, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    return {
        **os.environ,
        "PATH": path,
        "NPM_CONFIG_REGISTRY": registry,
        # The lock file is the same on every machine: it names no registry.
        "NPM_CONFIG_OMIT_LOCKFILE_REGISTRY_RESOLVED": "true",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
    }


def _make_addresses_relative(script: Path) -> None:
    """Let one build work under every host name: the page's own address stands in for the baked-in one."""
    text = script.read_text("utf-8")
    origin = {"http": "location.origin", "ws": 'location.origin.replace(/^http/,"ws")'}
    relative = BAKED.sub(lambda found: f'{origin[found[1]]}+"{found[2]}"', text)
    if relative != text:
        script.write_text(relative, "utf-8")


def _compress(path: Path) -> None:
    if not path.is_file() or path.suffix not in COMPRESSED or path.stat().st_size < SMALLEST:
        return
    raw = path.read_bytes()
    path.with_name(f"{path.name}.br").write_bytes(brotli.compress(raw))
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(raw, mtime=0))


def main() -> None:
    """Build when needed, and say so."""
    if is_current():
        return
    print(texts.BUILDING)  # noqa: T201
    build()


if __name__ == "__main__":
    main()
