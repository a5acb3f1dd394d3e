from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Quizzes")

    def ready(self) -> None:
        from django.contrib.auth.models import Group  # noqa: PLC0415  models are loaded now.

        from quizzes.categories import keep_closed  # noqa: PLC0415

        pre_delete.connect(keep_closed, sender=Group, dispatch_uid="quizzes.keep_closed")
