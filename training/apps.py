from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """The roof: it has no records, only the checks of how the house is set up."""

    name = "training"

    def ready(self) -> None:
        from training import checks  # noqa: F401, PLC0415  registers itself by being imported.
