"""The settings of the site that tests run against: in a folder of its own, nobody's."""

import atexit
import os
import shutil
import tempfile

# Settings are read once, before any test: they must not touch a person's own site.
FOLDER = tempfile.mkdtemp(prefix="commonroot-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["COMMONROOT_DATA"] = FOLDER
os.environ["COMMONROOT_DEMO"] = "1"
# Playwright keeps a loop in the thread of its tests; they wait for nothing in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from commonroot.config.settings import *  # noqa: E402, F403  # they are all the site's

# A database in a file, as a site has it: one in memory locks whole tables. It need not
# outlive a power cut, so nothing waits for the disk; tests/cli kills a real site.
SITE = DATABASES["default"]  # noqa: F405  # of the settings
if SITE["ENGINE"].endswith("sqlite3"):
    # A copy: the settings themselves may be in use already.
    pragmas = f"{SITE['OPTIONS']['init_command']};PRAGMA synchronous=OFF"
    options = {**SITE["OPTIONS"], "init_command": pragmas}
    test = {"NAME": f"{FOLDER}/test.sqlite3"}
    DATABASES = {"default": {**SITE, "OPTIONS": options, "TEST": test}}

# Work beside the pages is done at once; tests of the workers have them for real.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
