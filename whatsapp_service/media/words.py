"""What a file says or shows, in words: heard by the company's Whisper, seen by its vision model (PRODUCT §7.5).

Where no model sees, a PDF is read by ourselves: its text, as far as it has any.

A file is put into words once per company, content and model. A model that is busy or away is asked again a few times,
each in a job of its own, so that nothing is held while we wait; then it counts as unheard, which the turn tells.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

import structlog

from core.channels import read_credential
from core.contracts import MediaChanged, PutIntoWords, words_lock
from core.credential_names import MODEL_KEY, WHISPER_KEY, api_key_name
from core.database import TenantTransaction
from core.jobs import defer
from core.media_store import FileMissing
from core.model_api import MODEL_URL, Route, Words, WordsFailed, WordsLater
from core.model_calls import CallOutcome, CapReached, ModelCall, Prices, Took, begin_call, end_call, took_nothing
from core.statements import sibling_statements
from core.wire import clean_text
from whatsapp_service.media.pdf import READER, read_pdf
from whatsapp_service.media.tools import MediaTools
from whatsapp_service.transcription import demo_route, transcribe
from whatsapp_service.vision import describe

SQL = sibling_statements(__file__)
MOST_ATTEMPTS: Final = 4
LONGEST_WAIT_SECONDS: Final = 30
LONGEST_WORDS: Final = 8000
# About what a picture takes of a model that sees, until it says.
SEEN_TOKENS: Final = 1500
_LATER_OUTCOMES: Final[dict[str, CallOutcome]] = {"http_429": "busy", "unreachable": "unreachable"}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _File:
    channel_id: int
    storage_key: str
    sha256: str
    size_bytes: int
    sniffed_type: str
    filename: str | None
    words_attempts: int
    mode: str
    language: str
    whisper_base_url: str | None
    whisper_model: str | None
    vision_model: str | None
    model_base_url: str | None
    model_provider: str
    model_input_price: Decimal
    model_output_price: Decimal
    conversation_id: int | None

    @property
    def is_audio(self) -> bool:
        return self.sniffed_type.startswith("audio/")

    @property
    def is_pdf(self) -> bool:
        return self.sniffed_type == "application/pdf"


@dataclass(frozen=True, slots=True)
class _Known:
    words: str
    language: str | None


async def put_into_words(tools: MediaTools, job: PutIntoWords) -> None:
    """Find out what a file says or shows; running it again after an outcome does nothing."""
    async with tools.database.tenant(job.tenant_id) as tx:
        file = await tx.one(SQL["file_to_word"], _File, media_id=job.media_id)
        if file is None:
            return
        route = await _route(tools, tx, file)
        if route is None and not file.is_pdf:
            await _fail(tx, job, "not_configured")
            return
        model = READER if route is None else route.name
        known = await tx.one(SQL["known_words"], _Known, sha256=file.sha256, model=model)
        if known is not None:
            await _learn(tx, job, Words(known.words, known.language))
            return
    try:
        result = await _seen(tools, job, file, route) if route and not file.is_audio else await _ask(tools, file, route)
    except CapReached as reached:
        result = WordsFailed(reached.code)
    async with tools.database.tenant(job.tenant_id) as tx:
        match result:
            case Words(text=text, language=language) if text.strip():
                words = Words(clean_text(text).strip()[:LONGEST_WORDS], language)
                known_as = {"sha256": file.sha256, "model": model}
                await tx.run(SQL["remember_words"], words=words.text, language=words.language, **known_as)
                await _learn(tx, job, words)
            case Words():
                await _fail(tx, job, "silent")
            case WordsFailed(reason=reason):
                await _fail(tx, job, reason)
            case WordsLater():
                await _try_later(tools, tx, job, file, result)


async def _route(tools: MediaTools, tx: TenantTransaction, file: _File) -> Route | None:
    """Whom to ask, with which key; None where the company has set nobody up. Only a demo company is heard in demo."""
    if not file.is_audio:
        key = await read_credential(tx, tools.keyring, MODEL_KEY)
        # What sees speaks chat completions with the main model's key: elsewhere that key would be somebody else's.
        if file.vision_model is None or key is None or file.model_provider != "openai":
            return None
        return Route(file.model_base_url or MODEL_URL, file.vision_model, key)
    if file.mode == "demo" and file.whisper_model is None:
        key = await read_credential(tx, tools.keyring, api_key_name(file.channel_id))
        return demo_route(tools.simulator_url, key)
    key = await read_credential(tx, tools.keyring, WHISPER_KEY)
    if file.whisper_model is None or key is None:
        return None
    return Route(file.whisper_base_url or MODEL_URL, file.whisper_model, key)


async def _ask(tools: MediaTools, file: _File, route: Route | None) -> Words | WordsFailed | WordsLater:
    try:
        content = await tools.store.read(file.storage_key)
    except FileMissing as error:
        return WordsLater(str(error), None)
    if route is None:
        return await read_pdf(content)
    egress = tools.egress if route.trusted is None else tools.egress.trusting(route.trusted)
    if file.is_audio:
        return await transcribe(egress, route, content, file.sniffed_type)
    return await describe(egress, route, content, file.sniffed_type, filename=file.filename, language=file.language)


async def _seen(tools: MediaTools, job: PutIntoWords, file: _File, route: Route) -> Words | WordsFailed | WordsLater:
    """What the vision model sees, booked as every call of a model is. Raises CapReached: then nobody was asked."""
    prices = Prices(file.model_input_price, file.model_output_price)
    call = ModelCall("vision", "openai", route.model, prices, SEEN_TOKENS, conversation_id=file.conversation_id)
    async with tools.database.tenant(job.tenant_id) as tx:
        call_id = await begin_call(tx, call, now=tools.clock())
    began = time.monotonic()
    result = await _ask(tools, file, route)
    taken = time.monotonic() - began
    async with tools.database.tenant(job.tenant_id) as tx:
        await end_call(tx, call_id, call, _took(call, result, taken))
    return result


def _took(call: ModelCall, result: Words | WordsFailed | WordsLater, seconds: float) -> Took:
    match result:
        case Words(text=text, tokens=told):
            asked, answered = told or (call.estimated_tokens, len(text) // 4)
            return Took("answered", asked, answered, estimated=told is None, seconds=seconds)
        case WordsLater(reason=reason):
            return took_nothing(call, _LATER_OUTCOMES.get(reason, "broken"), seconds)
        case WordsFailed(reason=reason):
            return took_nothing(call, "garbled" if reason == "unreadable_answer" else "refused", seconds)


async def _learn(tx: TenantTransaction, job: PutIntoWords, words: Words) -> None:
    if await tx.value(SQL["words_known"], int, media_id=job.media_id, words=words.text, language=words.language):
        await defer(tx, MediaChanged(job.tenant_id, job.media_id))


async def _fail(tx: TenantTransaction, job: PutIntoWords, reason: str) -> None:
    _log.warning("words_failed", tenant_id=job.tenant_id, media_id=job.media_id, reason=reason)
    if await tx.value(SQL["words_failed"], int, media_id=job.media_id, reason=reason):
        await defer(tx, MediaChanged(job.tenant_id, job.media_id))


async def _try_later(
    tools: MediaTools, tx: TenantTransaction, job: PutIntoWords, file: _File, result: WordsLater
) -> None:
    """Again after 1, 2, 4 seconds, or when the model says, with jitter; four attempts in all.

    It keeps its lane meanwhile: what the model could not take now it need not be asked for more of.
    """
    if file.words_attempts + 1 >= MOST_ATTEMPTS:
        await _fail(tx, job, result.reason)
        return
    wait = max(2.0**file.words_attempts, result.retry_after_seconds or 0)
    wait = min(wait, LONGEST_WAIT_SECONDS) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, no secret
    await tx.run(SQL["word_later"], media_id=job.media_id)
    lock = words_lock(job.tenant_id, job.media_id)
    await defer(tx, job, at=tools.clock() + timedelta(seconds=wait), lock=lock)
