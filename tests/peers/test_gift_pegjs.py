"""Our reading of GIFT against a reader that is not ours: npm's gift-pegjs, at the version of its lock file."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from cchc_app.services.question_files import parse_file, write_gift
from cchc_app.services.question_files.gift_syntax import GiftError, GiftItem, GiftText, gift_items
from tests.services.question_files.strategies import PIECES

HERE = Path(__file__).parent / "gift-pegjs"
KINDS = {
    "MC": "choice",
    "TF": "true_false",
    "Short": "short",
    "Numerical": "numerical",
    "Matching": "matching",
    "Essay": "essay",
    "Description": "description",
    "Category": "category",
}
CHOSEN = ("choice", "short")  # kinds whose options are compared
SAMPLES = {
    "one right": "Hồ sơ nộp ở đâu? {=Bộ phận Một cửa ~Nhà riêng ~Chợ}",
    "title": "::C001::Hồ sơ nộp ở đâu? {=Bộ phận Một cửa ~Nhà riêng}",
    "title on its own line": "::C001::\nHồ sơ nộp ở đâu? {=Bộ phận Một cửa ~Nhà riêng}",
    "title with escapes": "::Câu \\: 1 \\= một::Ai? {=a ~b}",
    "options on lines": "Ai tiếp nhận?{\n=Công chức\n~Bảo vệ\n~Khách\n}",
    "options indented": "Ai tiếp nhận?\n{\n\t= Công chức\n\t~ Bảo vệ\n}",
    "stem on lines": "Ai tiếp nhận\nhồ sơ của\nngười dân? {=Công chức ~Bảo vệ}",
    "spaces in stem": "Ai   tiếp\t nhận? {=a  b ~c}",
    "windows lines": "Ai?{\r\n=a\r\n~b\r\n}\r\n\r\nGì? {=c ~d}\r\n",
    "escaped colon": "Thời hạn\\: bao lâu? {=5 ngày\\: ngày làm việc ~3 ngày}",
    "escaped equals": "Biểu thức nào là 2 \\= 1 + 1? {=x \\= 1 ~y \\= 2}",
    "escaped tilde": "Ký hiệu \\~ nghĩa là gì? {=khoảng \\~5 ~bằng}",
    "escaped hash": "Dấu \\# là gì? {=số \\#1 ~thăng}",
    "escaped braces": "Tập hợp \\{1, 2\\} có mấy phần tử? {=\\{hai\\} ~\\{ba\\}}",
    "escaped backslash": "Đường dẫn C\\:\\\\tệp? {=a\\\\b ~c}",
    "escaped line end": "Dòng một\\nDòng hai? {=a\\nb ~c}",
    "lone backslash": "Dấu \\ đứng một mình? {=a ~b}",
    "html": "[html]<p>Ai <b>tiếp nhận</b>?</p> {=[html]<i>a</i> ~b}",
    "html over lines": "[html]<p>Dòng một</p>\n<p>Dòng  hai</p> {=a ~b}",
    "markdown": "[markdown]**Ai** tiếp nhận? {=*a* ~b}",
    "plain": "[plain]Ai <b>? {=a ~b}",
    "moodle": "[moodle]Ai tiếp nhận? {=a ~b}",
    "form after title": "::C1::[html]Ai? {=a ~b}",
    "own form of an option": "[html]Ai? {=[plain]a ~[markdown]*b*}",
    "feedback": "Ai? {=a#Đúng rồi ~b#Chưa đúng ~c}",
    "feedback on lines": "Ai? {\n=a # Đúng\n~b # Sai rồi,\nxem lại\n}",
    "general feedback": "Ai? {=a ~b ####Xem Nghị định 61}",
    "general feedback on a line": "Ai? {\n=a#đúng\n~b\n####[html]<p>Xem lại</p>\n}",
    "general feedback with escapes": "Ai? {=a ~b ####Điều 1\\: phạm vi\\nĐiều 2}",
    "two halves": "Chọn hai? {~%50%a ~%50%b ~%-100%c}",
    "thirds": "Chọn ba? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-50%d}",
    "partly right": "Ai? {=a ~%50%b ~c}",
    "weight and feedback": "Ai? {~%100%a#đúng ~%0%b#sai}",
    "weight on a line": "Ai? {\n~ %50% a\n~ %50% b\n~ c\n}",
    "two right": "Ai? {=a =b ~c}",
    "nothing right": "Ai? {~a ~b}",
    "missing word": "Bộ phận {=Một cửa ~Hai cửa} tiếp nhận hồ sơ.",
    "missing word at the start": "{=Công chức ~Bảo vệ} tiếp nhận hồ sơ.",
    "missing word with title": "::C9::Hồ sơ nộp ở {=Một cửa ~nhà} trong giờ làm việc.",
    "missing word in html": "[html]<b>Hồ sơ</b> nộp ở {=đây ~kia} hôm nay.",
    "comment before": "// ghi chú\nAi? {=a ~b}",
    "comments before and between": "// một\n\n// hai\nAi? {=a ~b}\n\n// ba\nGì? {=c ~d}",
    "comment after": "Ai? {=a ~b} // hết câu",
    "identifier": "// [id:C-01]\nAi? {=a ~b}",
    "tags": "// [id:C-01] [tag:difficulty:2] [tag:một cửa]\n::C-01::Ai? {=a ~b}",
    "category": "$CATEGORY: $course$/top/Một cửa\n\nAi? {=a ~b}",
    "two categories": "$CATEGORY: A/B\n\nAi? {=a ~b}\n\n$CATEGORY: C\n\nGì? {=c ~d}",
    "true": "Đúng hay sai? {T}",
    "false in full": "Đúng hay sai? {FALSE}",
    "true with feedback": "Đúng hay sai? {TRUE#Chưa đúng#Đúng rồi}",
    "true with general feedback": "Đúng hay sai? {T####Xem lại}",
    "short": "Tên gì? {=Một cửa =1 cửa}",
    "short without sign": "Tên gì? {Một cửa}",
    "numerical": "Bao nhiêu? {#3}",
    "numerical range": "Bao nhiêu? {#1..5}",
    "numerical of several": "Bao nhiêu? {#=3:0 =%50%3:1}",
    "matching": "Ghép {=a -> b =c -> d =e -> f}",
    "essay": "Kể lại {}",
    "essay with feedback": "Kể lại {####Cảm ơn}",
    "description": "Đọc kỹ đoạn sau.",
    "titled description": "::Mở đầu::Đọc kỹ đoạn sau.",
    "arrow in a wrong option": "Đi từ đâu? {=a ~b -> c}",
    "six options": "Ai? {=a ~b ~c ~d ~e ~f}",
}
BROKEN = {
    "open": "Ai? {=a ~b",
    "closed twice": "Ai? {=a ~b}}",
    "nested": "Ai? {=a ~{b}}",
    "only closed": "Ai? =a ~b}",
    "blank line inside": "Ai? {=a\n\n~b}",
    "weight in words": "Ai? {~%half%a ~b}",
    "weight beyond": "Ai? {~%150%a ~b}",
    "words before the signs": "Ai? {a =b ~c}",
    "option without words": "Ai? {=a ~ ~c}",
}

Oracle = Callable[[list[str]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """gift-pegjs, installed from its lock file."""
    folder = shutil.copytree(HERE, tmp_path_factory.mktemp("peer") / "gift-pegjs")
    tools = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    npm = [tools / "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(npm, cwd=folder, env=environment, check=True, capture_output=True)

    def parse(texts: list[str]) -> list[dict[str, Any]]:
        node = [tools / "node", "parse.mjs"]
        done = subprocess.run(
            node, cwd=folder, env=environment, check=True, capture_output=True, input=json.dumps(texts).encode()
        )
        return json.loads(done.stdout)

    return parse


def ours(text: str) -> list[dict[str, Any]]:
    items = list(gift_items(text))
    assert not any(isinstance(item, GiftError) for item in items)
    return [_ours(item) for item in items if isinstance(item, GiftItem)]


def _ours(item: GiftItem) -> dict[str, Any]:
    if item.kind == "category":
        return {"kind": "category", "title": item.title}
    said = {
        "kind": item.kind.value,
        "title": item.title,
        "stem": _words(item.stem),
        "embedded": item.embedded,
        "id": item.identifier,
        "tags": list(item.tags),
    }
    if item.kind in CHOSEN:
        said["choices"] = [
            (choice.right, choice.weight, _words(choice.text), _words(choice.feedback)) for choice in item.choices
        ]
    if item.kind == "true_false":
        said |= {"true": item.true, "feedbacks": [_words(text) for text in item.feedbacks]}
    return said if item.kind == "description" else said | {"general": _words(item.general)}


def _words(text: GiftText | None) -> tuple[str, str] | None:
    return (text.form, text.text) if text is not None else None


def theirs(question: dict[str, Any]) -> dict[str, Any]:
    """What gift-pegjs says, in our words."""
    kind = KINDS[question["type"]]
    if kind == "category":
        return {"kind": kind, "title": question["title"]}
    said = {
        "kind": kind,
        "title": question["title"],
        "stem": _pair(question["stem"]),
        "embedded": question["hasEmbeddedAnswers"],
        "id": question["id"],
        "tags": question["tags"] or [],
    }
    if kind in CHOSEN:
        said["choices"] = [
            (choice["isCorrect"], choice["weight"], _pair(choice["text"]), _pair(choice["feedback"]))
            for choice in question["choices"]
        ]
    if kind == "true_false":
        feedbacks = [question["trueFeedback"], question["falseFeedback"]]
        said |= {"true": question["isTrue"], "feedbacks": [_pair(text) for text in feedbacks if text]}
    return said if kind == "description" else said | {"general": _pair(question["globalFeedback"])}


def _pair(text: dict[str, str] | None) -> tuple[str, str] | None:
    return (text["format"], text["text"]) if text is not None else None


def test_both_read_the_same(oracle: Oracle) -> None:
    assert len(SAMPLES) >= 40
    answers = oracle(list(SAMPLES.values()))
    differing = {}
    for (name, text), answer in zip(SAMPLES.items(), answers, strict=True):
        peer = [theirs(question) for question in answer["questions"]] if "questions" in answer else answer["error"]
        if ours(text) != peer:
            differing[name] = (ours(text), peer)
    assert differing == {}


def test_both_refuse_the_same(oracle: Oracle) -> None:
    answers = oracle(list(BROKEN.values()))
    assert {name for name, answer in zip(BROKEN, answers, strict=True) if "questions" in answer} == set()
    read = {name for name, text in BROKEN.items() if not any(isinstance(item, GiftError) for item in gift_items(text))}
    assert read == set()


def test_it_reads_what_we_export(oracle: Oracle) -> None:
    bank = list(parse_file("q.csv", resources.files("cchc_app.presets").joinpath("questions.csv").read_bytes()).rows)
    # An arrow after the first = makes gift-pegjs, alone among readers, expect a matching question.
    odd = [piece for piece in PIECES if "->" not in piece]
    for place, piece in enumerate(odd):
        head = f"code,question,a,b,correct,explanation\nX{place},".encode()
        cells = ",".join(f'"{cell}"' for cell in (f"{piece} hỏi", f"{piece} một", f"hai {piece}", "a", f"{piece} vì"))
        bank += parse_file("q.csv", head + cells.encode()).rows
    assert len(bank) == 120 + len(odd)
    (answer,) = oracle([write_gift(bank)])
    questions = [question for question in answer["questions"] if question["type"] != "Category"]
    for question, own in zip(questions, bank, strict=True):
        assert (question["type"], question["id"], question["title"]) == ("MC", own.code, own.code)
        assert question["stem"]["text"] == own.stem
        assert [choice["text"]["text"] for choice in question["choices"]] == list(own.options)
        assert [place for place, choice in enumerate(question["choices"]) if choice["isCorrect"]] == list(own.key)
        assert question["globalFeedback"]["text"].split("\n")[0] == own.explanation
