"""A model on loopback that speaks OpenAI's API and takes its time with the first answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWER = "Hola, cuéntame qué necesitas."
SLOWNESS = 60.0  # seconds: the worker that asked first is dead long before


@dataclass
class SlowModel:
    """`asked` is set at the first question; `questions` counts them."""

    url: str
    asked: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)
    questions: int = 0

    @property
    def host(self) -> str:
        """As an operator allows it."""
        return self.url.split("/")[2]


@contextmanager
def slow_model() -> Generator[SlowModel]:
    """Serve on a free port of 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    model = SlowModel(f"http://127.0.0.1:{server.server_port}/v1")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            model.questions += 1
            if model.questions == 1:
                model.asked.set()
                model.released.wait(SLOWNESS)
            body = json.dumps(_completion()).encode()
            with suppress(OSError):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            del format, args

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _completion() -> dict[str, object]:
    message = {"role": "assistant", "content": ANSWER}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "slow",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
