from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadinessConfig(AppConfig):
    name = "readiness"
    verbose_name = _("Readiness")

    def ready(self) -> None:
        from exchanges.signals import placements_changed  # noqa: PLC0415  models are loaded now.
        from progress.signals import evidence_changed  # noqa: PLC0415
        from readiness.hearing import hear_evidence, hear_placements  # noqa: PLC0415

        evidence_changed.connect(hear_evidence, dispatch_uid="readiness.hear_evidence")
        placements_changed.connect(hear_placements, dispatch_uid="readiness.hear_placements")
