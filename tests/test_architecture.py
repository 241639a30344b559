"""The house rules that can be checked: import ladder, pure regulations, Vietnamese wording in its own place."""

import ast
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = ROOT / "cchc_app"
REGULATIONS = sorted((APP / "contest").glob("*.py"))
WORDING = (APP / "texts", APP / "texts.py")
MODULES = sorted(path for path in APP.rglob("*.py") if not any(path.is_relative_to(place) for place in WORDING))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_import_contracts_hold() -> None:
    # As a command of its own: in this process it would switch the loggers off that other tests listen to.
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("path", REGULATIONS, ids=_name)
def test_regulations_import_the_standard_library_only(path: Path) -> None:
    allowed = sys.stdlib_module_names | {"cchc_app.contest"}
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or "relative"
            imported.add("cchc_app.contest" if module.startswith("cchc_app.contest") else module.split(".")[0])
    assert imported - allowed == set()


@pytest.mark.parametrize("path", REGULATIONS, ids=_name)
def test_regulations_never_read_the_clock_nor_chance_nor_files(path: Path) -> None:
    forbidden = {"now", "today", "utcnow", "time", "random", "secrets", "open", "print", "environ", "getenv"}
    tree = ast.parse(path.read_text("utf-8"))
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    }
    assert called & forbidden == set()


def _strings(tree: ast.AST, source: str) -> list[str]:
    """String literals as written, docstrings left out."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        ast.get_source_segment(source, node) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]


def _has_foreign_letter(text: str) -> bool:
    return any(not char.isascii() and unicodedata.category(char)[0] in "LM" for char in text)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_wording_lives_in_texts_only(path: Path) -> None:
    source = path.read_text("utf-8")
    assert [text for text in _strings(ast.parse(source), source) if _has_foreign_letter(text)] == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_identifiers_are_ascii(path: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
    assert {name for name in names if not name.isascii()} == set()


def test_the_wording_check_sees_what_it_must() -> None:
    source = '"""Tài liệu."""\nx = "Câu"\ny = f"Điểm {x}"\nz = "\\u0111"\n# chú thích\n'
    found = [text for text in _strings(ast.parse(source), source) if _has_foreign_letter(text)]
    assert [("Câu" in text, "Điểm" in text) for text in found] == [(True, False), (False, True)]
