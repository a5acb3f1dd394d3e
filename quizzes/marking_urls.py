from django.urls import path

from quizzes.views.marking import MarkView, QueueView

app_name = "marking"

urlpatterns = [
    path("", QueueView.as_view(), name="queue"),
    path("<uuid:attempt>/<uuid:item>/", MarkView.as_view(), name="mark"),
]
