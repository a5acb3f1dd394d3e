from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    name = "progress"
    verbose_name = _("Progress")

    def ready(self) -> None:
        from wagtail.signals import page_published  # noqa: PLC0415  models are loaded now.

        from progress.completion import (  # noqa: PLC0415
            settle_attempt,
            settle_extra,
            settle_given_up,
            settle_regraded,
        )
        from progress.journeys import journey  # noqa: PLC0415
        from progress.opening import hold_quiz  # noqa: PLC0415
        from progress.reach import coordinated_people  # noqa: PLC0415
        from quizzes.holds import hold_wanted  # noqa: PLC0415
        from quizzes.journeys import journey_wanted  # noqa: PLC0415
        from quizzes.reach import reach_wanted  # noqa: PLC0415
        from quizzes.signals import (  # noqa: PLC0415
            attempt_finished,
            attempt_given_up,
            attempts_regraded,
        )

        attempt_finished.connect(settle_attempt, dispatch_uid="progress.settle_attempt")
        page_published.connect(settle_extra, dispatch_uid="progress.settle_extra")
        reach_wanted.connect(coordinated_people, dispatch_uid="progress.coordinated_people")
        hold_wanted.connect(hold_quiz, dispatch_uid="progress.hold_quiz")
        journey_wanted.connect(journey, dispatch_uid="progress.journey")
        attempt_given_up.connect(settle_given_up, dispatch_uid="progress.settle_given_up")
        attempts_regraded.connect(settle_regraded, dispatch_uid="progress.settle_regraded")
