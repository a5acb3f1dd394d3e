"""The way back from a quiz to its module, for the quizzes' own pages."""

from django import template
from django.db.models import Q
from django.http import HttpRequest

from modules.languages import originals, put_into_words
from modules.models import ModulePage
from modules.rereading import Reading, to_read_again
from quizzes.models import Quiz
from quizzes.rereading import Missed

register = template.Library()


@register.simple_tag
def modules_of_quiz(quiz: Quiz, request: HttpRequest) -> list[ModulePage]:
    """Return the published modules with this quiz, as a step or a review, that are open."""
    named = ModulePage.objects.live().filter(Q(module_quizzes__quiz=quiz) | Q(review_quiz=quiz))
    modules = list(originals(named.distinct()).order_by("path"))
    put_into_words(modules)
    return [
        module
        for module in modules
        if all(
            restriction.accept_request(request) for restriction in module.get_view_restrictions()
        )
    ]


@register.simple_tag
def readings_for(missed: Missed, quiz: Quiz, request: HttpRequest) -> list[Reading]:
    """Return the pages that teach what was missed in an attempt."""
    return to_read_again(missed, quiz, request)
