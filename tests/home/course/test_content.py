"""The course keeps its own rules: short lessons, fair questions, no national character."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from competence.loading import HOUSE_FRAMEWORK, read_framework
from home.course.reading import Entry, guides, modules, quizzes, read, site, terms
from home.demo import institution, requirements
from modules.blocks import FOR_TRAINERS
from modules.guides.questions import Question

FRAMEWORK = read_framework(HOUSE_FRAMEWORK)
ALL_MODULES = list(modules())
GUIDES = list(guides())
PAGES = [
    (f"{module.name}/{lesson.name}", lesson) for module, all_ in ALL_MODULES for lesson in all_
]
LESSONS = [(name, page) for name, page in PAGES if "task" not in page.data]
TASKS = [(name, page) for name, page in PAGES if "task" in page.data]
QUIZZES = {entry.name: entry.data for entry in quizzes()}
SITUATIONS = [
    question
    for quiz in QUIZZES.values()
    for question in quiz.get("questions", [])
    if question.get("kind") == "situational"
]
INSTITUTION = read(institution.FILE)
REQUIREMENTS = read(requirements.FILE)
DOING = {
    "branching_scenario",
    "checklist",
    "comparison",
    "critical_incident",
    "observation_exercise",
    "reflection",
    "time_zone_planner",
}
NOT_PROSE = {"drawing", "tone", "link", "name", "goes_to", "zones"}
# A people as the subject of a habit, such as “Germans are”, is what the course warns of.
NATIONAL_CHARACTER = re.compile(
    r"\b(Swedes|Germans|French|Italians|Spaniards|Japanese|Koreans|Chinese|Indians|Americans|"
    r"Africans|Asians|Arabs|Europeans|Latinos?|Westerners)\b"
)

RESEARCH = re.compile(
    r"\b([Ii]n studies|(a|A) (\w+ )?(study|review) of|[Ss]tudies (of|show|find|found|suggest)|"
    r"[Rr]esearch (shows?|finds|found|has (shown|found)|suggests)|[Rr]esearchers (say|find|found)|"
    r"[Pp]eople who have studied this)\b"
)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NOT_PROSE:
                yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def words(value: Any) -> int:
    return sum(len(text.split()) for text in texts(value))


def words_read(block: dict[str, Any]) -> int:
    """Of a branching scenario people read one way, of notes for trainers nothing."""
    [(kind, value)] = block.items()
    if kind in FOR_TRAINERS:
        return 0
    if kind != "branching_scenario":
        return words(value)
    around = {name: part for name, part in value.items() if name != "scenes"}
    scenes = {scene["name"]: scene for scene in value["scenes"]}
    return words(around) + words_on_from(value["scenes"][0], scenes)


def words_on_from(scene: dict[str, Any], scenes: dict[str, dict[str, Any]]) -> int:
    choices = scene.get("choices", [])
    here = words([scene["text"], *(choice["text"] for choice in choices)])
    return here + max(
        (
            words([choice["for_you"], choice["for_them"]])
            + (words_on_from(scenes[choice["goes_to"]], scenes) if choice["goes_to"] else 0)
            for choice in choices
        ),
        default=0,
    )


@pytest.mark.parametrize("entry", [pytest.param(each, id=each.name) for each in terms()])
def test_a_term_is_short_leads_on_and_has_a_source_whole_or_not_at_all(entry: Entry) -> None:
    assert 20 <= words(entry.data["definition"]) <= 70
    assert entry.data["see"]
    assert entry.name not in entry.data["see"]
    assert set(entry.data.get("source", {})) in ({"title", "link", "consulted_on"}, set())
    assert not NATIONAL_CHARACTER.search(entry.data["definition"])


def test_lessons_explain_some_of_the_terms() -> None:
    used = {
        block["glossary_term"]
        for _name, page in PAGES
        for block in page.data["body"]
        if "glossary_term" in block
    }

    assert len(used) >= 6
    assert used <= {entry.name for entry in terms()}


def test_every_term_is_there_in_spanish_in_words_of_its_own() -> None:
    originals = {entry.name: entry.data for entry in terms()}
    spanish = {entry.name: entry.data for entry in terms("es")}
    names = [data["term"].casefold() for data in spanish.values()]

    assert spanish.keys() == originals.keys()
    assert len(names) == len(set(names)) == len(list(terms("es")))
    for name, data in spanish.items():
        assert data["definition"] != originals[name]["definition"], name
        assert 20 <= words(data["definition"]) <= 75, name
        emphasis = data["definition"].count("*"), originals[name]["definition"].count("*")
        assert emphasis[0] == emphasis[1], name


def test_the_course_has_its_modules() -> None:
    lessons = {module.name: len(lessons) for module, lessons in ALL_MODULES}

    assert lessons.keys() >= {
        "culture-and-self",
        "communication-styles",
        "adjustment-and-well-being",
        "safety-law-and-ethics",
        "joint-projects",
        "settling-in",
        "return-and-integration",
        "going-to-sweden",
        "story-circle",
        "team-charter",
    }
    assert all(count >= 2 for count in lessons.values())


@pytest.mark.parametrize("lesson", [pytest.param(each, id=name) for name, each in LESSONS])
def test_a_lesson_can_be_read_in_one_sitting(lesson: Entry) -> None:
    kinds = Counter(kind for block in lesson.data["body"] for kind in block)

    assert 250 <= sum(words_read(block) for block in lesson.data["body"]) <= 750
    assert 5 <= lesson.data["minutes"] <= 20
    assert kinds["key_points"] == 1


@pytest.mark.parametrize("task", [pytest.param(each, id=name) for name, each in TASKS])
def test_a_task_says_what_to_do_what_is_handed_in_and_how_it_is_looked_at(task: Entry) -> None:
    rows = task.data["task"]["rubric"]
    text = "\n".join(texts(task.data["body"]))

    assert 150 <= words(task.data["body"]) <= 350
    assert 30 <= task.data["minutes"] <= 120
    assert "## Being fair" in text
    assert "## What you hand in" in text
    assert 2 <= len(rows) <= 4
    assert all(len(row["levels"]) == 3 for row in rows)


def test_a_lesson_makes_people_do_something_unless_it_is_the_plan_of_a_workshop() -> None:
    idle = {
        f"{module.name}/{lesson.name}"
        for module, lessons in ALL_MODULES
        if module.data["kind"] != "workshop"
        for lesson in lessons
        if "task" not in lesson.data
        and not DOING & {kind for block in lesson.data["body"] for kind in block}
    }

    assert idle == set()


def test_who_speaks_of_what_studies_found_names_the_publication() -> None:
    speaking = {
        name: {kind for block in page.data["body"] for kind in block}
        for name, page in PAGES
        if any(RESEARCH.search(text) for text in texts(page.data))
    }

    assert len(speaking) >= 2
    assert [name for name, kinds in speaking.items() if "source" not in kinds] == []
    assert not RESEARCH.search("\n".join(texts([*QUIZZES.values(), site()])))


@pytest.mark.parametrize("lesson", [pytest.param(each, id=name) for name, each in LESSONS])
def test_a_lesson_ends_with_its_key_points_and_after_them_its_sources(lesson: Entry) -> None:
    kinds = [kind for block in lesson.data["body"] for kind in block]

    assert set(kinds[kinds.index("key_points") + 1 :]) <= {"source"}
    assert "source" not in kinds[: kinds.index("key_points")]


def test_every_workshop_has_notes_for_who_leads_it() -> None:
    without = {
        module.name
        for module, lessons in ALL_MODULES
        if module.data["kind"] == "workshop"
        and not any(FOR_TRAINERS & block.keys() for each in lessons for block in each.data["body"])
    }

    assert without == set()


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation["name"])
def test_a_situation_obeys_the_rules_for_authors(situation: dict[str, Any]) -> None:
    options = situation["options"]
    points = [option["points"] for option in options]
    lengths = [len(option["text"].split()) for option in options]

    assert len(situation["stem"].split()) <= 90
    assert len(options) == 4
    assert points.count(3) == 1
    assert 2 in points, "At least one option is good but incomplete."
    assert max(lengths) <= 1.6 * min(lengths), "Options are of similar length."
    assert all(20 <= len(option["feedback"].split()) <= 50 for option in options)


def test_the_best_option_is_seldom_the_longest() -> None:
    longest = [
        max(situation["options"], key=lambda option: len(option["text"].split()))
        for situation in SITUATIONS
    ]

    assert [option["points"] for option in longest].count(3) <= len(SITUATIONS) / 3


def test_the_safety_quiz_mixes_two_kinds_and_explains_every_option() -> None:
    questions = QUIZZES["safety"]["questions"]

    assert Counter(question["kind"] for question in questions) == {"single": 5, "multiple": 3}
    assert QUIZZES["safety"]["pass_mark"] == 80
    for question in questions:
        right = sum(option["right"] for option in question["options"])
        assert (right == 1) == (question["kind"] == "single"), question["name"]
        assert all(len(option["feedback"].split()) >= 8 for option in question["options"])


@pytest.mark.parametrize(("name", "times"), [("where-i-stand", 4), ("where-i-stand-now", 2)])
def test_a_self_assessment_asks_as_often_about_every_dimension(name: str, times: int) -> None:
    quiz = QUIZZES[name]
    asked = Counter(
        code for question in quiz.get("questions", []) for code in question["dimensions"]
    )

    assert asked == {dimension["code"]: times for dimension in FRAMEWORK["dimensions"]}
    assert len(quiz["scale"]) == 5


def test_what_is_asked_after_the_return_was_asked_before() -> None:
    before, after = (
        {question["stem"] for question in QUIZZES[name]["questions"]}
        for name in ("where-i-stand", "where-i-stand-now")
    )

    assert after < before


def test_every_quiz_belongs_to_one_module() -> None:
    data = [module.data for module, _lessons in ALL_MODULES]
    linked = [name for each in data for name in each.get("quizzes", [])]
    linked += [each["review"] for each in data if "review" in each]

    assert sorted(linked) == sorted(QUIZZES)


@pytest.mark.parametrize("data", [site(), INSTITUTION, REQUIREMENTS])
def test_no_single_file_speaks_of_national_character(data: dict[str, Any]) -> None:
    assert not [text for text in texts(data) if NATIONAL_CHARACTER.search(text)]


def test_no_lesson_or_question_speaks_of_national_character() -> None:
    everything = [
        *texts([module.data for module, _lessons in ALL_MODULES]),
        *texts([lesson.data for _name, lesson in LESSONS]),
        *texts(list(QUIZZES.values())),
        *texts([guide.data for guide in GUIDES]),
    ]

    assert not [text for text in everything if NATIONAL_CHARACTER.search(text)]


def test_every_country_with_a_module_has_a_guide_and_the_general_one_answers_everything() -> None:
    countries = {guide.data["country"] for guide in GUIDES if guide.data["layer"] == "country"}
    general = next(guide.data for guide in GUIDES if guide.data["layer"] == "general")
    answered = {line["advice"]["question"] for line in general["answers"]}

    assert countries == {
        code for module, _lessons in ALL_MODULES for code in module.data.get("destinations", [])
    }
    assert answered == set(Question.values)
    assert [guide.data["layer"] for guide in GUIDES].count("institution") == 1
    assert [guide.data["layer"] for guide in GUIDES].count("region") == 1


def test_what_files_refer_to_exists() -> None:
    codes = {dimension["code"] for dimension in FRAMEWORK["dimensions"]}
    names = {module.name for module, _lessons in ALL_MODULES}
    programmes = {programme["code"] for programme in INSTITUTION["programmes"]}
    sets = REQUIREMENTS["sets"]
    lines = [line for each in sets for line in each["requirements"]]

    assert {code for module, _lessons in ALL_MODULES for code in module.data["dimensions"]} <= codes
    assert {
        row["dimension"] for _name, task in TASKS for row in task.data["task"]["rubric"]
    } <= codes
    assert {
        code
        for quiz in QUIZZES.values()
        for question in quiz.get("questions", [])
        for code in question["dimensions"]
    } == codes
    assert {line["module"] for line in lines if "module" in line} <= names
    assert {line["quiz"] for line in lines if "quiz" in line} <= set(QUIZZES)
    assert {each["programme"] for each in sets if "programme" in each} <= programmes


def test_every_module_of_teaching_asks_again() -> None:
    without = {
        module.name
        for module, _all in ALL_MODULES
        if "review" not in module.data and module.data.get("quizzes")
    }

    assert without == set()
    assert (
        len({module.data["review"] for module, _all in ALL_MODULES if "review" in module.data})
        == 10
    )


def test_a_review_has_five_questions_and_its_three_sets_need_not_repeat_one() -> None:
    named = [module.data["review"] for module, _all in ALL_MODULES if "review" in module.data]
    written = Counter(
        question.get("category", quiz["category"])
        for quiz in QUIZZES.values()
        for question in quiz.get("questions", [])
    )

    for name in named:
        draws = QUIZZES[name]["draws"]
        assert sum(draw["count"] for draw in draws) == 5, name
        assert all(3 * draw["count"] <= written[draw["category"]] for draw in draws), name


QUESTIONS_OF_REVIEWS: list[dict[str, Any]] = [
    question
    for quiz in QUIZZES.values()
    if "draws" in quiz
    for question in quiz.get("questions", [])
]


@pytest.mark.parametrize("question", QUESTIONS_OF_REVIEWS, ids=lambda question: question["name"])
def test_a_question_of_a_review_is_short_and_explains_every_option(
    question: dict[str, Any],
) -> None:
    right = sum(option["right"] for option in question["options"])

    assert len(question["stem"].split()) <= 45
    assert len(question["options"]) == 4
    assert (right == 1) == (question["kind"] == "single")
    assert all(17 <= len(option["feedback"].split()) <= 50 for option in question["options"])


def test_the_right_option_of_a_review_is_seldom_the_longest() -> None:
    single = [question for question in QUESTIONS_OF_REVIEWS if question["kind"] == "single"]
    longest = [
        max(question["options"], key=lambda option: len(option["text"].split()))
        for question in single
    ]

    assert sum(option["right"] for option in longest) <= len(single) / 3
