"""What routes of files are given by the app."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from fastapi import Depends, Request

from core.media_store import MediaStore


async def media_store(request: Request) -> MediaStore:
    """Where files lie; made with the app."""
    store = request.app.state.media
    assert isinstance(store, MediaStore)
    return store


Store: TypeAlias = Annotated[MediaStore, Depends(media_store)]
