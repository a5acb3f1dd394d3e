"""What the page editor says about whether a page can be completed."""

from typing import Any

from django import template
from django.utils import timezone

from modules import changes
from modules.checking.findings import Finding
from modules.checking.running import check_one
from modules.models import LessonPage, ModulePage

register = template.Library()


@register.simple_tag
def is_checked(page: Any) -> bool:
    """Whether the page is one that people complete, and has been saved."""
    return isinstance(page, LessonPage | ModulePage) and bool(page.pk)


@register.simple_tag
def findings_on(page: LessonPage | ModulePage) -> list[Finding]:
    """Return what is to be mended on the page as the editor shows it."""
    return check_one(page, at=timezone.now())


@register.simple_tag
def people_affected(page: LessonPage | ModulePage) -> int:
    """Return how many people a material change of the page concerns now."""
    return changes.people_affected(page.translation_key, at=timezone.now())
