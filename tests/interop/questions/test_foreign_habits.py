"""What files of other systems do, one habit each: it keeps its meaning, or is left out."""

import io
from decimal import Decimal

import pytest
from django.utils import translation

from interop.questions import formats
from interop.questions.messages import explain
from interop.questions.problems import Fault
from interop.questions.records import (
    CannotReadError,
    LeftOut,
    ParsedQuestion,
    UnreadableFileError,
)
from interop.questions.to_bank import draft_of
from quizzes.models import Option
from tests.interop.questions.files import (
    choice,
    exported,
    file_element,
    imported,
    plan,
    png,
    xml,
)

SPACES = ("&nbsp;", "&#160;", "&#xA0;", "\xa0")


def read(text: str | bytes, format_name: str) -> list[ParsedQuestion | LeftOut]:
    data = text.encode() if isinstance(text, str) else text
    return list(formats.read(io.BytesIO(data), format_name))


def gift(text: str) -> ParsedQuestion:
    (question,) = read(text, "gift")
    assert isinstance(question, ParsedQuestion), question
    return question


def moodle(kind: str, inside: str, stem: str = "Who?") -> ParsedQuestion:
    text = f"<questiontext><text><![CDATA[{stem}]]></text></questiontext>"
    name = "<name><text>Q</text></name>"
    (question,) = read(
        xml(f'<question type="{kind}">{name}{text}{inside}</question>'), "moodle-xml"
    )
    assert isinstance(question, ParsedQuestion), question
    return question


def answer(text: str, share: int, more: str = "") -> str:
    return f'<answer fraction="{share}"><text>{text}</text>{more}</answer>'


def refused(question: ParsedQuestion | LeftOut) -> str:
    """The fault, whether the reader finds it or the bank."""
    if isinstance(question, LeftOut):
        return str(question.fault)
    with pytest.raises(CannotReadError) as error:
        draft_of(question)
    return str(error.value.fault)


def remarks(question: ParsedQuestion) -> list[str]:
    return [str(fault) for fault, _detail in draft_of(question)[1]]


def test_an_answer_with_braces_makes_no_questions_of_the_others() -> None:
    text = "::Loop::Which tag?{\n=% for %}\n~{% if %}\n~{{ x }}\n}\n\n::Next::Who?{=a ~b}"
    broken, following = read(text, "gift")

    assert (refused(broken), broken.line, broken.name) == ("stray-brace", 1, "Loop")
    assert (following.line, following.name) == (7, "Next")


def test_a_text_about_tags_is_whole() -> None:
    question = gift("Where does <script> go?{=Into <head> or <style> ~<p> ~<br> ~</a>#No <b>}")

    assert question.stem == "Where does &lt;script&gt; go?"
    assert [one.text for one in question.answers] == [
        "Into &lt;head&gt; or &lt;style&gt;", "&lt;p&gt;", "", "&lt;/a&gt;",
    ]  # fmt: skip
    assert gift("[html]a<style>p</style>b <style>c{T}").stem == "ab &lt;style&gt;c"


def test_a_hostile_number_of_tags_is_read_in_time() -> None:
    question = gift("[html]" + "<script " * 8_000 + "{T}")

    assert question.stem.count("&lt;script") == 8_000


@pytest.mark.parametrize("tag", ["script", "canvas", "input", "select", "textarea", "button"])
def test_what_acts_on_a_page_leaves_a_question_out(tag: str) -> None:
    left, _next = read(xml(choice(stem=f"a <{tag}>b</{tag}>"), choice("Next")), "moodle-xml")

    assert isinstance(left, LeftOut)
    assert (left.fault, left.detail) == ("media", tag)


@pytest.mark.parametrize(
    "stem",
    [
        '<span lang="en" class="multilang">a</span><span lang="es" class="multilang">b</span>',
        "{mlang en}Who?{mlang}{mlang es}¿Quién?{mlang}",
        '<lang lang="en">Who?</lang>',
    ],
)
def test_several_languages_in_one_text_are_left_out(stem: str) -> None:
    (left,) = read(xml(choice(stem=stem)), "moodle-xml")

    assert refused(left) == "several-languages"


def test_too_few_written_answers_leave_a_choice_out() -> None:
    assert refused(gift("Red?{=#ff0000 ~#00ff00 ~blue}")) == "too-few-answers"
    assert remarks(gift("Red?{=red ~blue ~#00ff00}")) == ["empty-answer"]
    assert remarks(gift("Red?{=red ~blue ~ }")) == []


def test_a_choice_with_half_right_answers_only_says_so() -> None:
    assert refused(gift("Who?{=%75%a ~%25%b}")) == "no-full-answer"
    with translation.override("en"):
        assert "the best has 75 per cent" in explain(Fault.NO_FULL_ANSWER, "75")
    assert refused(gift("Who?{=%0%a ~b}")) == "no-right-answer"


def test_every_other_number() -> None:
    question = gift("Many?{#=3 =%0%*#no}")
    assert [(one.text, one.feedback) for one in question.answers] == [("3", ""), ("*", "no")]
    assert draft_of(question)[0].kept == {"otherwise": "no"}

    assert refused(gift("Many?{#=3 =%50%*#nearly}")) == "cannot-be-held"
    assert refused(moodle("numerical", answer("*", 100))) == "cannot-be-held"


@pytest.mark.parametrize(
    ("lines", "shares", "words"),
    [
        (("true", 0, "false", 100), [0, 1], None),
        (("False", 100, "True", 0), [0, 1], None),
        (("<![CDATA[<p>true</p>]]>", 100, "<![CDATA[<p>false</p>]]>", 0), [1, 0], None),
        (("Wahr", 0, "Falsch", 100), [0, 1], ["Wahr", "Falsch"]),
    ],
)
def test_true_and_false_in_whatever_words(
    lines: tuple[str, int, str, int], shares: list[int], words: list[str] | None
) -> None:
    question = moodle("truefalse", answer(*lines[:2]) + answer(*lines[2:]))

    assert [int(one.share) for one in question.answers] == shares
    assert question.extras.get("words") == words
    assert [one.text for one in draft_of(question)[0].options] == (words or ["", ""])


def test_answers_that_say_the_same_are_no_true_or_false() -> None:
    text = xml(f'<question type="truefalse">{answer("", 100)}{answer("", 0)}</question>')

    assert refused(read(text, "moodle-xml")[0]) == "too-few-answers"


def test_the_picture_beside_the_text_in_files_of_moodle_1() -> None:
    data = file_element("x", png()).split(">")[1].split("<")[0]
    old = f"<image>course/map.png</image><image_base64>\n{data}\n</image_base64>"
    question = moodle("multichoice", old + answer("a", 100) + answer("b", 0))

    assert question.stem == 'Who? <img alt="" src="@@PLUGINFILE@@/course_map.png">'
    assert question.files[0].content == png()
    assert remarks(question) == ["missing-alt"]


@pytest.mark.parametrize(
    ("old", "fault"),
    [
        ("<image>map.png</image>", "missing-file"),
        ("<image>https://a.example/map.png</image>", "external-image"),
        ("<image>a.png</image><image_base64>?</image_base64>", "not-an-image"),
    ],
)
def test_an_old_picture_that_is_not_there(old: str, fault: str) -> None:
    assert refused(read(xml(choice(more=old)), "moodle-xml")[0]) == fault


def test_pictures_of_one_name_in_several_texts_stay_apart() -> None:
    picture = '<img src="@@PLUGINFILE@@/image.png" alt="x">'
    inside = "".join(
        f'<answer fraction="{share}" format="html"><text><![CDATA[{picture}]]></text>'
        f"{file_element('image.png', png(colour=colour))}</answer>"
        for share, colour in ((100, "red"), (0, "blue"), (0, "red"))
    )
    question = moodle("multichoice", inside)

    assert [(one.name, one.content) for one in question.files] == [
        ("image.png", png(colour="red")),
        ("2-image.png", png(colour="blue")),
    ]
    assert [one.text.split("/")[1][:-2] for one in question.answers] == [
        "image.png", "2-image.png", "image.png",
    ]  # fmt: skip


def test_a_picture_in_a_hint_is_not_lost() -> None:
    hint = '<![CDATA[See <img src="@@PLUGINFILE@@/a.png" alt="A">]]>'
    more = f'<hint format="html"><text>{hint}</text>{file_element("a.png", png())}</hint>'

    assert refused(read(xml(choice(more=more)), "moodle-xml")[0]) == "hint-picture"


def test_marks_that_stand_in_xml_without_cdata() -> None:
    text = "<questiontext format='html'><text>What <b>is</b> it<br/>now?</text></questiontext>"
    first = '<answer fraction="100"><p>true</p></answer><answer fraction="0"><p>false</p></answer>'
    (question,) = read(xml(f'<question type="truefalse">{text}{first}</question>'), "moodle-xml")

    assert isinstance(question, ParsedQuestion)
    assert question.stem == "What <b>is</b> it<br>now?"
    assert [int(one.share) for one in question.answers] == [1, 0]


def test_what_an_essay_takes_besides_words() -> None:
    assert remarks(moodle("essay", "<attachments>0</attachments>")) == []
    assert remarks(moodle("essay", "<attachments>2</attachments>")) == ["attachments"]
    inside = "<responseformat>noinline</responseformat><attachments>1</attachments>"
    (left,) = read(xml(f'<question type="essay">{inside}</question>'), "moodle-xml")
    assert refused(left) == "cannot-be-held"


def test_an_ordering_of_some_lines_says_that_all_are_asked_for() -> None:
    lines = "".join(answer(text, place) for place, text in enumerate("abc", start=1))
    some = "<selecttype>RANDOM</selecttype><selectcount>2</selectcount>"
    assert remarks(moodle("ordering", some + lines)) == ["all-lines"]
    assert remarks(moodle("ordering", some.replace("RANDOM", "ALL") + lines)) == []
    assert remarks(gift("Sort{>2 CONTIGUOUS VERT\na\nb\nc}")) == ["all-lines"]
    assert remarks(gift("Sort{>3 RANDOM VERT\na\nb\nc}")) == []


def test_a_question_without_a_mark_has_one_and_says_so() -> None:
    question = moodle("essay", "<defaultgrade>0.0</defaultgrade>")

    assert (question.mark, remarks(question)) == (Decimal(1), ["no-mark"])


def test_xml_in_the_encoding_that_it_names() -> None:
    text = '<?xml version="1.0" encoding="{}"?>' + xml(choice(stem="Кто?"))
    for encoding in ("windows-1251", "koi8-r"):
        (question,) = read(text.format(encoding).encode(encoding), "moodle-xml")
        assert isinstance(question, ParsedQuestion)
        assert question.stem == "Кто?"
    for wrong in ("no-such", "zlib", "ascii", "utf-16"):
        (question,) = read(text.format(wrong).encode(), "moodle-xml")
        assert isinstance(question, ParsedQuestion)
        assert question.stem == "Кто?"


def test_markdown_headings_code_and_pictures() -> None:
    stem = "# Title\n## Part #\nwords\n\n```html\na <b>\n\nc\n```\n\nThe end"
    held = stem.replace("#", "\\#").replace("\n", "\\n")
    assert gift(f"[markdown]{held}{{T}}").stem == (
        "<h3>Title</h3><h3>Part</h3><p>words</p><pre>a &lt;b&gt;\n\nc</pre><p>The end</p>"
    )
    (left,) = read("[markdown]See ![map](media/map.png){T}", "gift")
    assert isinstance(left, LeftOut)
    assert (left.fault, left.detail) == ("external-image", "media/map.png")


def test_the_name_of_what_is_left_out_is_its_words() -> None:
    (left,) = read("[html]Where is it? <video>{T}", "gift")

    assert (left.name, refused(left)) == ("Where is it? <video>{T}", "media")


def test_a_description_is_left_out_as_one_whatever_it_shows() -> None:
    text = "<questiontext><text>&lt;video&gt;&lt;/video&gt;</text></questiontext>"
    (left,) = read(xml(f'<question type="description">{text}</question>'), "moodle-xml")

    assert refused(left) == "description"


def test_a_file_of_another_plain_format_is_not_taken_for_gift() -> None:
    aiken = io.BytesIO(b"Who bows?\nA. Ana\nB. Ben\nANSWER: B\n")

    with pytest.raises(UnreadableFileError) as error:
        formats.guess(aiken, "quiz.txt")
    assert error.value.fault == Fault.UNKNOWN_FORMAT
    assert formats.guess(io.BytesIO(b"Only words\n"), "quiz.txt") == "gift"


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("NUMERICAL", "asks for a number"),
        ("MULTIRESPONSE_H", "one for each gap"),
        ("attachments", "people write a text"),
        ("*", "a number is needed"),
    ],
)
def test_why_there_is_no_place_is_said_in_words(detail: str, words: str) -> None:
    with translation.override("en"):
        assert words in explain(Fault.CANNOT_BE_HELD, detail)


@pytest.mark.parametrize(
    ("kind", "inside", "stem"),
    [
        ("cloze", "", 'See {{1:MULTICHOICE:=<img src="@@PLUGINFILE@@/a.png">~b}}'),
        (
            "gapselect",
            "<selectoption><text>&lt;img src='a'&gt;</text></selectoption>",
            "See [[1]]",
        ),
        (
            "matching",
            "<subquestion><answer><text>&lt;img src='a'&gt;</text></answer></subquestion>",
            "See",
        ),
    ],
)
def test_pictures_to_be_picked_are_not_lost(kind: str, inside: str, stem: str) -> None:
    stem = stem.replace("{{", "{").replace("}}", "}")
    text = f"<questiontext format='html'><text><![CDATA[{stem}]]></text></questiontext>"
    (left,) = read(xml(f'<question type="{kind}">{text}{inside}</question>'), "moodle-xml")

    assert isinstance(left, LeftOut)
    assert (left.fault, left.detail) == ("cannot-be-held", "picture")


def test_characters_are_the_same_however_they_are_written() -> None:
    stems = {gift(f"[html]<p>a{space}b &lt;i&gt; &amp;\\n c</p>{{T}}").stem for space in SPACES}

    assert stems == {"<p>a\xa0b &lt;i&gt; &amp;  c</p>"}
    assert gift("[html]<pre>a\\nb</pre>{T}").stem == "<pre>a\nb</pre>"


@pytest.mark.django_db
def test_a_question_with_pictures_in_its_options_is_imported_and_changed_in_place() -> None:
    def file(*colours: str) -> str:
        answers = "".join(
            f'<answer fraction="{100 - 100 * bool(place)}" format="html"><text><![CDATA['
            f'<img src="@@PLUGINFILE@@/{colour}.png" alt="{colour}">]]></text>'
            f"{file_element(f'{colour}.png', png(colour=colour))}</answer>"
            for place, colour in enumerate(colours)
        )
        text = "<questiontext><text>Which?</text></questiontext>"
        name = "<name><text>Q</text></name>"
        return xml(f'<question type="multichoice">{name}{text}{answers}</question>')

    imported(file("red", "blue"), "moodle-xml")
    red, _blue = Option.objects.order_by("sort_order")
    assert 'embedtype="image"' in red.text
    assert imported(exported("moodle-xml"), "moodle-xml").counts["unchanged"] == 1

    imported(file("green", "red"), "moodle-xml")
    assert [one.pk == red.pk for one in Option.objects.order_by("sort_order")] == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize("format_name", ["gift", "moodle-xml", "csv"])
def test_what_other_systems_say_of_shuffling_and_scoring_comes_back(format_name: str) -> None:
    fixed = "<shuffleanswers>0</shuffleanswers>"
    several = "<single>false</single>" + answer("a", 50) + answer("b", 50) + answer("c", -100)
    stem = "<questiontext format='html'><text>One\nline</text></questiontext>"
    name = "<name><text>M</text></name>"
    questions = [f'<question type="multichoice">{name}{stem}{fixed}{several}</question>']
    if format_name != "csv":
        questions.append(
            f'<question type="truefalse"><name><text>T</text></name><questiontext><text>So?</text>'
            f"</questiontext>{fixed}{answer('true', 100)}{answer('false', 0)}</question>"
        )
    imported(xml(*questions), "moodle-xml")

    again = plan(exported(format_name), format_name)
    assert [step.reasons for step in again.steps if step.action != "unchanged"] == []
    assert again.counts["unchanged"] == len(questions)


def test_tags_to_be_picked_are_words() -> None:
    pairs = "".join(
        f"<subquestion><text>{prompt}</text><answer><text>&lt;{tag}&gt;</text></answer></subquestion>"
        for prompt, tag in (("a picture", "img"), ("bold", "b"))
    )
    assert [one.answer for one in moodle("matching", pairs).pairs] == ["<img>", "<b>"]

    boxes = "".join(
        f"<selectoption><text>&lt;{tag}&gt;</text><group>1</group></selectoption>"
        for tag in ("img", "p")
    )
    (gap,) = moodle("gapselect", boxes, "A picture: [[1]]").gaps
    assert [one.text for one in gap.answers] == ["<img>", "<p>"]
    (gap,) = moodle("cloze", "", "A picture: {1:MC:=&lt;img&gt;~<p>~<b>both</b>}").gaps
    assert [one.text for one in gap.answers] == ["<img>", "<p>", "both"]
