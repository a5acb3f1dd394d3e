"""A participant's tasks, below /my/tasks/."""

from django.urls import path

from progress.views import own_tasks as views

app_name = "tasks"

urlpatterns = [
    path("", views.tasks, name="list"),
    path("<uuid:task_key>/", views.task, name="task"),
]
