"""Entity tags: what a representation is known by, and what a request says of them (RFC 9110 §8.8.3, §13.1). Pure."""

from __future__ import annotations

import hashlib
import re
from typing import Final

ANY: Final = "*"
_TAG: Final = re.compile(r'\s*(W/)?("[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)')


def tag_of(body: bytes) -> str:
    """The strong tag of a representation: the same bytes have the same one, in every process."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def names(header: str, tag: str, *, weakly: bool) -> bool:
    """Whether a header's list names a tag; `*` names every one. `weakly` as `If-None-Match` compares."""
    if header.strip() == ANY:
        return True
    return any(known == tag and (weakly or not weak) for weak, known in _TAG.findall(header))
