"""`make run`: one machine, SQLite, a secret of its own. Plain HTTP on loopback."""

from training.secrets import read_or_create_secret
from training.settings.base import *
from training.settings.base import DATA_DIR, env

SECRET_KEY = env("SECRET_KEY", default="") or read_or_create_secret(DATA_DIR / "secret.key")
# Passkeys over plain HTTP, where the browser allows it: on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
