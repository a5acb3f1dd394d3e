"""The home page, the catalogue, and below it the modules with their lessons."""

import datetime as dt
from typing import Any

from wagtail.models import Site

from competence.models import Dimension
from home.course.bodies import comparable
from home.course.immersion import streams_of, task_or_lesson, told_streams
from home.course.ledger import Ledger
from home.course.module_lines import load_lines, told_lines, wanted_lines
from home.course.placing import Placer, stored
from home.course.prose import inline, rich_text
from home.course.reading import Entry, key, modules, site
from home.models import HomePage
from modules.blocks import LessonBlock
from modules.enums import ModuleKind, StepRule
from modules.models import (
    CataloguePage,
    ImmersionPreparationPage,
    LessonPage,
    ModulePage,
    TrainingSessionPage,
    WorkshopPage,
)
from people.models import User
from quizzes.models import Quiz

KINDS: dict[str, type[ModulePage]] = {
    ModuleKind.TRAINING_SESSION: TrainingSessionPage,
    ModuleKind.WORKSHOP: WorkshopPage,
    ModuleKind.IMMERSION: ImmersionPreparationPage,
}


class PageLoader(Placer):
    """Loads the front door, the catalogue, and all modules with their lessons."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        author: User | None,
        at: dt.datetime,
        dimensions: dict[str, Dimension],
        quizzes: dict[str, Quiz],
    ) -> None:
        super().__init__(ledger, author=author, at=at)
        self.dimensions = dimensions
        self.quizzes = quizzes

    def load(self) -> dict[str, ModulePage]:
        """Return all modules of the content files by name."""
        data = site()
        home = self._home(data["home"])
        catalogue = self._catalogue(home, data["catalogue"])
        loaded = {}
        for entry, lessons in modules():
            module = self._module(catalogue, entry)
            for lesson in lessons:
                self._lesson(module, entry, lesson)
            loaded[entry.name] = module
        return loaded

    def _home(self, data: dict[str, Any]) -> HomePage:
        """Fill in the home page that the migrations made, as long as it says nothing."""
        root = Site.objects.get(is_default_site=True).root_page
        home = HomePage.objects.get(pk=root.pk)
        wanted = {"title": data["title"], "lead": data["lead"], "body": rich_text(data["body"])}
        if not home.body and home.latest_revision_id is None:
            for field, value in wanted.items():
                setattr(home, field, value)
            self.publish(home)
            self.ledger.made.append("the home page’s text")
        else:
            self.compare(home, wanted)
        return home

    def _catalogue(self, home: HomePage, data: dict[str, Any]) -> CataloguePage:
        wanted = {"title": data["title"], "introduction": rich_text(data["introduction"])}
        identity = key("page", "catalogue")
        found = CataloguePage.objects.filter(translation_key=identity).first()
        if found:
            self.compare(found, wanted)
            return found
        catalogue = CataloguePage(translation_key=identity, slug="learn", **wanted)
        self.add(home, catalogue)
        return catalogue

    def _module(self, catalogue: CataloguePage, entry: Entry) -> ModulePage:
        data = entry.data
        identity = key("page", entry.name)
        objectives = "".join(f"<li>{inline(line)}</li>" for line in data["objectives"])
        wanted = {
            "title": data["title"],
            "summary": data["summary"],
            "objectives": f"<ul>{objectives}</ul>",
            "phase": data["phase"],
            "is_sequential": data.get("sequential", False),
            **{f"for_{who}": who in data["audiences"] for who in ("student", "faculty", "staff")},
        }
        found = ModulePage.objects.filter(translation_key=identity).first()
        if found:
            self.compare(found, wanted | wanted_lines(entry), told_lines(found))
            return found
        module = KINDS[data["kind"]](translation_key=identity, slug=entry.name, **wanted)
        load_lines(module, entry, dimensions=self.dimensions, quizzes=self.quizzes, at=self.at)
        self.add(catalogue, module)
        return module

    def _lesson(self, module: ModulePage, entry: Entry, lesson: Entry) -> None:
        data = lesson.data
        identity = key("page", entry.name, lesson.name)
        wanted = {field: data[field] for field in ("title", "summary", "minutes")}
        wanted |= {"rule": data.get("rule", StepRule.READ), "is_extra": data.get("extra", False)}
        body = self._body(entry, lesson)
        kind, of_kind = task_or_lesson(data)
        streams = {"body": body} | streams_of(data, self.dimensions)
        wanted |= of_kind
        found = kind.objects.filter(translation_key=identity).first()
        if found:
            named = {name: comparable(value) for name, value in streams.items()}
            told = told_streams(found, streams) | {"body": comparable(counted(found))}
            self.compare(found, wanted | named, told)
            return
        page = kind(translation_key=identity, slug=lesson.name, **streams, **wanted)
        self.add(module, page)

    def _body(self, entry: Entry, lesson: Entry) -> Any:
        where = f"{entry.name}/{lesson.name}"
        raw = stored(LessonPage, "body", LessonBlock(), lesson.data["body"], where=where)
        return counted(LessonPage(body=raw))


def counted(lesson: LessonPage) -> Any:
    """Return the content as saving the lesson writes it, with the ids of points to tick."""
    lesson.measured()
    return lesson.body.get_prep_value()
