"""What stands at the places of a lesson that are one reader's own."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from modules.models import LessonPage
from people.models import User
from progress.journal.forms import AnswerForm
from progress.reading import Reading


class OwnPlaces:
    """Fills the places of one lesson for one reader; without a reading they stay empty."""

    def __init__(self, request: HttpRequest, lesson: LessonPage, reading: Reading | None) -> None:
        self.request = request
        self.lesson = lesson
        self.reading = reading

    def at(self, kind: str, block_id: str) -> str:
        user = self.request.user
        if kind != "reflection" or self.reading is None or not isinstance(user, User):
            return ""
        answer = self.reading.words.answers.get(block_id)
        form = AnswerForm(
            initial={"text": answer.text if answer else ""},
            user=user,
            auto_id=f"answer-{block_id}-%s",
        )
        context = {
            "form": form,
            "answer": answer,
            "block_id": block_id,
            "lesson_key": self.lesson.translation_key,
            "is_recorded": self.reading.is_recorded,
        }
        return render_to_string("progress/journal/at_block.html", context, request=self.request)
