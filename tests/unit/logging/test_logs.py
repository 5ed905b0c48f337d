"""Logs tell where it broke, never whose data it was."""

import base64
import json
import subprocess
import sys
import textwrap

SECRET = "+5491155512345"


def _logged(code: str) -> str:
    """What a process writes to its log; a process of its own, since logging is set up once in each."""
    program = f"from core.logging import configure_logging\nconfigure_logging()\n{textwrap.dedent(code)}"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, timeout=30)
    return done.stderr


def test_an_exception_in_our_log_has_its_type_and_place_and_not_its_message() -> None:
    line = _logged(
        f"""
        import structlog
        try:
            raise KeyError({SECRET!r})
        except KeyError:
            structlog.get_logger().exception("job_failed", job="x")
        """
    )
    event = json.loads(line)
    assert event["event"] == "job_failed"
    assert event["error"] == "KeyError"
    assert "line" in event["frames"]
    assert SECRET not in line


def test_an_exception_in_a_librarys_log_has_its_type_and_place_and_not_its_message() -> None:
    line = _logged(
        f"""
        import logging
        try:
            try:
                raise ValueError({SECRET!r})
            except ValueError as error:
                raise RuntimeError({SECRET!r}) from error
        except RuntimeError:
            logging.getLogger("library").exception("it failed")
        """
    )
    assert "it failed" in line
    assert "RuntimeError from ValueError" in line
    assert SECRET not in line


KEY = base64.b64encode(b"never in a log, 32 bytes long ...").decode()
VAULT_KEY = base64.b64encode(b"never in a log, 32 bytes long ..").decode()


def test_what_holds_keys_can_be_logged_whole_and_shows_none() -> None:
    line = _logged(
        f"""
        import structlog, traceback
        from core.config import read_settings
        from core.credentials import Keyring
        from orchestrator_service.auth.tokens import SessionTokens
        environment = {{
            "DATABASE_URL": "postgresql://app:database-password@127.0.0.1/x", "REDIS_URL": "redis://:redis-password@h/0",
            "NEXUS_VAULT_KEYS": "k1:{VAULT_KEY}", "NEXUS_JWT_KEYS": "k1:{KEY}", "NEXUS_DIRECTORY_KEY": {KEY!r},
        }}
        settings = read_settings(environment)
        ring, tokens = Keyring.from_text(settings.vault_keys), SessionTokens(settings.jwt_keys)
        log = structlog.get_logger()
        log.info("started", settings=settings, ring=ring, tokens=tokens, keys=[settings.vault_keys])
        try:
            raise ValueError(settings, ring, tokens)
        except ValueError as error:
            log.exception("broke", cause=error)
            log.error("again", trace=traceback.format_exc())
        """
    )
    hidden = (KEY, VAULT_KEY, "database-password", "redis-password", "never in a log", repr(b"never in a log")[2:-1])
    assert [secret for secret in hidden if secret in line] == []
    assert line.count("\n") == 3


def test_a_secret_that_was_revealed_into_a_log_is_found() -> None:
    """The control of the test above: the scan sees what a careless line writes."""
    line = _logged(
        f"""
        import structlog
        from core.secret import Secret
        structlog.get_logger().info("careless", key=Secret("{VAULT_KEY}").reveal())
        """
    )
    assert VAULT_KEY in line
