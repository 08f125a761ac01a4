"""Private pages stay out of caches, and each request leaves a line in the logs."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

logger = logging.getLogger("commonroot.requests")
Answer = Callable[[HttpRequest], HttpResponse]


def keep_private(get_response: Answer) -> Answer:
    """Forbid browsers and proxies to keep what somebody who is signed in has seen."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated or request.path.startswith("/account/"):
            response["Cache-Control"] = "no-store"
        return response

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
