"""Deleting a person in the CMS, with a word where something is recorded of them."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.users.views.users import DeleteView


class PersonDeleteView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            words = _(
                "Something is recorded of this person, so they have not been deleted. "
                "You can make the account inactive instead."
            )
            messages.error(self.request, words)
            return redirect(self.edit_url_name, quote(self.object.pk))
        return response
