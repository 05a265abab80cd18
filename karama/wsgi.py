"""The WSGI entry point for granian."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karama.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()  # what is loaded now stays: looking through all of it in the middle of a page takes as long as the page
sys.setswitchinterval(0.02)  # requests in one process take turns less often: each of them is answered sooner
