"""How PostgreSQL is created, configured and reached."""

from pathlib import Path
from urllib.parse import quote, urlencode

SUPERUSER = "postgres"
SOCKET_NUMBER = 5432  # part of the socket's file name; nothing listens on TCP

SETTINGS = {
    "listen_addresses": "",
    "port": str(SOCKET_NUMBER),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "huge_pages": "off",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum_naptime": "1h",
    "scram_iterations": "1",
}


def server_options(sockets: Path, *, durable: bool) -> list[str]:
    """Command line options: they win over postgresql.conf, so an old cluster follows a newer launcher."""
    settings = SETTINGS | {"unix_socket_directories": str(sockets)} | ({} if durable else FORGETFUL)
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def connection_url(user: str, password: str, sockets: Path, database: str) -> str:
    """A URL that asyncpg and libpq understand alike; the port is spelled out so that PGPORT cannot change it."""
    where = urlencode({"host": str(sockets), "port": SOCKET_NUMBER}, safe="/")
    return f"postgresql://{quote(user, safe='')}:{quote(password, safe='')}@/{quote(database, safe='')}?{where}"


def initdb_command(binaries: Path, data: Path, password_file: Path, *, durable: bool) -> tuple[str, ...]:
    """The collation is PostgreSQL's own C.UTF-8: the same order on every machine, whatever its C library."""
    return (
        str(binaries / "initdb"),
        f"--pgdata={data}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        *(() if durable else ("--no-sync",)),
    )
