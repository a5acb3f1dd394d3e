"""Settings common to every way of running Sojourn; the others only add to these."""

import logging
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from training.databases import database_settings
from training.logs import logging_settings

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env("SOJOURN_DATA", default=str(BASE_DIR / "var"))).resolve()

DEMO_SECRET_KEY = "demo-only-not-a-secret-never-use-this-in-production"  # noqa: S105  public.

# Older keys, so that what was encrypted or signed with them stays readable.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    # The rooms, from the roof down (see ARCHITECTURE.md).
    "training",
    "home",
    "interop",
    "reminders",
    "readiness",
    "progress",
    "modules",
    "quizzes",
    "exchanges",
    "library",
    "people",
    "competence",
    "charts",
    "jobs",
    # Wagtail, and the translation of its pages.
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "people.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    # Accounts.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # Background work: the API that Wagtail itself speaks.
    "django_tasks",
    # Django.
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_countries",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "training.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.TimeZoneMiddleware",
    "people.middleware.LanguageMiddleware",
    "people.middleware.WorkplaceMiddleware",
    "people.middleware.LastSeenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.middleware.TwoStepMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "training.urls"
WSGI_APPLICATION = "training.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database_settings(env("DATABASE_URL", default=""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes: a limit on wrong passwords counts for the site, not for each of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# What `manage.py run_jobs` does again and again, with the seconds between (see jobs/clock.py).
PERIODIC_JOBS = {
    "jobs.sending.send_due": 2,
    "jobs.sending.forget_old": 24 * 60 * 60,
    "interop.roster.undoing.carry_on": 2,
    "quizzes.overdue.finish_overdue": 10,
    "readiness.snapshots.take_at_departure": 10 * 60,
    "readiness.states.keep": 60,
    "readiness.errands.carry_on": 2,
    "readiness.checking.report_drift": 24 * 60 * 60,
    "reminders.reminding.remind_due": 60,
    "reminders.weekly.report_weekly": 10 * 60,
    "reminders.signing.tell_signers": 10 * 60,
    "training.periodic.publish_scheduled": 60,
    "training.periodic.clear_sessions": 24 * 60 * 60,
}

# Accounts.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "people.backends.PermissionsBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "add_email": "people.forms.entering.AddressForm",
    "change_password": "people.forms.entering.ChangePasswordForm",
    "login": "people.forms.entering.SignInForm",
    "reauthenticate": "people.forms.entering.ReauthenticateForm",
    "reset_password": "people.forms.entering.ResetPasswordForm",
    "reset_password_from_key": "people.forms.entering.ResetPasswordKeyForm",
    "set_password": "people.forms.entering.SetPasswordForm",
}
# Beside allauth's own limits: links of invitations that do not exist, and files to typeset.
ACCOUNT_RATE_LIMITS = {"invitation": "20/m/ip", "module_file": "10/5m/user"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
SESSION_COOKIE_SAMESITE = "Lax"
USERSESSIONS_TRACK_ACTIVITY = False  # people.middleware.LastSeenMiddleware does it, seldom.
MFA_ADAPTER = "people.adapters.TwoStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sojourn"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "people.forms.two_step.ActivateAppForm",
    "add_webauthn": "people.forms.two_step.AddPasskeyForm",
    "authenticate": "people.forms.two_step.AuthenticateForm",
    "authenticate_webauthn": "people.forms.two_step.AuthenticateByPasskeyForm",
    "edit_webauthn": "people.forms.two_step.EditPasskeyForm",
    "login_webauthn": "people.forms.two_step.SignInByPasskeyForm",
    "reauthenticate": "people.forms.two_step.ReauthenticateForm",
    "reauthenticate_webauthn": "people.forms.two_step.ReauthenticateByPasskeyForm",
}
# On: the CMS opens for staff once they have set up two-step sign-in.
REQUIRE_TWO_STEP_FOR_STAFF = env.bool("REQUIRE_TWO_STEP_FOR_STAFF", default=False)

# Language and time.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("ar", _("Arabic"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
FORMAT_MODULE_PATH = ["training.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env("TIME_ZONE", default="UTC")
USE_I18N = True
USE_TZ = True

# Files.
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
MIN_FREE_DISK_PERCENT = 5  # /readyz answers 503 below it.

# Logs: see training/logs.py for what never gets into them.
LOGGING = logging_settings(
    rendered_as=env("LOG_FORMAT", default="text"), level=env("LOG_LEVEL", default="INFO")
)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG

# Mail.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="sojourn@localhost")
ACCESSIBILITY_CONTACT = env("ACCESSIBILITY_CONTACT", default="")

# Security.
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# Wagtail.
WAGTAIL_SITE_NAME = "Sojourn"
WAGTAILADMIN_BASE_URL = env(
    "BASE_URL",
    default=f"http://{env('HOST', default='127.0.0.1')}:{env('PORT', default='8000')}",
)
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAIL_I18N_ENABLED = True
# Submitted for translation is not translated: who translates publishes.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = True
# In ms. After the 500 of Wagtail's own, a new page is often saved in the very moment in which its
# author presses "Publish": both requests then create it, and the second one fails.
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAILIMAGES_IMAGE_MODEL = "library.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "library.image_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "library.CustomDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "m4a", "mp3", "mp4", "odt", "ogg", "pdf", "pptx", "txt", "vtt", "wav", "webm",
    "xlsx",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "library.searching.database_backend"}}
TAGGIT_CASE_INSENSITIVE = True

# Whether `manage.py load_demo` may make accounts with a public password.
ALLOW_DEMO = True
