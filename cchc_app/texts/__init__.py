"""All wording of the product, in Vietnamese, split by noun."""

from cchc_app.contest.errors import ErrorCode
from cchc_app.texts.errors import sentence


def message(code: ErrorCode, details: dict[str, object] | None = None) -> str:
    """What a person reads for a refusal: what is wrong and what to do next.

    Args:
        code: The refusal.
        details: The values its sentence names, as `ContestError.details` holds them.
    """
    return sentence(code, details or {})
