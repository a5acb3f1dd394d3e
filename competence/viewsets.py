"""Where administrators look after the competence frameworks."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from competence.forms import FrameworkForm
from competence.models import Framework
from competence.views import FrameworkDeleteView


class FrameworkViewSet(ModelViewSet):
    model = Framework
    icon = "list-ul"
    menu_label = _("Competences")
    menu_order = 800
    add_to_settings_menu = True
    list_display = ["name", "version", BooleanColumn("is_default", label=_("In use"))]
    search_fields = ["name", "code"]
    copy_view_enabled = False
    delete_view_class = FrameworkDeleteView

    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("code"),
                    FieldPanel("version"),
                    FieldPanel("is_default"),
                    FieldPanel("description"),
                ],
                heading=_("Framework"),
            ),
            InlinePanel(
                "dimensions",
                [
                    FieldPanel("name"),
                    FieldPanel("code"),
                    FieldPanel("description"),
                    InlinePanel(
                        "correspondences",
                        [FieldPanel("source"), FieldPanel("name")],
                        heading=_("Crosswalk"),
                        label=_("correspondence"),
                    ),
                ],
                heading=_("Dimensions"),
                label=_("dimension"),
                min_num=1,
            ),
            InlinePanel(
                "levels",
                [FieldPanel("name"), FieldPanel("description")],
                heading=_("Levels"),
                label=_("level"),
                help_text=_("The lowest first."),
            ),
            MultiFieldPanel(
                [FieldPanel("credit"), FieldPanel("licence_note")], heading=_("Where it comes from")
            ),
        ],
        base_form_class=FrameworkForm,
    )
