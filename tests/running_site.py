"""A site that runs as a process, for tests and measurements that start and kill it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar

PATIENCE = 60


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
            "DJANGO_SETTINGS_MODULE": "commonroot.config.settings",
            **({"DATABASE_URL": database} if database else {}),
        }
        self.process = None

    def start(self, *more):
        command = [sys.executable, "-m", "commonroot", "serve", "--demo", *more]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                return json.loads(self.get("/health/"))
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the site did not answer")

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
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

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
