"""A participant's journal, below /my/journal/."""

from django.urls import path

from progress.views import journal as views

app_name = "journal"

urlpatterns = [
    path("", views.journal, name="list"),
    path("new/", views.new, name="new"),
    path("journal.<str:file_format>", views.export, name="export"),
    path("answers/<uuid:lesson_key>/<str:block_id>/", views.answer, name="answer"),
    path("<uuid:entry>/", views.entry, name="entry"),
    path("<uuid:entry>/share/", views.share, name="share"),
    path("<uuid:entry>/take-back/", views.take_back, name="take_back"),
    path("<uuid:entry>/erase/", views.erase, name="erase"),
]
