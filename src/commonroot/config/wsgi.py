"""The site as a WSGI application."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonroot.config.settings")
application = get_wsgi_application()
if settings.WORKER_INSIDE:
    from commonroot.config.worker import start_worker  # its models need the apps

    start_worker()
