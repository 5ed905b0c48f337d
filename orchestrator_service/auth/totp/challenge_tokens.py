"""The token between the two steps of a login: of a kind of its own, so that it is no session and no session is it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from core.principal import TenantId, UserId
from core.secret import Secret
from orchestrator_service.auth.tokens import InvalidSession, SessionClaims, SessionTokens
from orchestrator_service.auth.totp.errors import ChallengeInvalid

LIFETIME: Final = timedelta(minutes=5)
KIND: Final = "login_challenge"
AUDIENCE: Final = "nexus-login"


@dataclass(frozen=True, slots=True)
class ChallengeClaims:
    """Whose login waits for a code. The challenge's row decides whether it still does."""

    tenant_id: TenantId
    user_id: UserId
    challenge_id: UUID


class ChallengeTokens:
    """Signed and read like session tokens, with the same keys; `typ` and `aud` tell them apart."""

    def __init__(self, keys: Secret) -> None:
        self._tokens = SessionTokens(keys, kind=KIND, audience=AUDIENCE)

    def issue(self, claims: ChallengeClaims, *, now: datetime) -> Secret:
        """A token for five minutes."""
        pointer = SessionClaims(claims.tenant_id, claims.user_id, claims.challenge_id)
        return Secret(self._tokens.issue(pointer, now=now, lifetime=LIFETIME))

    def read(self, token: Secret, *, now: datetime) -> ChallengeClaims:
        """Verify and parse. Raises ChallengeInvalid for everything else, sessions included."""
        try:
            found = self._tokens.read(token.reveal(), now=now)
        except InvalidSession:
            raise ChallengeInvalid from None
        return ChallengeClaims(found.tenant_id, found.user_id, found.session_id)
