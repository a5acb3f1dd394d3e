"""What the form of a quiz in the CMS sends."""

from typing import Any

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text


def quiz_form(*questions: Any, **fields: Any) -> dict[str, str]:
    return nested_form_data(
        {
            "title": "Seminars",
            "introduction": rich_text("<p>Two situations.</p>"),
            "purpose": "graded",
            "minutes": "5",
            "pass_mark": "70",
            "max_attempts": "3",
            "grading_method": "highest",
            "wait_minutes": "0",
            "paging": "question",
            "grace_seconds": "30",
            "at_deadline": "submit",
            "overdue_minutes": "0",
            "opens_days": "0",
            "closes_days": "0",
            "score_shown": "submitted",
            "answers_shown": "submitted",
            "keys_shown": "submitted",
            "feedback_shown": "submitted",
            "bands": inline_formset([]),
            "sections": inline_formset([section_form(*questions)]),
        }
        | fields
    )


def section_form(*questions: Any, **fields: Any) -> dict[str, Any]:
    lines = [{"question": getattr(question, "pk", question)} for question in questions]
    section = {"heading": "", "introduction": rich_text(""), "draws": inline_formset([])}
    return section | {"items": inline_formset(lines)} | fields
