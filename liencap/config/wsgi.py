"""Serve the site under WSGI."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liencap.config.settings")
application = get_wsgi_application()
# Django would import every room's pages within the first request: whoever comes first should not wait for that.
import_module("liencap.config.urls")
