"""Which contacts and links a reply may hold: those that stand in what the company lets its agent cite. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.prompt_security import check_output


@dataclass(frozen=True, slots=True)
class Quotable:
    """What `check_output` allows."""

    contacts: frozenset[str]
    links: frozenset[str]


def quotable_in(texts: Iterable[str]) -> Quotable:
    """The contacts and links of these texts, as the check itself would find them."""
    nobody = frozenset[str]()
    found = [
        leak
        for text in texts
        for leak in check_output(text, canary="", prompt_fragments=(), allowed_contacts=nobody, allowed_links=nobody)
    ]
    return Quotable(
        frozenset(leak.text for leak in found if leak.kind == "contact"),
        frozenset(leak.text for leak in found if leak.kind == "link"),
    )
