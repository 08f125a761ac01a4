"""An issuer that does not answer is no fault of this site, and is told so."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from commonroot.web.shell.middleware import Answer


class TellUnreachable:
    """Answers with a page in our frame when an issuer could not be asked."""

    def __init__(self, get_response: Answer) -> None:
        """Take what answers otherwise."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Tell that an issuer did not answer; leave every other error alone."""
        if not isinstance(exception, RequestException):
            return None
        return render(request, "socialaccount/authentication_error.html", status=502)
