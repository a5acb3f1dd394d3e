"""A public server: everything secret comes from the environment, and HTTPS is on."""

from django.core.exceptions import ImproperlyConfigured

from training.logs import logging_settings
from training.settings.base import *
from training.settings.base import DEMO_SECRET_KEY, env

MIN_SECRET_LENGTH = 40

SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY or SECRET_KEY == DEMO_SECRET_KEY or len(SECRET_KEY) < MIN_SECRET_LENGTH:
    raise ImproperlyConfigured(
        f"Set SECRET_KEY in the environment to at least {MIN_SECRET_LENGTH} random characters. "
        "Production does not start without one, nor with the demo's."
    )

LOGGING = logging_settings(
    rendered_as=env("LOG_FORMAT", default="json"), level=env("LOG_LEVEL", default="INFO")
)

ALLOW_DEMO = False

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# A supervisor asks from inside, in plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=3600)
# Other sites of the institution's domain, and browsers' built-in lists, are not ours to decide.
# Wagtail shows a page's preview in a frame of the same site.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "security.W019"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
if env.bool("BEHIND_PROXY", default=False):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
