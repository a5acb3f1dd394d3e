"""Says on a page of the question bank what a regrade means for departures."""

from typing import Any

from django import template
from django.utils import timezone

from quizzes.models import Regrade
from readiness.regrade_effects import effects

register = template.Library()


@register.inclusion_tag("readiness/desk/regrade_effect.html")
def readiness_effect(regrade: Regrade) -> dict[str, Any]:
    return {"regrade": regrade, "effects": effects(regrade, as_of=timezone.now())}
