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
    copy_view_enabled = False
