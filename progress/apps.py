from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = _("Progress")

    def ready(self) -> None:
        from progress.completion import settle_attempt  # noqa: PLC0415  models are loaded now.
        from quizzes.signals import attempt_finished  # noqa: PLC0415

        attempt_finished.connect(settle_attempt, dispatch_uid="progress.settle_attempt")
