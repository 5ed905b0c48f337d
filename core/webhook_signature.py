"""What a look at a webhook's signature found, the same for every provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

SignatureReason: TypeAlias = Literal["missing", "malformed", "no_secret", "mismatch"]


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """`valid` says only that one of the secrets made it.

    `age_seconds` is negative for a time ahead of ours, None where the signature has no time.
    """

    valid: bool
    age_seconds: int | None
    reason: SignatureReason | None
