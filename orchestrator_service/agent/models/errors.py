"""Why a brain did not answer."""

from __future__ import annotations

from decimal import Decimal

from core.errors import Unavailable


class BrainFailed(Unavailable):
    """No model answered, or none with anything usable.

    `model` is the last that was asked, `position` its place in the company's list; the tokens were paid all the same.
    """

    code = "brain_failed"

    def __init__(self, detail: str, *, model: str | None = None, position: int | None = None) -> None:
        super().__init__(detail)
        self.model = model
        self.position = position
        self.input_tokens = 0
        self.output_tokens = 0
        self.cost = Decimal(0)


class BrainNotConfigured(BrainFailed):
    """A live company without a model or its key: nothing is sent, a person is called (PRODUCT §1.5)."""

    code = "brain_not_configured"
