"""Keeping the overview's address under a name, for oneself or for colleagues, and letting it go."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from readiness.models import SavedView
from readiness.views.coordinating import CoordinatorOnly


class SaveViewForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SavedView
        fields = ["name", "is_shared", "query"]

    def clean_query(self) -> str:
        """Only what an address can hold, whatever was sent."""
        return QueryDict(self.cleaned_data["query"]).urlencode()


class SaveViewView(CoordinatorOnly, View):
    """The same name again replaces one's own view of that name."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("name", "").strip()
        known = SavedView.objects.filter(owner=self.user, name=name).first()
        form = SaveViewForm(request.POST, instance=known or SavedView(owner=self.user))
        if form.is_valid():
            form.save()
            messages.success(request, _("The view “%(name)s” is saved.") % {"name": name})
        else:
            messages.error(request, _("Nothing was saved: give the view a short name."))
        query = QueryDict(request.POST.get("query", "")).urlencode()
        return HttpResponseRedirect(f"{reverse('departures:people')}?{query}")


class ForgetViewView(CoordinatorOnly, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        saved = get_object_or_404(SavedView, pk=kwargs["pk"], owner=self.user)
        saved.delete()
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": saved.name})
        return HttpResponseRedirect(reverse("departures:people"))
