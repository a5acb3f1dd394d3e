"""What each audience of the demo works through, in which order. From the content files."""

from collections.abc import Mapping, Sequence
from functools import cache

from exchanges.enums import Audience
from home.course.reading import key, modules
from home.demo.timeline import LessonStep, QuizStep, Step
from quizzes.enums import Purpose
from quizzes.models import Quiz
from readiness.enums import DeclarationKind

MODULES: Mapping[str, Sequence[str]] = {
    Audience.STUDENT: (
        "culture-and-self",
        "communication-styles",
        "safety-law-and-ethics",
        "settling-in",
    ),
    Audience.FACULTY: ("culture-and-self", "joint-projects", "safety-law-and-ethics"),
    Audience.STAFF: ("culture-and-self", "safety-law-and-ethics", "joint-projects"),
}
FOR_ALL = (DeclarationKind.INSURANCE, DeclarationKind.EMERGENCY_CONTACT)
FOR_STUDENTS = (DeclarationKind.PASSPORT, *FOR_ALL)
BY_PROGRAMME: Mapping[str, Sequence[DeclarationKind]] = {
    "erasmus-studies": (DeclarationKind.LEARNING_AGREEMENT,),
    "worldwide-exchange": (DeclarationKind.VISA, DeclarationKind.LEARNING_AGREEMENT),
}


@cache
def steps_by_module() -> Mapping[str, tuple[Step, ...]]:
    """Return the steps of every module of the files: its lessons, then its quizzes.

    Lessons that may be skipped are skipped in the demo.
    """
    return {
        module.name: (
            *(
                LessonStep(module.name, key("page", module.name, each.name), each.data["minutes"])
                for each in lessons
                if not each.data.get("extra")
            ),
            *(QuizStep(quiz, can_fail=False) for quiz in module.data.get("quizzes", [])),
        )
        for module, lessons in modules()
    }


def steps(audience: str, *, quizzes: Mapping[str, Quiz]) -> list[Step]:
    """Return the whole way of an audience; quizzes with a pass mark can be failed."""
    way: list[Step] = []
    for module in MODULES[audience]:
        for step in steps_by_module()[module]:
            if isinstance(step, QuizStep):
                graded = quizzes[step.quiz].purpose == Purpose.GRADED
                way.append(QuizStep(step.quiz, can_fail=graded))
            else:
                way.append(step)
    return way


def documents(audience: str, programme: str) -> list[str]:
    """Return the declarations that the requirement sets of the demo ask for."""
    own = BY_PROGRAMME.get(programme, ()) if audience == Audience.STUDENT else ()
    common = FOR_STUDENTS if audience == Audience.STUDENT else FOR_ALL
    return [document.value for document in (*own, *common)]
