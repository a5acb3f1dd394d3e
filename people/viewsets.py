"""People in the CMS: Wagtail's own pages, with our fields and forms."""

from typing import Any

from wagtail.users.views.users import UserViewSet

from people.forms.cms import PersonCreationForm, PersonEditForm
from people.views.deleting import PersonDeleteView


class PersonViewSet(UserViewSet):
    delete_view_class = PersonDeleteView

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm
