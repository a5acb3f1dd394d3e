"""`make dev`: reloads on change, shows errors, serves static files unhashed."""

from training.settings.base import *
from training.settings.base import DEMO_SECRET_KEY, STORAGES

DEBUG = True
SECRET_KEY = DEMO_SECRET_KEY
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Passkeys over plain HTTP, where the browser allows it: on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
