"""Voice notes to text through an OpenAI-compatible `/audio/transcriptions` (PRODUCT §7.5).

WhatsApp's voice notes are Opus in Ogg; servers judge by the name of the upload, and some refuse `.oga` and `.opus`, so
it is always called `nota.ogg`, without the codec in its type.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from core.egress import Egress
from core.model_api import Route, Words, WordsFailed, WordsLater, ask
from core.secret import Secret

HEAR_SECONDS: Final = 30.0
DEMO_MODEL: Final = "simulator"
_NAMES: Final = {
    "audio/ogg": "nota.ogg",
    "audio/mpeg": "nota.mp3",
    "audio/mp4": "nota.m4a",
    "audio/wav": "nota.wav",
    "audio/flac": "nota.flac",
}


async def transcribe(
    egress: Egress, route: Route, content: bytes, kind: str, *, seconds: float = HEAR_SECONDS
) -> Words | WordsFailed | WordsLater:
    """What is said in an audio file; an empty text is silence. Made once, never retried here."""
    name = _NAMES.get(kind)
    if name is None:
        return WordsFailed("unsupported_type")
    form = {"model": route.model, "response_format": "json"}
    answer = await ask(
        egress, route, "/audio/transcriptions", seconds=seconds, data=form, files={"file": (name, content, kind)}
    )
    if isinstance(answer, WordsFailed | WordsLater):
        return answer
    text, language = answer.get("text"), answer.get("language")
    if not isinstance(text, str):
        return WordsFailed("unreadable_answer")
    return Words(text, language[:20] if isinstance(language, str) else None)


def demo_route(simulator_url: str | None, key: Secret | None) -> Route | None:
    """The simulator's own ear, which knows what its voice notes say: on a demo installation alone."""
    if simulator_url is None or key is None:
        return None
    parts = urlsplit(simulator_url)
    home = f"{parts.scheme}://{parts.netloc}"
    return Route(f"{home}/v1", DEMO_MODEL, key, trusted=home)
