from django.urls import path

from quizzes import views

app_name = "quizzes"

urlpatterns = [
    path("<uuid:quiz>/", views.start, name="start"),
    path("attempts/<uuid:attempt>/check/", views.check, name="check"),
    path("attempts/<uuid:attempt>/result/", views.result, name="result"),
    path("attempts/<uuid:attempt>/<int:number>/", views.question, name="question"),
]
