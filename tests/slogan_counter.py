"""The browser's word counter as a program: the same file, run by Node."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "assets" / "slogan.js"
_PROGRAM = """
const { normalise, tokens } = require(process.argv[1]);
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => [normalise(text), tokens(text)])));
"""


class Case(TypedDict):
    """One line of the table both counters are held to."""

    text: str
    words: int
    why: str


CASES: list[Case] = json.loads((ROOT / "tests" / "slogan_words.json").read_text("utf-8"))


def count_in_node(texts: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """What assets/slogan.js makes of texts: each normalised, and its tokens."""
    beside_python = Path(sys.executable).parent / "node"
    node = str(beside_python) if beside_python.exists() else shutil.which("node")
    assert node, "Node comes with the build group of packages"
    command = [node, "-e", _PROGRAM, str(SCRIPT)]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    return [(text, tuple(found)) for text, found in json.loads(done.stdout)]
