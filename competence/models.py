"""Frameworks as data: an institution can replace the set that Sojourn ships."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class Framework(ClusterableModel):
    """A named set of dimensions and levels, with the credit its source asks for."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    version = models.CharField(_("version"), max_length=20, default="1")
    description = models.TextField(_("description"), blank=True)
    credit = models.TextField(_("credit"), blank=True)
    licence_note = models.TextField(_("licence note"), blank=True)
    is_default = models.BooleanField(
        _("in use"),
        default=False,
        help_text=_("New modules and questions choose from this framework's dimensions."),
    )

    class Meta:
        verbose_name = _("competence framework")
        verbose_name_plural = _("competence frameworks")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="competence_one_framework_in_use",
                violation_error_message=_("Another framework is in use already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Dimension(ClusterableModel, Orderable):
    framework = ParentalKey(Framework, on_delete=models.CASCADE, related_name="dimensions")
    code = models.SlugField(_("code"))
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("competence dimension")
        verbose_name_plural = _("competence dimensions")
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"], name="competence_unique_dimension_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Level(Orderable):
    """How far somebody has come in any of the dimensions; the lowest comes first."""

    framework = ParentalKey(Framework, on_delete=models.CASCADE, related_name="levels")
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "name"], name="competence_unique_level_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Correspondence(models.Model):
    """One line of the crosswalk: what another framework calls a dimension of ours."""

    dimension = ParentalKey(Dimension, on_delete=models.CASCADE, related_name="correspondences")
    source = models.CharField(_("framework"), max_length=100)
    name = models.CharField(_("its name there"), max_length=200)

    class Meta:
        verbose_name = _("correspondence")
        verbose_name_plural = _("correspondences")
        ordering = ["source", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "source", "name"], name="competence_unique_correspondence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.name}"
