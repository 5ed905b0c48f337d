"""Rows of customers' pages: whoever asks has no link of ours, and is told the same as everybody else."""

from __future__ import annotations

from core.customer_links import TOKEN_LENGTH
from tests.isolation.rows import Ids, Row, Sent


def _no_link(_ids: Ids, _own: Ids) -> Sent:
    return Sent(path={"token": "A" * TOKEN_LENGTH})


LINK_ROWS = (
    Row("GET", "/m/page.css", None, 200, public=True),
    Row("GET", "/m/{token}", None, 404, _no_link, public=True),
    Row("GET", "/m/{token}/meeting.ics", None, 404, _no_link, public=True),
    Row("GET", "/m/{token}/times", None, 404, _no_link, public=True),
    Row("GET", "/m/{token}/photo", None, 404, _no_link, public=True),
    Row("GET", "/m/{token}/cancel", None, 404, _no_link, public=True),
    Row("POST", "/m/{token}/cancel", None, 404, _no_link, public=True),
    Row("POST", "/m/{token}/move", None, 404, _no_link, public=True),
)
