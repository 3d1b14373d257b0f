"""Gives each request an id that its answer and its log lines carry."""

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpResponseBase

from handtag.kernel import ids
from handtag.kernel.doors import Request

Answer = Callable[[Request], HttpResponseBase]

_current: ContextVar[str] = ContextVar("request_id", default="")


def request_id(get_response: Answer) -> Answer:
    """Take the id a proxy gave, or make one; say it in `X-Request-Id`."""

    def middleware(request: Request) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        request.request_id = given if re.fullmatch(r"[\w-]{8,64}", given) else ids.new().hex
        token = _current.set(request.request_id)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        response["X-Request-Id"] = request.request_id
        return response

    return middleware


class RequestIdFilter(logging.Filter):
    """Adds the id of the request being answered to each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let the record through."""
        record.request_id = _current.get()
        return True
