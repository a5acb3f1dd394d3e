"""Serves lessons: the page that is opened most, found with as few queries as can be.

Wagtail's own routing walks down from the site's root with two queries a level and
reads the lesson's content again. Here the module and its lessons are read at once,
and serve the page's outline as well. Whatever is not plainly a published lesson goes
Wagtail's way, with all its hooks, restrictions and redirects.
"""

from csp.constants import SELF
from django.conf import settings
from django.db.models import Exists, F
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from wagtail.models import PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as serve_page

from modules.blocks.players import ORIGINS
from modules.languages import paired, title_told
from modules.models import LessonPage, ModulePage, ModuleQuiz
from quizzes.models import Quiz

# What a step of the outline says of a quiz.
QUIZ_COLUMNS = ("id", "uuid", "title", "minutes", "live_version_id")
LESSON_DEPTH = 3  # /catalogue/module/lesson/
# What Wagtail keeps for itself begins with an underscore.
LESSON_PATTERN = r"^((?:[a-zA-Z0-9][\w\-]*/){3})$"


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page, as `wagtail.views.serve`; the lesson's route is known beforehand."""
    lesson = find_lesson(path)
    if lesson is None:
        return _let_players_in(serve_page(request, path))
    setattr(request, "_wagtail_route_for_request", RouteResult(lesson))  # noqa: B010  see Page.
    response = _let_players_in(serve_page(request, path))
    add_never_cache_headers(response)
    return response


def _let_players_in(response: HttpResponse) -> HttpResponse:
    """Allow the players of other sites' videos, which lessons load after a click."""
    setattr(response, "_csp_update", {"frame-src": [SELF, *ORIGINS]})  # noqa: B010  django-csp's.
    return response


def find_lesson(path: str) -> LessonPage | None:
    """Return the published lesson at this path below the site's root, with its surroundings.

    Addresses are those of the originals; the lesson has the words of its translation into
    the reader's language, if there is one. None as well where only Wagtail can tell:
    with several sites.
    """
    parts = [part for part in path.split("/") if part]
    roots = Site.get_site_root_paths()
    own = [root for root in roots if root.language_code == settings.LANGUAGE_CODE]
    if len(parts) != LESSON_DEPTH or len(own) != 1:
        return None
    root_path = own[0].root_path
    module, quizzes = _module_at(parts[1], f"{root_path}{parts[0]}/{parts[1]}/")
    if module is None:
        return None
    lessons = paired(LessonPage.objects.readable_in([module]), module.path)
    lesson = next((one for one in lessons if one.slug == parts[2]), None)
    if lesson and lesson.is_task:
        return None
    if lesson:
        lesson.place(module, lessons, quizzes)
        lesson.needs_only_sign_in = not module.some_page_is_closer
    return lesson


def _module_at(slug: str, url_path: str) -> tuple[ModulePage | None, list[ModuleQuiz]]:
    """Return the module with its published quizzes, in one query: a row for each quiz.

    `some_page_is_closer` on the module says whether any page of the site asks for more
    than signing in: then Wagtail has to look whether it is one of these.
    """
    closer = Exists(PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN))
    columns = {name: F(f"module_quizzes__quiz__{name}") for name in QUIZ_COLUMNS}
    rows = list(
        ModulePage.objects.filter(slug=slug, url_path=url_path)
        .annotate(
            some_page_is_closer=closer,
            title_told=title_told("translation_key"),
            quiz_is_extra=F("module_quizzes__is_extra"),
            **{f"quiz_{name}": column for name, column in columns.items()},
        )
        .order_by("module_quizzes__sort_order", "module_quizzes__pk")
    )
    if not rows:
        return None, []
    rows[0].title = rows[0].title_told or rows[0].title
    return rows[0], [
        ModuleQuiz(
            module_id=row.pk,
            is_extra=row.quiz_is_extra,
            quiz=Quiz(**{name: getattr(row, f"quiz_{name}") for name in QUIZ_COLUMNS}),
        )
        for row in rows
        if row.quiz_live_version_id
    ]
