"""What second factors refuse, each with the code that the web app has words for."""

from __future__ import annotations

from core.errors import Conflict, Forbidden, Unauthorized


class WrongCode(Forbidden):
    """No code of the moment, one that was used already, or no recovery code of the account: which is not told."""

    code = "wrong_code"
    title = "Wrong Code"


class ChallengeInvalid(Unauthorized):
    """The first step of the login is too long ago, was answered, or five codes were wrong: begin again."""

    code = "challenge_invalid"
    title = "Challenge Invalid"


class TotpRequired(Forbidden):
    """The company wants a second factor, and the account has none: all it may do is to set one up."""

    code = "totp_required"
    title = "Second Factor Required"


class TotpActive(Conflict):
    """There is one in use: it is turned off first."""

    code = "totp_active"
    title = "Second Factor Active"


class TotpMissing(Conflict):
    """There is none in use, or none that waits for its first code."""

    code = "totp_missing"
    title = "Second Factor Missing"
