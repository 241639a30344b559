"""Finds a LibreOffice for the tests of documents: the machine's, else the distribution's package of its writer.

Run as `python -m tests.office` to install one where none is found.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("soffice", "libreoffice")
PACKAGE = "libreoffice-writer-nogui"
PATIENCE_SECONDS = 120


def find() -> str | None:
    """Path of a LibreOffice, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Install the distribution's package, when this user may."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", PACKAGE]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def convert(document: Path, kind: str, folder: Path) -> Path:
    """What LibreOffice makes of a document.

    Args:
        document: Any file it opens.
        kind: `pdf`, `txt:Text (encoded):UTF8` or another of its filters.
        folder: Where the result and LibreOffice's own profile go: runs beside each other do not meet.
    """
    office = find()
    assert office is not None, "no LibreOffice: run python -m tests.office"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run(
        [*command, str(document)],
        check=True,
        timeout=PATIENCE_SECONDS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )
    return folder / f"{document.stem}.{kind.split(':')[0]}"


if __name__ == "__main__":
    if find() is None:
        install()
    print(find() or sys.exit("no LibreOffice could be found or installed"))
