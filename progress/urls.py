"""The trainers' pages, below /admin/teaching/."""

from django.urls import path

from progress.views import reflections, task_desk
from progress.views import teaching as views

app_name = "teaching"

urlpatterns = [
    path("", views.DashboardView.as_view(), name="dashboard"),
    path("modules/<int:pk>/", views.ModuleView.as_view(), name="module"),
    path("registers/", views.RegistersView.as_view(), name="registers"),
    path("registers/<uuid:uuid>/", views.RegisterView.as_view(), name="register"),
    path("tasks/", task_desk.TasksView.as_view(), name="tasks"),
    path("tasks/<uuid:uuid>/", task_desk.TaskView.as_view(), name="task"),
    path("reflections/", reflections.ReflectionsView.as_view(), name="reflections"),
    path("reflections/<uuid:uuid>/", reflections.ReflectionView.as_view(), name="reflection"),
]
