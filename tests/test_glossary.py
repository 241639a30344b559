"""The glossary names what the code really defines."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| (?P<term>[^|]+) \| [^|]+ \| `(?P<identifier>\w+)` \| (?P<path>\S+) \|$", re.MULTILINE)


def _rows() -> list[re.Match[str]]:
    return list(ROW.finditer((ROOT / "docs" / "glossary.md").read_text("utf-8")))


def test_every_row_is_read() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    assert len(_rows()) == sum(line.startswith("| ") for line in lines) - 1  # the head


def test_every_identifier_is_where_the_glossary_says() -> None:
    missing = [
        row["identifier"]
        for row in _rows()
        if not re.search(rf"\b{row['identifier']}\b", (ROOT / row["path"]).read_text("utf-8"))
    ]
    assert missing == []


def test_no_term_is_explained_twice() -> None:
    terms = [row["term"] for row in _rows()]
    assert sorted(set(terms)) == sorted(terms)
