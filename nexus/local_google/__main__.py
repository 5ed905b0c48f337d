"""`python -m nexus.local_google`: serve the configuration file that NEXUS_LOCAL_GOOGLE_CONFIG names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import uvicorn

from nexus.local_google.app import create_app
from nexus.local_google.config import LocalGoogleConfigError, load


def main() -> int:
    """Serve until told to stop; 2 where the configuration cannot be used."""
    try:
        config = load(Path(os.environ["NEXUS_LOCAL_GOOGLE_CONFIG"]))
    except KeyError:
        sys.stderr.write("NEXUS_LOCAL_GOOGLE_CONFIG names no file\n")
        return 2
    except (LocalGoogleConfigError, OSError) as error:
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
