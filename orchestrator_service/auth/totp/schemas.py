"""Second factors on the wire. What holds a secret is answered once, and `no-store` like every answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, SecretStr

from core.secret import Secret
from orchestrator_service.auth.schemas import Bounded, Password
from orchestrator_service.auth.totp.challenge import Challenged
from orchestrator_service.auth.totp.enrol import Enrolment
from orchestrator_service.auth.totp.state import TotpState

LONGEST_CODE: Final = 64
LONGEST_TOKEN: Final = 4096


Code = Annotated[SecretStr, AfterValidator(Bounded("code", LONGEST_CODE))]
Token = Annotated[SecretStr, AfterValidator(Bounded("token", LONGEST_TOKEN))]


class ChallengeView(BaseModel):
    """A login's first step was right, and the account has a second factor: answer the challenge with a code."""

    challenge: str
    expires_in: int

    @classmethod
    def of(cls, challenged: Challenged) -> ChallengeView:
        """The token, and for how many seconds it can be answered."""
        return cls(challenge=challenged.token.reveal(), expires_in=int(challenged.lifetime.total_seconds()))


class LoginCodeBody(BaseModel):
    """`POST /auth/login/code`: the challenge with six digits of the app, or a recovery code."""

    model_config = ConfigDict(extra="forbid")

    challenge: Token
    code: Code


class TotpView(BaseModel):
    """`GET /auth/totp`. `required`: the company wants one of everybody."""

    active: bool
    active_since: datetime | None
    recovery_codes_left: int
    required: bool

    @classmethod
    def of(cls, state: TotpState) -> TotpView:
        """The state."""
        return cls(
            active=state.active_since is not None,
            active_since=state.active_since,
            recovery_codes_left=state.codes_left,
            required=state.required,
        )


class PasswordBody(BaseModel):
    """`POST /auth/totp`."""

    model_config = ConfigDict(extra="forbid")

    password: Password


class EnrolmentView(BaseModel):
    """The secret, this once: `uri` is the text of the QR code."""

    uri: str
    secret: str

    @classmethod
    def of(cls, enrolment: Enrolment) -> EnrolmentView:
        """The secret."""
        return cls(uri=enrolment.uri.reveal(), secret=enrolment.secret.reveal())


class CodeBody(BaseModel):
    """`POST /auth/totp/confirm`."""

    model_config = ConfigDict(extra="forbid")

    code: Code


class BothFactorsBody(BaseModel):
    """What changes a second factor in use: `code` is the app's, or a recovery code."""

    model_config = ConfigDict(extra="forbid")

    password: Password
    code: Code


class RecoveryCodesView(BaseModel):
    """Ten codes, this once; each is good for one login."""

    recovery_codes: list[str]

    @classmethod
    def of(cls, codes: list[Secret]) -> RecoveryCodesView:
        """The codes."""
        return cls(recovery_codes=[code.reveal() for code in codes])
