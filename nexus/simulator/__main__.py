"""`python -m nexus.simulator`: serve the configuration file that NEXUS_SIMULATOR_CONFIG names."""

from __future__ import annotations

from nexus.simulator.app import create_app
from nexus.simulator.config import ConfigError, load
from nexus.standing_in import serve


def main() -> int:
    """Serve until told to stop; 2 where the configuration cannot be used."""
    return serve("NEXUS_SIMULATOR_CONFIG", load, create_app, ConfigError)


if __name__ == "__main__":
    raise SystemExit(main())
