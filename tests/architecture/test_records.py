"""Records keep the floors too: a foreign key points down, a page names its parents in words."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.architecture.plan import floors, relative, room_files, tree

OURS = [model for model in apps.get_models() if model._meta.app_label in floors()]
PAGE_RULES = {"parent_page_types", "subpage_types"}


def is_wagtails(field: Any) -> bool:
    """Whether Wagtail brought the field: its images and documents name who uploaded them."""
    return field.name == "uploaded_by_user"


def upward(model: type[models.Model]) -> Iterator[str]:
    here = model._meta.app_label
    for field in model._meta.get_fields():
        target: Any = field.related_model if field.concrete else None
        if target is None or target == "self":
            continue
        there = target._meta.app_label
        if there not in floors() or there == here or is_wagtails(field):
            continue
        if floors()[there] >= floors()[here]:
            yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    assert list(upward(model)) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_constraint_and_index_has_the_rooms_name(model: type[models.Model]) -> None:
    named = [*model._meta.constraints, *model._meta.indexes]

    assert [each.name for each in named if not each.name.startswith(model._meta.app_label)] == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("path", room_files(), ids=relative)
def test_page_trees_are_ruled_by_names(path: Path) -> None:
    rules = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign)
        and any(isinstance(name, ast.Name) and name.id in PAGE_RULES for name in node.targets)
    ]
    for rule in rules:
        assert isinstance(rule.value, ast.List)
        assert all(isinstance(item, ast.Constant) for item in rule.value.elts)
