"""Deleting a framework, with a word where something still depends on it."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import quote
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import DeleteView


class FrameworkDeleteView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            words = _("The framework is used by questions or modules and has not been deleted.")
            messages.error(self.request, words)
            return redirect(self.edit_url_name, quote(self.object.pk))
        return response
