"""What does not answer just now is told so: an issuer, or a database that is writing."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from requests import RequestException

from commonroot.web.shell.middleware import Answer


class TellUnreachable:
    """Answers with a page when an issuer could not be asked, or the database is busy."""

    def __init__(self, get_response: Answer) -> None:
        """Take what answers otherwise."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Tell who did not answer; leave every other error alone."""
        if isinstance(exception, OperationalError) and "locked" in str(exception):
            return HttpResponse(
                render_to_string("busy.html"), status=503, headers={"Retry-After": "20"}
            )
        if not isinstance(exception, RequestException):
            return None
        return render(request, "socialaccount/authentication_error.html", status=502)
