"""Questions for tests: forms as they are typed, files as they are sent."""

from cchc_app.services.question_files import Column, ParsedQuestion, write_xlsx
from cchc_app.services.question_files.single import TypedQuestion


def typed(**changes: object) -> TypedQuestion:
    """A sound form; `options`, `key` and any column can be changed."""
    texts = {
        Column.POOL: "main",
        Column.TOPIC: "A",
        Column.DIFFICULTY: "2",
        Column.STEM: "Ai ban hành nghị quyết?",
        Column.EXPLANATION: "Chính phủ ban hành.",
        Column.LEGAL_BASIS: "Nghị quyết 76/NQ-CP",
    }
    options = changes.pop("options", ("Chính phủ", "Quốc hội", "Bộ Nội vụ"))
    key = changes.pop("key", (0,))
    dates = {column: str(changes.pop(column, "")) for column in (Column.VALID_FROM, Column.VALID_UNTIL)}
    return TypedQuestion(texts | {Column(name): str(value) for name, value in changes.items()}, options, key, dates)


def parsed(number: int, **changes: object) -> ParsedQuestion:
    """A question of a file."""
    fields = {
        "row": number + 1,
        "code": f"N{number:04}",
        "pool": "main",
        "topic": "Cải cách",
        "difficulty": 1 + number % 3,
        "stem": f"Câu hỏi số {number} nói về điều gì?",
        "options": ("Một", "Hai", "Ba", "Bốn"),
        "key": (number % 4,),
        "explanation": f"Vì câu {number}.",
        "legal_basis": "",
        "valid_from": None,
        "valid_until": None,
    }
    return ParsedQuestion(**(fields | changes))


def workbook_of(count: int, **changes: object) -> bytes:
    """A workbook with so many questions."""
    return write_xlsx(parsed(number, **changes) for number in range(1, count + 1))
