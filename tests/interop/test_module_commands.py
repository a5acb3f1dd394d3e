"""`manage.py export_module` and `import_module`, as somebody at a shell meets them."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from interop.models import ModuleUpload
from modules.models import CataloguePage, ModulePage
from tests.factories.modules import LessonPageFactory, TrainingSessionPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> ModulePage:
    made: ModulePage = TrainingSessionPageFactory.create(title="Meeting", slug="meeting")
    LessonPageFactory.create(parent=made, title="First")
    return made


@pytest.fixture
def file(module: ModulePage, tmp_path: Path) -> Path:
    path = tmp_path / "meeting.zip"
    call_command("export_module", "meeting", path)
    return path


def test_a_module_goes_out_and_comes_back(
    module: ModulePage, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_module", file)
    assert "here already. Nothing is imported." in capsys.readouterr().out
    module.delete()
    call_command("import_module", file)
    out = capsys.readouterr().out
    assert "Module, “Meeting”: New." in out
    assert "Imported as a draft." in out
    assert not ModulePage.objects.get(slug="meeting").live
    assert ModuleUpload.objects.get().module is not None
    call_command("import_module", file, "--as-copy", "--catalogue", "learn")
    assert ModulePage.objects.filter(slug="meeting-2").exists()


def test_a_dry_run_reports_and_writes_nothing(
    module: ModulePage, file: Path, tmp_path: Path
) -> None:
    module.delete()
    report = tmp_path / "report.json"
    call_command("import_module", file, "--dry-run", "--report", report)
    said = json.loads(report.read_text())
    assert (said["file"], said["dry_run"], said["is_here"]) == ("meeting.zip", True, False)
    assert said["problems"] == []
    assert {"part": "step", "name": "First", "outcome": "new", "notes": []} in said["lines"]
    assert not ModulePage.objects.exists()


def test_a_refused_file_is_reported_with_its_reason(file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"no zip")
    report = tmp_path / "report.json"
    with pytest.raises(CommandError, match=r"not a \.zip file"):
        call_command("import_module", file, "--report", report)
    assert [one["code"] for one in json.loads(report.read_text())["problems"]] == ["not-a-zip"]


def test_what_cannot_be_found_or_written_is_said(module: ModulePage, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no module with the address"):
        call_command("export_module", "elsewhere", tmp_path / "a.zip")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_module", "meeting", tmp_path / "none" / "a.zip")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_module", tmp_path / "none.zip")
    with pytest.raises(CommandError, match="no such catalogue"):
        call_command("import_module", tmp_path / "none.zip", "--catalogue", "elsewhere")
    module.unpublish()
    with pytest.raises(CommandError, match="is not published"):
        call_command("export_module", "meeting", tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_the_language_tells_modules_of_one_address_apart(
    module: ModulePage, tmp_path: Path
) -> None:
    home = module.get_parent().get_parent().specific
    other = CataloguePage(title="Second", slug="second")
    home.add_child(instance=other)
    TrainingSessionPageFactory.create(title="Meeting", slug="meeting", parent=other)
    with pytest.raises(CommandError, match="name the --language"):
        call_command("export_module", "meeting", tmp_path / "a.zip")
    with pytest.raises(CommandError, match="no module"):
        call_command("export_module", "meeting", tmp_path / "a.zip", "--language", "es")
