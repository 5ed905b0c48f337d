"""Logs tell where it broke, never whose data it was."""

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
