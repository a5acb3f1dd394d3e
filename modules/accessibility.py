"""Wagtail's accessibility checker with the rules that teaching needs."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem


class LessonCheckerItem(ContentCheckerItem):
    """Checks what authors write, and nothing of the page around it.

    Beside Wagtail's rules: images and videos need words, links say where they lead,
    lists and tables are built so that a screen reader tells what they are.
    """

    axe_run_only: ClassVar[list[str]] = [
        # What search engines show is no matter behind the sign-in.
        *(rule for rule in ContentCheckerItem.axe_run_only if rule != "empty-meta-description"),
        "image-alt",
        "image-redundant-alt",
        "identical-links-same-purpose",
        "link-in-text-block",
        "list",
        "listitem",
        "definition-list",
        "scope-attr-valid",
        "td-headers-attr",
        "video-caption",
        "valid-lang",
    ]
    axe_messages: ClassVar[dict[str, Any]] = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("Image without alternative text"),
            "help_text": _("Say in a sentence what it shows, or mark it as decorative"),
        },
        "image-redundant-alt": {
            "error_name": _("Alternative text repeats the text beside it"),
            "help_text": _("Say what the picture adds, or mark it as decorative"),
        },
        "identical-links-same-purpose": {
            "error_name": _("Same words, different links"),
            "help_text": _("Say in each link where it leads"),
        },
        "link-in-text-block": {
            "error_name": _("Link that only its colour shows"),
            "help_text": _("Keep the underline of links in a text"),
        },
        "video-caption": {
            "error_name": _("Video without captions"),
            "help_text": _("Add a file with captions"),
        },
    }

    def get_axe_rules(self, request: Any) -> dict[str, Any]:
        """Switch on the rules of ours that axe leaves out unless they are asked for."""
        return {
            **super().get_axe_rules(request),
            "identical-links-same-purpose": {"enabled": True},
        }

    def get_axe_custom_rules(self, request: Any) -> list[dict[str, Any]]:
        return [
            {**rule, "enabled": False} if rule["id"] == "empty-meta-description" else rule
            for rule in super().get_axe_custom_rules(request)
        ]
