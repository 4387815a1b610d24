"""The site as a WSGI application, for whichever server runs it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from plebiscite.web.frame.crowd import crowded
from plebiscite.web.frame.warm import warm
from plebiscite.web.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plebiscite.web.settings")
django_site = get_wsgi_application()
refuse_unsafe()
# Every page's code is read before anybody asks: else the first who come wait for it,
# and those behind them are sent away.
_ = get_resolver().url_patterns
warm(django_site)
application = crowded(django_site)
