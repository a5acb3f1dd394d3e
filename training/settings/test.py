"""The test suite: fast hashing, memory only, tasks run at once."""

from training.logs import logging_settings
from training.settings.base import *
from training.settings.base import CACHES, DATA_DIR, DATABASES, DEMO_SECRET_KEY, STORAGES

SECRET_KEY = DEMO_SECRET_KEY
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["default"] = CACHES["renditions"]
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
LOGGING = logging_settings(rendered_as="text", level="WARNING")

# A file, as in earnest: threads and live servers need one that they can share.
DATA_DIR.mkdir(parents=True, exist_ok=True)
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
