"""Structured logs that say what happened and never whose secret it was.

Every line, of ours, of Django's and of the libraries', passes `drop_secrets` on
its way and `blur` at the end: no password, token or answer, no e-mail address,
no query string gets into a log.
"""

import re
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

DROPPED = "[dropped]"
SECRET_KEY = re.compile(
    r"passw|secret|token|cookie|session|csrf|authorization|credential|api_?key|answer|option_ids"
    r"|e_?mail|user_agent|^ip$",
    re.IGNORECASE,
)
EMAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# What follows the question mark of an address in a request line or a message.
QUERY = re.compile(r"(?<=[\w/.-])\?[^\s\"']+")
# The keys in the addresses of password reset, e-mail confirmation, invitation and partner link.
ONE_TIME_KEY = re.compile(
    r"(/(?:accounts/(?:password/reset/key|confirm-email|invitation)|partner)/)[^/\s\"']+"
)


def without_secrets(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: DROPPED if SECRET_KEY.search(str(key)) else without_secrets(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [without_secrets(item) for item in value]
    return value


def drop_secrets(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Empty every value whose name says that it is secret or personal, at any depth."""
    return {
        key: value
        if key.startswith("_") or key == "exc_info"
        else without_secrets({key: value})[key]
        for key, value in event.items()
    }


def blur(logger: WrappedLogger, method: str, line: str) -> str:
    """Take out of a finished line what no name gave away."""
    line = ONE_TIME_KEY.sub(rf"\1{DROPPED}", line)
    line = QUERY.sub("", line)
    return EMAIL_ADDRESS.sub("[e-mail]", line)


def renderers(rendered_as: str) -> list[Processor]:
    """JSON for machines; otherwise text. Tracebacks never show the values of variables."""
    if rendered_as == "json":
        tracebacks = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        return [
            structlog.processors.ExceptionRenderer(tracebacks),
            structlog.processors.JSONRenderer(),
        ]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]


def for_every_line() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_secrets,
    ]


def configure_structlog() -> None:
    """Hand the lines of our own loggers to those of the standard library."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *for_every_line(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def logging_settings(*, rendered_as: str, level: str) -> dict[str, Any]:
    """Configure structlog and return Django's LOGGING: everything to standard error."""
    configure_structlog()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": for_every_line(),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *renderers(rendered_as),
                    blur,
                ],
            },
        },
        "handlers": {
            "standard_error": {"class": "logging.StreamHandler", "formatter": "structured"},
        },
        "root": {"handlers": ["standard_error"], "level": level},
        # Django would print some of its lines twice, in its own manner.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Two lines for each saved page: only what goes wrong is worth one.
            "django_tasks": {"level": "WARNING"},
            # It warns of each rule of our stylesheets that is for screens only.
            "weasyprint": {"level": "ERROR"},
        },
    }
