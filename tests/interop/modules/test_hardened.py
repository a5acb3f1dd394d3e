"""Files that are broken, or made to do harm, are refused whole and with their reason."""

import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from PIL import Image

from interop.modules import archive
from interop.modules.faults import Fault, RefusedError
from interop.modules.reading import read
from modules.models import LessonPage
from tests.interop.modules.conftest import World
from tests.interop.modules.files import entries, imported, packed, planned, spoilt, told

SMALL = {"module.json": b"{}"}


def problems_of(content: bytes) -> list[str]:
    with pytest.raises(RefusedError) as refusal:
        read(io.BytesIO(content))
    return [code for code, _detail in refusal.value.problems]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(b"", Fault.NOT_A_ZIP, id="empty"),
        pytest.param(b"%PDF-1.7 no zip at all", Fault.NOT_A_ZIP, id="another sort"),
        pytest.param(packed(SMALL)[:40], Fault.NOT_A_ZIP, id="cut off"),
        pytest.param(packed({"quizzes/questions.xml": b"<quiz/>"}), Fault.MISSING_ENTRY, id="bare"),
        pytest.param(packed({**SMALL, "../evil": b""}), Fault.UNSAFE_NAME, id="up"),
        pytest.param(packed({**SMALL, "media/../../evil": b""}), Fault.UNSAFE_NAME, id="within"),
        pytest.param(packed({**SMALL, "/etc/passwd": b""}), Fault.UNSAFE_NAME, id="absolute"),
        pytest.param(packed({**SMALL, "media\\evil": b""}), Fault.UNSAFE_NAME, id="backslash"),
        pytest.param(packed({**SMALL, "C:evil": b""}), Fault.UNSAFE_NAME, id="drive"),
        pytest.param(packed({**SMALL, "MODULE.JSON": b""}), Fault.UNKNOWN_ENTRY, id="case"),
        pytest.param(
            packed({**SMALL, "media/A.png": b"", "media/a.png": b""}), Fault.UNSAFE_NAME, id="twice"
        ),
        pytest.param(packed({**SMALL, "readme.txt": b""}), Fault.UNKNOWN_ENTRY, id="stranger"),
        pytest.param(packed({**SMALL, "media/é.png": b""}), Fault.UNKNOWN_ENTRY, id="not plain"),
        pytest.param(packed({"module.json": b"\xff\xfe{"}), Fault.NOT_UTF8, id="not UTF-8"),
        pytest.param(packed({"module.json": b"{"}), Fault.NOT_JSON, id="not JSON"),
        pytest.param(packed({"module.json": b"[" * 100_000}), Fault.PACKED_TOO_TIGHT, id="deep"),
        pytest.param(packed({"module.json": b"[" * 50_000}), Fault.NOT_JSON, id="less deep"),
        pytest.param(packed({"module.json": b"[]"}), Fault.NOT_A_MODULE, id="a list"),
        pytest.param(packed(SMALL), Fault.NOT_A_MODULE, id="no format"),
        pytest.param(
            packed({"module.json": b'{"format": "sojourn-module", "version": 2, "new": 1}'}),
            Fault.NEWER,
            id="newer",
        ),
        pytest.param(
            packed({"module.json": b'{"format": "sojourn-module", "version": 1}'}),
            Fault.WRONG_SHAPE,
            id="half",
        ),
    ],
)
def test_a_file_that_is_no_module_says_why(content: bytes, fault: Fault) -> None:
    assert problems_of(content)[0] == fault


def test_a_bomb_is_seen_before_it_is_unpacked() -> None:
    bomb = packed({**SMALL, "media/bomb.bin": b"\0" * 10 * archive.MEGABYTE})
    assert len(bomb) < 20_000
    assert problems_of(bomb) == [Fault.PACKED_TOO_TIGHT]
    large = packed({**SMALL, "media/large.bin": b"\0" * (archive.MOST_OF_ENTRY + 1)})
    assert problems_of(large) == [Fault.ENTRY_TOO_LARGE]


def test_many_entries_and_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = {f"media/{number}.bin": b"" for number in range(archive.MOST_ENTRIES)}
    assert problems_of(packed({**SMALL, **crowd})) == [Fault.TOO_MANY_ENTRIES]
    monkeypatch.setattr(archive, "MOST_UNPACKED", 100)
    assert problems_of(packed({**SMALL, "media/a.bin": b"x" * 99})) == [Fault.TOO_LARGE]
    monkeypatch.setattr(archive, "MOST_BYTES", 10)
    assert problems_of(packed(SMALL)) == [Fault.TOO_LARGE]


def test_a_head_that_lies_about_the_size_is_found_out() -> None:
    honest = packed({"module.json": b"x" * 1_000})
    lying = honest.replace(struct.pack("<L", 1_000), struct.pack("<L", 10))
    assert lying != honest
    assert problems_of(lying) == [Fault.BROKEN_ENTRY]


def test_links_and_passwords_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        link = zipfile.ZipInfo("media/link")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    assert problems_of(made.getvalue()) == [Fault.UNSAFE_NAME]
    locked = bytearray(packed({"module.json": b"{}"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert problems_of(bytes(locked)) == [Fault.ENCRYPTED]


def term_of(data: dict[str, Any]) -> Any:
    return next(iter(data["terms"].values()))


Change = Callable[[dict[str, Any]], Any]


def second(data: dict[str, Any]) -> list[Any]:
    body: list[Any] = data["steps"][1]["body"]
    return body


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            lambda data: second(data).append({"type": "hologram", "value": "x"}),
            Fault.UNKNOWN_BLOCK,
            id="block",
        ),
        pytest.param(lambda data: second(data).append("x"), Fault.UNKNOWN_BLOCK, id="no block"),
        pytest.param(
            lambda data: second(data)[1]["value"].update(tint="red"),
            Fault.UNKNOWN_FIELD,
            id="field",
        ),
        pytest.param(
            lambda data: second(data)[1].update(value=[1]), Fault.WRONG_VALUE, id="no struct"
        ),
        pytest.param(
            lambda data: second(data)[6]["value"].update(tasks="x"), Fault.WRONG_VALUE, id="no list"
        ),
        pytest.param(
            lambda data: second(data)[3]["value"].update(minutes=10_000),
            Fault.WRONG_VALUE,
            id="too many minutes",
        ),
        pytest.param(
            lambda data: second(data)[3]["value"].update(title="\0"), Fault.WRONG_VALUE, id="zero"
        ),
        pytest.param(
            lambda data: second(data)[0].update(value={"html": 1}), Fault.WRONG_VALUE, id="no text"
        ),
        pytest.param(
            lambda data: second(data)[0].update(value="<b>" * 30_000),
            Fault.WRONG_VALUE,
            id="nested",
        ),
        pytest.param(
            lambda data: second(data)[2]["value"].update(document=7), Fault.WRONG_VALUE, id="a pk"
        ),
        pytest.param(
            lambda data: second(data)[2]["value"].update(document="document-" + "0" * 40),
            Fault.UNKNOWN_REFERENCE,
            id="unknown document",
        ),
        pytest.param(
            lambda data: second(data)[0].update(value='<p><a linktype="page" id="1">x</a></p>'),
            Fault.UNKNOWN_REFERENCE,
            id="unknown page",
        ),
        pytest.param(
            lambda data: data["module"]["quizzes"].append("quiz-" + "0" * 36),
            Fault.UNKNOWN_REFERENCE,
            id="unknown quiz",
        ),
        pytest.param(
            lambda data: next(iter(data["terms"].values())).update(source_link="javascript:x()"),
            Fault.WRONG_VALUE,
            id="source of a term",
        ),
        pytest.param(
            lambda data: next(iter(data["terms"].values())).update(source_title="Half a source"),
            Fault.WRONG_VALUE,
            id="half a source",
        ),
        pytest.param(
            lambda data: data["terms"].update({"term-" + "0" * 36: term_of(data)}),
            Fault.WRONG_VALUE,
            id="term twice",
        ),
        pytest.param(
            lambda data: data["module"].update(extra_quizzes=["quiz-" + "0" * 36]),
            Fault.WRONG_VALUE,
            id="unknown extra",
        ),
        pytest.param(lambda data: data["module"].update(key="x"), Fault.WRONG_SHAPE, id="key"),
        pytest.param(lambda data: data["module"].update(extra=1), Fault.WRONG_SHAPE, id="extra"),
        pytest.param(lambda data: data["module"].update(title="\0"), Fault.WRONG_SHAPE, id="title"),
        pytest.param(
            lambda data: data["module"].update(type="course"), Fault.WRONG_SHAPE, id="type"
        ),
        pytest.param(
            lambda data: data["module"].update(phase="never"), Fault.WRONG_VALUE, id="phase"
        ),
        pytest.param(
            lambda data: data["module"].update(slug="a b/../c"), Fault.WRONG_VALUE, id="slug"
        ),
        pytest.param(
            lambda data: data["module"].update(audiences=["cats"]), Fault.WRONG_VALUE, id="audience"
        ),
        pytest.param(
            lambda data: data["module"].update(destinations=["XX"]), Fault.WRONG_VALUE, id="country"
        ),
        pytest.param(
            lambda data: data["steps"][0].update(rule="slept"), Fault.WRONG_VALUE, id="rule"
        ),
        pytest.param(
            lambda data: data["steps"][0].update(minutes=10**30), Fault.WRONG_VALUE, id="minutes"
        ),
        pytest.param(
            lambda data: data["steps"][0].update(minutes=70_000), Fault.WRONG_VALUE, id="minutes 2"
        ),
        pytest.param(
            lambda data: data["steps"][0].update(key=data["steps"][1]["key"]),
            Fault.WRONG_VALUE,
            id="key twice",
        ),
        pytest.param(
            lambda data: data["steps"][0].update(
                type="immersion_task", task_kind="interview", evidence="text"
            ),
            Fault.KIND_NOT_ALLOWED,
            id="task in a session",
        ),
        pytest.param(
            lambda data: data["steps"][0].update(
                type="immersion_task", task_kind="interview", evidence="text", is_extra=True
            ),
            Fault.WRONG_VALUE,
            id="extra task",
        ),
        pytest.param(
            lambda data: next(iter(data["images"].values())).update(file="other.png"),
            Fault.MISSING_ENTRY,
            id="image missing",
        ),
        pytest.param(lambda data: data["images"].clear(), Fault.UNKNOWN_ENTRY, id="image untold"),
    ],
)
def test_what_the_cms_would_not_write_is_refused(
    world: World, change: Change, fault: Fault
) -> None:
    assert fault in problems_of(spoilt(world.content, change))


def quiz_of(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(iter(data["quizzes"].values()))
    return found


def question(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in data["questions"] if one["name"] == name)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param(
            lambda data: quiz_of(data)["settings"].update(live_version=1),
            Fault.BROKEN_QUIZ,
            id="id",
        ),
        pytest.param(
            lambda data: quiz_of(data)["settings"].update(pass_mark="101"),
            Fault.WRONG_VALUE,
            id="pass mark",
        ),
        pytest.param(
            lambda data: quiz_of(data)["settings"].update(purpose="fun"),
            Fault.WRONG_VALUE,
            id="why",
        ),
        pytest.param(
            lambda data: quiz_of(data)["settings"].update(time_limit=""), Fault.WRONG_VALUE, id="no"
        ),
        pytest.param(
            lambda data: quiz_of(data)["settings"].update(opens_event=None),
            Fault.WRONG_VALUE,
            id="none",
        ),
        pytest.param(
            lambda data: quiz_of(data)["sections"][0]["questions"].append("0" * 32),
            Fault.BROKEN_QUIZ,
            id="unknown question",
        ),
        pytest.param(
            lambda data: quiz_of(data)["sections"][1]["questions"].append(
                quiz_of(data)["sections"][0]["questions"][0]
            ),
            Fault.BROKEN_QUIZ,
            id="twice",
        ),
        pytest.param(
            lambda data: quiz_of(data)["sections"][1]["draws"][0].update(category=""),
            Fault.BROKEN_QUIZ,
            id="draw from nowhere",
        ),
        pytest.param(
            lambda data: question(data, "agree").update(kind="riddle"), Fault.WRONG_VALUE, id="kind"
        ),
        pytest.param(
            lambda data: question(data, "agree").update(mark="0"), Fault.WRONG_VALUE, id="mark"
        ),
        pytest.param(
            lambda data: question(data, "agree")["options"][0].update(weight="7"),
            Fault.WRONG_VALUE,
            id="weight",
        ),
        pytest.param(
            lambda data: question(data, "agree").update(name=""), Fault.WRONG_VALUE, id="no name"
        ),
    ],
)
def test_a_quiz_that_the_bank_would_not_save_is_refused(
    world: World, change: Change, fault: Fault
) -> None:
    content = spoilt(world.content, change)
    world.forget()
    plan = planned(content, world.catalogue)
    assert fault in {code for code, _detail in plan.problems}
    with pytest.raises(RefusedError):
        imported(content, world.catalogue)


def test_a_broken_question_file_is_refused(world: World) -> None:
    for broken in (b"<quiz>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><quiz>&a;</quiz>"):
        content = packed(entries(world.content) | {"quizzes/questions.xml": broken})
        plan = planned(content, world.catalogue)
        assert {code for code, _detail in plan.problems} >= {Fault.BROKEN_QUESTION}


def media_of(content: bytes, ending: str) -> str:
    return next(name for name in entries(content) if name.endswith(ending))


def test_images_go_through_the_form_of_the_cms(world: World) -> None:
    name = media_of(world.content, ".png")
    for broken in (b"no image", b"<svg xmlns='http://www.w3.org/2000/svg'/>", gif()):
        spoiled = packed(entries(world.content) | {name: broken})
        assert problems_of(spoiled) == [Fault.NOT_AN_IMAGE]

    def to_svg(data: dict[str, Any]) -> None:
        next(iter(data["images"].values()))["file"] = "x.svg"

    parts = entries(spoilt(world.content, to_svg))
    parts["media/x.svg"] = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
    del parts[name]
    assert problems_of(packed(parts)) == [Fault.NOT_AN_IMAGE]


def gif() -> bytes:
    made = io.BytesIO()
    Image.new("P", (1, 1)).save(made, "GIF")
    return made.getvalue()


def test_an_image_of_too_many_pixels_is_not_unpacked(world: World) -> None:
    made = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Image.new("1", (12_000, 12_000)).save(made, "PNG")
    content = packed(entries(world.content) | {media_of(world.content, ".png"): made.getvalue()})
    assert problems_of(content) == [Fault.NOT_AN_IMAGE]


def test_documents_of_other_sorts_are_refused(world: World) -> None:
    def rename(data: dict[str, Any]) -> None:
        for one in data["documents"].values():
            if one["title"] == "Sheet":
                one["file"] = "sheet.html"

    parts = entries(spoilt(world.content, rename))
    parts["media/sheet.html"] = parts.pop(media_of(world.content, ".pdf"))
    assert problems_of(packed(parts)) == [Fault.NOT_A_DOCUMENT]


def test_html_is_cut_down_to_what_the_editor_has(world: World) -> None:
    document = next(name for name in told(world.content)["documents"])
    evil = (
        '<p onclick="x()">One<script>alert(1)</script><a href="javascript:alert(1)">two</a>'
        '<a href="java\tscript:alert(1)">three</a><iframe src="//evil"></iframe>'
        '<a href="/admin/logout/">four</a><img src=x onerror=alert(1)><!-- hidden -->'
        f'<a linktype="document" id="{document}" onmouseover="x()">five</a>'
        '<embed embedtype="media" url="https://evil.example/"/><h2 style="x">six</h2>'
        '<a href="https://example.org/" target="_blank" onclick="x()">seven</a></p>'
    )
    world.forget()
    module = imported(
        spoilt(world.content, lambda data: second(data)[0].update(value=evil)), world.catalogue
    )
    assert module is not None
    text = LessonPage.objects.child_of(module).get(slug="second").body[0].value.source
    for bad in ("onclick", "<script", "javascript", "script:", "iframe", "/admin", "<img", "hidden",
                "onmouseover", "embed", "style", "target"):  # fmt: skip
        assert bad not in text
    assert 'linktype="document">five</a>' in text
    assert '<a href="https://example.org/">seven</a>' in text
    assert "<h2>six</h2>" in text


def test_a_whole_file_of_rubbish_values_never_breaks_the_reader(world: World) -> None:
    data = told(world.content)
    rubbish: list[Any] = [None, 7, -1, 1.5, True, "", "x", [], {}, ["x"], {"x": 1}, "\ud800"]
    parts = entries(world.content)
    for place, path in enumerate(paths(data)[::4]):
        for value in rubbish[place % 4 :: 4]:
            changed = json.loads(json.dumps(data))
            where = changed
            for step in path[:-1]:
                where = where[step]
            where[path[-1]] = value
            content = packed(parts | {"module.json": json.dumps(changed).encode()})
            with suppress(RefusedError):
                planned(content, world.catalogue)


def paths(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in the JSON, by names and places."""
    found = [above] if above else []
    if isinstance(value, dict):
        for name, part in value.items():
            found += paths(part, (*above, name))
    if isinstance(value, list):
        for place, part in enumerate(value):
            found += paths(part, (*above, place))
    return found
