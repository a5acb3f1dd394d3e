from django.urls import path

from quizzes.views import participants

app_name = "quizzes"

urlpatterns = [
    path("<uuid:quiz>/", participants.start, name="start"),
    path("attempts/<uuid:attempt>/check/", participants.check, name="check"),
    path("attempts/<uuid:attempt>/result/", participants.result, name="result"),
    path("attempts/<uuid:attempt>/<int:number>/", participants.question, name="question"),
]
