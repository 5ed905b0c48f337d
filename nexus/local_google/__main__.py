"""`python -m nexus.local_google`: serve the configuration file that NEXUS_LOCAL_GOOGLE_CONFIG names."""

from __future__ import annotations

from nexus.local_google.app import create_app
from nexus.local_google.config import LocalGoogleConfigError, load
from nexus.standing_in import serve


def main() -> int:
    """Serve until told to stop; 2 where the configuration cannot be used."""
    return serve("NEXUS_LOCAL_GOOGLE_CONFIG", load, create_app, LocalGoogleConfigError)


if __name__ == "__main__":
    raise SystemExit(main())
