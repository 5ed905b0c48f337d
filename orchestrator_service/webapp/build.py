"""The built web app on disk: which files there are, in which encodings, and the page with its place for a nonce."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[2] / "nexus" / "webapp"
PAGE: Final = "index.html"
NONCE_MARK: Final = "__NEXUS_NONCE__"
SESSION_MARK: Final = "__NEXUS_SESSION__"

_ENCODINGS: Final = ((".br", "br"), (".gz", "gzip"))
_TYPES: Final = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file. `encoded` has its compressed forms, the smallest first; `hashed` ones never change under their name."""

    path: Path
    media_type: str
    encoded: tuple[tuple[str, Path], ...]
    hashed: bool


@dataclass(frozen=True, slots=True)
class Build:
    """What one run of the bundler left. `assets` by URL path; nothing else of the disk can be asked for."""

    mark: int
    page: str
    assets: Mapping[str, Asset]


class BuildFolder:
    """The folder as it is now: a build that is made while the service runs is served from the next request on."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._known: Build | None = None

    def current(self) -> Build | None:
        """The build, read anew when its page changed; None where there is none."""
        page = self._folder / PAGE
        try:
            mark = page.stat().st_mtime_ns
            if self._known is None or self._known.mark != mark:
                self._known = Build(mark, page.read_text(encoding="utf-8"), _assets(self._folder))
        except OSError:
            self._known = None
        return self._known


def _assets(folder: Path) -> dict[str, Asset]:
    files = {path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")}
    served = [path for path in files if path.suffix not in {".br", ".gz"} and path != folder / PAGE]
    return {f"/{path.relative_to(folder).as_posix()}": _asset(path, folder, files) for path in served}


def _asset(path: Path, folder: Path, files: set[Path]) -> Asset:
    guessed = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    forms = ((name, path.with_name(path.name + suffix)) for suffix, name in _ENCODINGS)
    return Asset(
        path=path,
        media_type=guessed,
        encoded=tuple((name, form) for name, form in forms if form in files),
        hashed=path.is_relative_to(folder / "assets"),
    )
