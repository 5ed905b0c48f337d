"""`python -m nexus.simulator`: serve the configuration file that NEXUS_SIMULATOR_CONFIG names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import uvicorn

from nexus.simulator.app import create_app
from nexus.simulator.config import ConfigError, load


def main() -> int:
    """Serve until told to stop; 2 where the configuration cannot be used."""
    try:
        config = load(Path(os.environ["NEXUS_SIMULATOR_CONFIG"]))
    except KeyError:
        sys.stderr.write("NEXUS_SIMULATOR_CONFIG names no file\n")
        return 2
    except (ConfigError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    uvicorn.run(
        create_app(config),
        host=config.host,
        port=config.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
