"""A model that asks for room before each request, writes down what it took, and never takes longer than it may.

Imported by the worker only, as pydantic-ai is. A model that is busy or stumbled at once is asked once more after a
jittered moment; then it is the next one's turn, which is `FallbackModel`'s doing.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import Final

import httpx2
import structlog
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelConnectionError,
    ModelHTTPError,
    ModelTimeoutError,
)
from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage
from typing_extensions import override

from core.errors import NexusError
from core.model_calls import CallOutcome, Took, took_nothing
from orchestrator_service.agent.models.book import CallBook
from orchestrator_service.agent.models.plan import DemoChoice, LiveChoice
from orchestrator_service.agent.models.time_left import TimeLeft

BYTES_A_TOKEN: Final = 4
_BUSY: Final = 429
_SERVER_ERROR: Final = 500
_TRANSIENT: Final[frozenset[CallOutcome]] = frozenset({"busy", "broken", "unreachable"})
_LONGEST_WAIT: Final = 2.0
# What asking again must leave for the answer.
_ENOUGH_FOR_AN_ANSWER: Final = 5.0
_KNOWN: Final = (AgentRunError, NexusError, httpx2.HTTPError, TimeoutError, ValueError)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Failed:
    outcome: CallOutcome
    error: Exception
    retry_after: float | None


class MeteredModel(WrapperModel):
    """One model of the company's list, at `position`; `is_last` says that nobody can be asked after it."""

    def __init__(
        self,
        wrapped: Model,
        choice: DemoChoice | LiveChoice,
        position: int,
        book: CallBook,
        time: TimeLeft,
        *,
        is_last: bool,
    ) -> None:
        super().__init__(wrapped)
        self._choice = choice
        self._position = position
        self._book = book
        self._time = time
        self._is_last = is_last

    @override
    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer. Raises ModelAPIError where there is none, CapReached before anything is spent."""
        estimate = _tokens_in(messages, model_request_parameters)
        for is_second in (False, True):
            came = await self._once(messages, model_settings, model_request_parameters, estimate)
            if isinstance(came, ModelResponse):
                return came
            if is_second or not self._may_ask_again(came):
                break
            await asyncio.sleep(_wait(came.retry_after))
        raise ModelAPIError(self._choice.model, f"{came.outcome}: {_told(came.error)}") from came.error

    async def _once(
        self,
        messages: list[ModelMessage],
        settings: ModelSettings | None,
        parameters: ModelRequestParameters,
        estimate: int,
    ) -> ModelResponse | _Failed:
        seconds = self._time.for_a_call(is_last=self._is_last)
        if seconds == 0:
            return _Failed("slow", TimeoutError("no time is left"), None)
        call_id, call = await self._book.begin(self._choice, estimate)
        began = asyncio.get_running_loop().time()
        came: ModelResponse | _Failed
        try:
            async with asyncio.timeout(seconds):
                came = await self.wrapped.request(messages, settings, parameters)
        except Exception as error:  # noqa: BLE001 - the edge: whatever a stranger's answer does to a provider's library
            if not isinstance(error, _KNOWN):
                _log.exception("model_answer_broke_the_client", tenant_id=self._book.tenant_id)
            came = _Failed(_outcome_of(error), error, getattr(error, "retry_after", None))
        taken = asyncio.get_running_loop().time() - began
        took = (
            took_nothing(call, came.outcome, taken) if isinstance(came, _Failed) else self._took(came, estimate, taken)
        )
        await self._book.end(self._position, call_id, call, took)
        return came

    def _may_ask_again(self, failed: _Failed) -> bool:
        """Whether the same model is worth asking again: it failed in passing, and there is time for both."""
        if failed.outcome not in _TRANSIENT or self._time.seconds < _ENOUGH_FOR_AN_ANSWER + _LONGEST_WAIT:
            return False
        return self._is_last or failed.retry_after is None or failed.retry_after <= _LONGEST_WAIT

    def _took(self, response: ModelResponse, estimate: int, seconds: float) -> Took:
        """By the model's own count; by the length of the texts where it tells none, which must not make it free.

        The estimate also stands in the response, for the limits of the run. A recording's count is what was counted.
        """
        usage = response.usage
        is_recorded = isinstance(self._choice, DemoChoice) and self._choice.make is not None
        estimated = not (usage.input_tokens or usage.output_tokens or is_recorded)
        if estimated:
            answered = len(ModelMessagesTypeAdapter.dump_json([response])) // BYTES_A_TOKEN
            response.usage = usage = RequestUsage(input_tokens=estimate, output_tokens=answered)
        return Took("answered", usage.input_tokens, usage.output_tokens, estimated, seconds)


def _tokens_in(messages: list[ModelMessage], parameters: ModelRequestParameters) -> int:
    """About as many tokens as the question has, rather more than fewer."""
    tools = sum(
        len(str(tool.parameters_json_schema)) + len(tool.description or "") for tool in parameters.function_tools
    )
    return (len(ModelMessagesTypeAdapter.dump_json(messages)) + tools) // BYTES_A_TOKEN


def _outcome_of(error: Exception) -> CallOutcome:
    """What a failed call is called in the book."""
    match error:
        case ModelHTTPError(status_code=status):
            if status == _BUSY:
                return "busy"
            return "broken" if status >= _SERVER_ERROR else "refused"
        case TimeoutError() | ModelTimeoutError() | httpx2.TimeoutException():
            return "slow"
        case ModelConnectionError() | httpx2.TransportError() | NexusError():
            return "unreachable" if _never_arrived(error) else "garbled"
        case _:
            return "garbled"


def _never_arrived(error: BaseException) -> bool:
    """Whether the question had not been sent: what breaks off later may be charged for."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, httpx2.ReadError | httpx2.RemoteProtocolError):
            return False
        cause = cause.__cause__ or cause.__context__
    return True


def _wait(retry_after: float | None) -> float:
    """A jittered moment, or what the model asked for, up to two seconds."""
    moment = random.uniform(0.2, 0.7)  # noqa: S311 - jitter, no secret
    return min(_LONGEST_WAIT, max(moment, retry_after or 0.0))


def _told(error: Exception) -> str:
    """What may stand in a log and in the turn's story: the kind of error, never the other side's words."""
    status = f" {error.status_code}" if isinstance(error, ModelHTTPError) else ""
    return f"{type(error).__name__.lstrip('_')}{status}"
