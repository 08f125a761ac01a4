"""A site that runs as a process, for tests and measurements that start and kill it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid
from http.cookiejar import CookieJar

PATIENCE = 60
FORM = "application/x-www-form-urlencoded"


def find_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Site:
    """One running site, in a folder of its own."""

    def __init__(self, folder, database=None):
        self.folder, self.port = folder, find_port()
        self.environment = {
            **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
            "COMMONROOT_DATA": str(folder),
            "COMMONROOT_DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "commonroot.config.settings",
            **({"DATABASE_URL": database} if database else {}),
        }
        self.process = self.worker = None

    def start(self, *more):
        command = [sys.executable, "-m", "commonroot", "serve", "--demo", *more]
        self.process = self.run_beside(*command, "--port", str(self.port))
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                told = json.loads(self.get("/health/"))
            except OSError:
                time.sleep(0.2)
                continue
            if "DATABASE_URL" in self.environment:
                self.start_worker(end)
            return told
        raise AssertionError("the site did not answer")

    def start_worker(self, end):
        """Start the work beside the pages, and wait until it has begun."""
        log = self.folder / "work.log"
        with log.open("w") as file:
            self.worker = self.run_beside(
                sys.executable, "-m", "commonroot", "work", stderr=file
            )
        while "Starting worker" not in log.read_text():
            if time.monotonic() > end:
                raise AssertionError("the work beside the pages did not begin")
            time.sleep(0.1)

    def run_beside(self, *command, stderr=subprocess.DEVNULL):
        return subprocess.Popen(
            command,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
        )

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.read().decode()

    def sign_in(self, name):
        """Sign in as one of the cast by one click; gives the browser and the first page."""
        jar = CookieJar()
        browse = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        address = f"http://127.0.0.1:{self.port}"
        page = browse.open(f"{address}/demo/").read().decode()
        action, token = re.search(
            r'action="(/demo/sign-in/[^"]+)"><input[^>]*value="([^"]+)">'
            rf'<button class="link"><b>{name}',
            page,
        ).groups()
        form = f"csrfmiddlewaretoken={token}".encode()
        return browse, browse.open(address + action, data=form).read().decode()

    def kill(self):
        there = [each for each in (self.process, self.worker) if each is not None]
        for each in there:
            os.killpg(each.pid, signal.SIGKILL)
        for each in there:
            each.wait()

    def run(self, *words):
        return subprocess.run(
            [sys.executable, "-m", "commonroot", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, program):
        """Run a program beside the site, with its settings; gives what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def find(pattern, page):
    """Find the one part of a page."""
    found = re.search(pattern, page)
    if found is None:
        raise ValueError(f"{pattern} is not on the page")
    return found[1]


class Browser:
    """Somebody who is signed in, and sends forms."""

    def __init__(self, site, name):
        self.site, self.address = site, f"http://127.0.0.1:{site.port}"
        self.opener, self.home = site.sign_in(name)
        self.school = find(r'href="(/places/[^"]+/)"', self.home)

    def read(self, path):
        """Read a page."""
        return str(self.opener.open(self.address + path, timeout=30).read(), "utf-8")

    def send(self, path, body, kind, accept="text/html"):
        """Send a form with the page's token."""
        headers = {"Content-Type": kind, "Accept": accept}
        asked = urllib.request.Request(self.address + path, body, headers)
        return str(self.opener.open(asked, timeout=60).read(), "utf-8")

    def find_token(self, path):
        """Find the token of a page's forms."""
        return find(r'csrfmiddlewaretoken" value="([^"]+)"', self.read(path))

    def give(self, path, name="f.csv"):
        """Give a file for the school; gives the page that shows what it would do."""
        edge, files = uuid.uuid4().hex, f"{self.school}files/"
        parts = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"'
            f"\r\n\r\n{self.find_token(files)}\r\n--{edge}\r\n"
            f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: text/csv\r\n\r\n"
        )
        body = parts.encode() + path.read_bytes() + f"\r\n--{edge}--\r\n".encode()
        return self.send(files, body, f"multipart/form-data; boundary={edge}")

    def take_in(self, page):
        """Say yes to the file of a page; gives its key and the page that follows."""
        address, key = re.search(r'action="(/files/([^/]+)/take-in/)"', page).groups()
        token = find(r'csrfmiddlewaretoken" value="([^"]+)"', page)
        body = urllib.parse.urlencode(
            {"csrfmiddlewaretoken": token, "sure": "on"}
        ).encode()
        return key, self.send(address, body, FORM)
