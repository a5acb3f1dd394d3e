"""The language somebody reads in: on a device by a cookie, with an account by its profile."""

from django.conf import settings
from django.http import HttpResponse

from people.models import User


def is_offered(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


def language_of(person: User) -> str:
    """The language in which to write to somebody who is not there."""
    return person.language or settings.LANGUAGE_CODE


def choose_language(*, user: User, language: str) -> None:
    user.language = language
    user.save(update_fields=["language"])


def keep_on_device(response: HttpResponse, language: str) -> None:
    """Let this device remember the language; without one, let it ask the browser again."""
    if not language:
        response.delete_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            path=settings.LANGUAGE_COOKIE_PATH,
            domain=settings.LANGUAGE_COOKIE_DOMAIN,
            samesite="Lax",
        )
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
