"""What the imports of every sort have in common in the CMS."""

from typing import Any, ClassVar

from django.db.models import Model
from django.urls import path
from django.utils.functional import cached_property
from wagtail.admin.viewsets.base import ViewSet


class UploadsViewSet(ViewSet):
    """A list of uploads with a page for a new one, named `index` and `add`.

    Attributes:
        model: the upload.
        uploads_view: the list, an IndexView.
        upload_view: the page for a new one.
    """

    icon = "upload"
    model: ClassVar[type[Model]]
    uploads_view: ClassVar[Any]
    upload_view: ClassVar[Any]

    @cached_property
    def index_view(self) -> Any:
        return self._index(results_only=False)

    def _index(self, *, results_only: bool) -> Any:
        return self.construct_view(
            self.uploads_view,
            model=self.model,
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("index_results"),
            add_url_name=self.get_url_name("add"),
            results_only=results_only,
        )

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self._index(results_only=True), name="index_results"),
            path("new/", self.upload_view.as_view(), name="add"),
        ]
