"""Where trainers write the glossary."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from modules.models import GlossaryTerm


class GlossaryTermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 5
    menu_hook = "register_teaching_menu_item"
    base_url_path = "glossary"
    chooser_base_url_path = "choose-term"
    chooser_admin_url_namespace = "glossary_chooser"
    list_display = ["term", UpdatedAtColumn(), LiveStatusTagColumn()]
    ordering = ["term"]
    search_fields = ["term", "definition"]
    # An index of words has no answer to a mark alone, and Wagtail's list none to no answer.
    search_backend_name = None
    copy_view_enabled = False
