"""A module with everything that travels, and the same site after it was deleted."""

from dataclasses import dataclass

import pytest
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site

from library.models import CustomDocument, CustomImage
from modules.models import CataloguePage, GlossaryTerm, LessonPage, ModulePage, ModuleQuiz
from people.models import User
from quizzes.models import Question, QuestionCategory, Quiz, QuizDraw, QuizSection, QuizVersion
from quizzes.publishing import publish
from tests.factories.kinds import banked, likert, short
from tests.factories.library import CAPTIONS, DocumentFactory
from tests.factories.modules import (
    CataloguePageFactory,
    ImmersionPreparationPageFactory,
    LessonPageFactory,
    TrainingSessionPageFactory,
)
from tests.factories.quizzes import (
    QuestionFactory,
    QuizFactory,
    questions_of,
)
from tests.interop.modules.files import AT, exported


@dataclass
class World:
    """A site with one module of each thing, its file, and a page outside that it links to."""

    catalogue: CataloguePage
    module: ModulePage
    lesson: LessonPage
    other: ModulePage
    quiz: Quiz
    content: bytes

    def forget(self) -> None:
        """Delete the module and all that came with it."""
        Page.objects.get(pk=self.module.pk).delete()
        Quiz.objects.update(live_version=None)
        QuizVersion.objects.all()._raw_delete("default")
        Quiz.objects.all().delete()
        Question.objects.all().delete()
        GlossaryTerm.objects.all().delete()
        QuestionCategory.objects.all().delete()
        CustomImage.objects.all().delete()
        CustomDocument.objects.all().delete()


def a_quiz(image: CustomImage, page: Page) -> Quiz:
    """A quiz with a question for the question file, and others that only JSON holds."""
    pool = QuestionCategory.objects.create(name="Pool")
    shown = QuestionFactory.create(
        name="Shown",
        stem=f'<p>See <a linktype="page" id="{page.pk}">this</a>.</p>'
        f'<embed embedtype="image" alt="A harbour" format="left" id="{image.pk}"/>',
    )
    heard = QuestionFactory.create(
        name="Heard",
        recording=DocumentFactory.create(name="talk.mp3", content=b"ID3"),
        transcript="Hello.",
    )
    agree, drawn = banked(likert("agree")), banked(short("drawn"), category=pool)
    Question.objects.filter(pk=agree.pk).update(name="agree")
    Question.objects.filter(pk=drawn.pk).update(name="Drawn")
    questions = [QuestionFactory.create(name="Plain"), shown, heard, agree]
    quiz = QuizFactory.create(title="Check yourself", questions=questions, pass_mark=70)
    section = QuizSection.objects.create(quiz=quiz, heading="More", sort_order=9)
    QuizDraw.objects.create(section=section, category=pool, count=1)
    publish(quiz, by=None, at=AT)
    return quiz


def a_body(image: CustomImage, quiz: Quiz, first: Page, other: Page) -> list[dict[str, object]]:
    sheet = DocumentFactory.create(name="sheet.pdf", title="Sheet")
    video = DocumentFactory.create(name="meet.mp4", content=b"mp4")
    captions = DocumentFactory.create(name="meet.vtt", content=CAPTIONS)
    term = GlossaryTerm.objects.create(
        term="Norm", definition=f'<p>A rule, see <a linktype="page" id="{other.pk}">more</a>.</p>'
    )
    root = Site.objects.get(is_default_site=True).root_url
    return [
        {
            "type": "text",
            "value": f'<p>Go to <a linktype="page" id="{first.pk}">the first</a>, '
            f'<a linktype="page" id="{other.pk}">the other</a>, '
            f'<a linktype="document" id="{sheet.pk}">the sheet</a>, '
            f'<a href="{root}/my/">my page</a> or <a href="https://example.org/">out</a>.</p>',
        },
        {
            "type": "figure",
            "value": {
                "image": {"image": image.pk, "alt_text": "A harbour", "decorative": False},
                "caption": "At noon",
            },
        },
        {"type": "download", "value": {"document": sheet.pk, "about": "To fill in."}},
        {
            "type": "video",
            "value": {
                "title": "Meeting", "minutes": 2, "transcript": "<p>Hello.</p>",
                "recording": video.pk, "captions": captions.pk,
            },
        },
        {"type": "knowledge_check", "value": {"quiz": quiz.pk, "reason": "To see."}},
        {"type": "glossary_term", "value": {"term": term.pk}},
        {
            "type": "checklist",
            "value": {"title": "Pack", "tasks": [{"text": "One"}, {"text": "Two"}]},
        },
    ]  # fmt: skip


@pytest.fixture
def world(db: None, trainer: User) -> World:
    catalogue: CataloguePage = CataloguePageFactory.create()
    module: ModulePage = TrainingSessionPageFactory.create(
        title="Meeting people", slug="meeting-people", parent=catalogue
    )
    other: ModulePage = ImmersionPreparationPageFactory.create(title="Other", parent=catalogue)
    image = CustomImage.objects.create(
        title="Harbour", description="A harbour", credit="Somebody, CC0",
        file=get_test_image_file("harbour.png"),
    )  # fmt: skip
    first = LessonPageFactory.create(title="First", slug="first", parent=module, is_extra=True)
    quiz = a_quiz(image, other)
    lesson: LessonPage = LessonPageFactory.create(
        title="Second", slug="second", parent=module, minutes=None,
        body=a_body(image, quiz, first, other),
    )  # fmt: skip
    LessonPageFactory.create(title="Draft of a lesson", parent=module, live=False)
    module.module_quizzes = [ModuleQuiz(quiz=quiz, is_extra=True)]
    module.save()
    module = ModulePage.objects.get(pk=module.pk).specific
    assert len(questions_of(quiz)) == 4
    return World(catalogue, module, lesson, other, quiz, exported(module))
