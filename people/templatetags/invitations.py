from django import template
from django.utils import timezone

from people.invitations import Standing, standing_of
from people.models import User

register = template.Library()


@register.simple_tag
def invitation_standing(user: User) -> Standing:
    """How it stands with a person's invitation now: one query."""
    return standing_of(user, user.invitations.first(), as_of=timezone.now())
