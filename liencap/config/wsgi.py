"""Serve the site under WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liencap.config.settings")
application = get_wsgi_application()
