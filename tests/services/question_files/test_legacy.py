"""Text from before Unicode: found out, shown, converted only when asked."""

import pytest

from cchc_app.contest.errors import ErrorCode
from cchc_app.services.question_files import Column, Repair, RepairKind, parse_file
from cchc_app.services.question_files.legacy import _TABLES, Legacy, Suspicion, convert, detect

# Written as the fonts of the time show them; the same sentences in Unicode.
PAIRS = [
    (Legacy.TCVN3, "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    (Legacy.TCVN3, "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    (Legacy.TCVN3, "Thñ tôc hµnh chÝnh ®\u00adîc niªm yÕt ë ®©u?", "Thủ tục hành chính được niêm yết ở đâu?"),
    (Legacy.TCVN3, "Ng\u00adêi d©n nép hå s¬ qua m¹ng", "Người dân nộp hồ sơ qua mạng"),
    (Legacy.VNI, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    (Legacy.VNI, "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    (Legacy.VNI, "Thuû tuïc haønh chính ñöôïc nieâm yeát ôû ñaâu?", "Thủ tục hành chính được niêm yết ở đâu?"),
    (Legacy.VNI, "NGÖÔØI DAÂN NOÄP HOÀ SÔ QUA MAÏNG", "NGƯỜI DÂN NỘP HỒ SƠ QUA MẠNG"),
]
MODERN = [
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "có, không, mà, là, và, thì, bà, cá, tê",
    "Hoà và quê",
    "diện tích 50 m² hoặc 30 °C",
    "5 × 3 = 15 ÷ 1",
    "“Một cửa” – «một cửa» · 100%",
    "© Sở Nội vụ ®",
    "Plain English",
    "",
]


@pytest.mark.parametrize(("kind", "old", "new"), PAIRS)
def test_found_and_converted(kind: Legacy, old: str, new: str) -> None:
    assert detect(old) is kind
    assert convert(old, kind) == new


@pytest.mark.parametrize("text", MODERN)
def test_modern_text_is_left_alone(text: str) -> None:
    assert detect(text) is None
    assert Suspicion.of([text]).converted(text) is None


@pytest.mark.parametrize("kind", Legacy)
def test_tables_reach_every_small_letter(kind: Legacy) -> None:
    vowels = {"a": "àảãáạăằẳẵắặâầẩẫấậ", "e": "èẻẽéẹêềểễếệ", "i": "ìỉĩíị", "o": "òỏõóọôồổỗốộơờởỡớợ"}
    vowels |= {"u": "ùủũúụưừửữứự", "y": "ỳỷỹýỵ", "d": "đ"}
    assert set("".join(vowels.values())) <= set(_TABLES[kind].values())
    assert all(max(written) <= "\u00ff" for written in _TABLES[kind])


def test_one_odd_cell_does_not_make_a_file_old() -> None:
    assert Suspicion.of([*MODERN, *(new for _kind, _old, new in PAIRS), "hµnh"]).kind is None


OLD = "Thñ tôc hµnh chÝnh lµ g×?"
NEW = "Thủ tục hành chính là gì?"


def gift() -> bytes:
    return f"{OLD} {{=Tr×nh tù ~Hå s¬ ~100%}}".encode()


def test_old_text_is_offered_with_a_preview_and_never_converted_silently() -> None:
    parsed = parse_file("q.gift", gift())
    assert parsed.rows == ()
    assert [(error.row, error.column, error.code) for error in parsed.errors] == [
        (1, column, ErrorCode.TEXT_LEGACY) for column in (Column.STEM, Column.OPTION_A, Column.OPTION_B)
    ]
    assert parsed.errors[0].details == {"encoding": "TCVN3 (ABC)", "suggestion": NEW}
    assert parsed.repairs[0] == Repair(RepairKind.LEGACY_TEXT, 1, Column.STEM, OLD, NEW)


def test_accepted_it_is_converted() -> None:
    parsed = parse_file("q.gift", gift(), accept={RepairKind.LEGACY_TEXT})
    assert parsed.errors == ()
    assert (parsed.rows[0].stem, parsed.rows[0].options) == (NEW, ("Trình tự", "Hồ sơ", "100%"))
    assert len(parsed.repairs) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [(OLD, NEW), ("Thuû tuïc haønh chính laø gì?", NEW)],
)
def test_bytes_of_the_old_encodings_themselves(old: str, new: str) -> None:
    body = f"question,a,b,correct\n{old},1,2,A\n".encode("cp1252")
    offered = parse_file("q.csv", body)
    assert [error.code for error in offered.errors] == [ErrorCode.TEXT_LEGACY]
    accepted = parse_file("q.csv", body, accept={RepairKind.LEGACY_TEXT})
    assert [question.stem for question in accepted.rows] == [new]
