from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from modules.routing import LESSON_PATTERN, serve
from modules.views.guides import my_guide
from people.views.languages import WorkplaceAccountView, switch_language
from progress.views.changes import my_changes
from progress.views.printing import module_file
from progress.views.reviews import skip_review
from readiness.views.partners import partner
from training import health, media

handler429 = "training.errors.too_many_requests"

urlpatterns = [
    path("livez", health.live, name="livez"),
    path("readyz", health.ready, name="readyz"),
    path("media/images/<str:name>", media.rendition, name="rendition"),
    path("", include("home.urls")),
    path("language/", switch_language, name="switch_language"),
    path("accounts/", include("people.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/account/", require_admin_access(WorkplaceAccountView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("quizzes/", include("quizzes.urls")),
    path("learning/", include("modules.urls")),
    path("partner/<str:token>/", partner, name="partner"),
    path("my/changes/", my_changes, name="my_changes"),
    path("my/modules/<uuid:module_key>/file.pdf", module_file, name="module_file"),
    path("my/reviews/<uuid:module_key>/skip/", skip_review, name="skip_review"),
    path("my/journal/", include("progress.journal.urls")),
    path("my/notes/", include("progress.notes.urls")),
    path("my/guide/", my_guide, name="my_guide"),
    path("my/exchanges/<uuid:omobility_id>/guide/", my_guide, name="my_guide_to"),
    path("my/tasks/", include("progress.immersion.urls")),
    path("my/", include("readiness.urls")),
    re_path(LESSON_PATTERN, serve),
    # One way to sign in, with its limits on guessing.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include(wagtail_urls)),
]
