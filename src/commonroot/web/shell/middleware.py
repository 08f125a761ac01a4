"""What every request goes through: its size, its language, its line in the logs."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from commonroot.languages import speaking
from commonroot.web.shell.unreadable import refuse_unreadable

MOST_BYTES, MOST_BYTES_OF_STRANGERS = 210_000_000, 100_000
logger = logging.getLogger("commonroot.requests")
Answer = Callable[[HttpRequest], HttpResponse]


def keep_private(get_response: Answer) -> Answer:
    """Forbid browsers and proxies to keep what somebody who is signed in has seen.

    The same for what is given to whoever holds its address: dates of a calendar. What no
    page could read is answered here, innermost, where the frame knows who looks.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = refuse_unreadable(request) or get_response(request)
        is_dates = response.get("Content-Type", "").startswith("text/calendar")
        is_account = request.path.startswith("/account/")
        if request.user.is_authenticated or is_account or is_dates:
            response["Cache-Control"] = "no-store"
        return response

    return answer


def speak(get_response: Answer) -> Answer:
    """Let what lies below the pages speak the language of the page."""

    def answer(request: HttpRequest) -> HttpResponse:
        with speaking(get_language() or settings.LANGUAGE_CODE):
            return get_response(request)

    return answer


def limit_size(get_response: Answer) -> Answer:
    """Refuse bodies that no page takes, before they are read: files of signed-in people apart.

    Whoever only says that they are signed in, with a cookie of their own making, is not.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = MOST_BYTES_OF_STRANGERS
        if length.isdecimal() and int(length) > most and SESSION_KEY in request.session:
            most = MOST_BYTES
        if not length.isdecimal() or int(length) > most:
            return HttpResponse(
                f"This is more than {most:,} bytes, and no page takes as much. Nothing "
                "was kept. Sign in first, or send less.\n",
                status=413,
                content_type="text/plain",
            )
        return get_response(request)

    return answer


def log_request(get_response: Answer) -> Answer:
    """Log which page was asked for and how long it took: not by whom, nor its address."""

    def answer(request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        logger.info(
            "request",
            extra={
                "method": request.method,
                "page": match.view_name if match else "",
                "status": response.status_code,
                "milliseconds": round(1000 * (time.perf_counter() - begin), 1),
            },
        )
        return response

    return answer
