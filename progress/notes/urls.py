"""A participant's notes and bookmarks, below /my/notes/."""

from django.urls import path

from progress.views import notes as views

app_name = "notes"

urlpatterns = [
    path("", views.notes, name="list"),
    path("notes.txt", views.export, name="export"),
    path("lessons/<uuid:lesson_key>/", views.write, name="write"),
    path("lessons/<uuid:lesson_key>/bookmark/", views.bookmark, name="bookmark"),
    path("<uuid:note>/erase/", views.erase, name="erase"),
    path("<uuid:note>/take-out/", views.take_out, name="take_out"),
]
