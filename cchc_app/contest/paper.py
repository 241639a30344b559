"""Drawing a paper. Source: Article 4 of the regulations.

The recipe, so that anybody can recompute a paper from its seed and the bank. Write `h(purpose, id)` for the SHA-256, in
lower-case hex, of the UTF-8 text `seed:purpose:id`; "in the order of h" means ascending, as text.

1. Sort the blueprint's lines: those with topic and difficulty first, then those with one of them, then the rest;
   among equals the published order.
2. For every line take, in the order of `h("pick", question version)`, as many matching questions not yet taken
   as it asks.
3. The questions stand on the paper in the order of `h("order", question version)`.
4. The options of a question stand in the order of `h("option", question version/option)`, options counted from 0.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.contest.regulations import BlueprintLine


@dataclass(frozen=True, slots=True)
class BankItem:
    """What drawing needs to know of an approved question's current version."""

    question_version_id: int
    topic: str
    difficulty: int
    option_count: int


@dataclass(frozen=True, slots=True)
class PaperItem:
    """One question of a paper; `option_order` lists the original option indexes as they stand on the screen."""

    question_version_id: int
    option_order: tuple[int, ...]


def draw(*, bank: Sequence[BankItem], blueprint: Sequence[BlueprintLine], seed: str) -> tuple[PaperItem, ...]:
    """The paper of `seed`: the same for the same bank in any order (Article 4). Refuses with BANK_TOO_SMALL."""
    left = sorted(bank, key=lambda item: _hash(seed, "pick", item.question_version_id))
    chosen: list[BankItem] = []
    for line in sorted(blueprint, key=_generality):
        matching = [item for item in left if _matches(item, line)][: line.count]
        if len(matching) < line.count:
            raise ContestError(
                ErrorCode.BANK_TOO_SMALL,
                topic=line.topic,
                difficulty=line.difficulty,
                wanted=line.count,
                available=len(matching),
            )
        chosen += matching
        taken = {item.question_version_id for item in matching}
        left = [item for item in left if item.question_version_id not in taken]
    chosen.sort(key=lambda item: _hash(seed, "order", item.question_version_id))
    return tuple(PaperItem(item.question_version_id, _option_order(item, seed)) for item in chosen)


def paper_digest(items: Sequence[PaperItem]) -> str:
    """SHA-256, in hex, of `[[question version,[option order]],...]` as JSON without spaces: what a receipt can cite."""
    body = [[item.question_version_id, list(item.option_order)] for item in items]
    return hashlib.sha256(json.dumps(body, separators=(",", ":")).encode()).hexdigest()


def _option_order(item: BankItem, seed: str) -> tuple[int, ...]:
    options = range(item.option_count)
    return tuple(sorted(options, key=lambda option: _hash(seed, "option", f"{item.question_version_id}/{option}")))


def _matches(item: BankItem, line: BlueprintLine) -> bool:
    return line.topic in (None, item.topic) and line.difficulty in (None, item.difficulty)


def _generality(line: BlueprintLine) -> int:
    return (line.topic is None) + (line.difficulty is None)


def _hash(seed: str, purpose: str, identifier: object) -> str:
    return hashlib.sha256(f"{seed}:{purpose}:{identifier}".encode()).hexdigest()
