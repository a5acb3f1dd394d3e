from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModulesConfig(AppConfig):
    name = "modules"
    verbose_name = _("Modules")

    def ready(self) -> None:
        from wagtail.signals import page_published  # noqa: PLC0415  models are loaded now.

        from modules.changes import hear_publishing  # noqa: PLC0415

        page_published.connect(hear_publishing, dispatch_uid="modules.hear_publishing")
