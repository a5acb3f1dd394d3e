from django.urls import path

from quizzes.views import answering, participants, saving

app_name = "quizzes"

urlpatterns = [
    path("<uuid:quiz>/", participants.start, name="start"),
    path("attempts/<uuid:attempt>/check/", participants.check, name="check"),
    path("attempts/<uuid:attempt>/result/", participants.result, name="result"),
    path("attempts/<uuid:attempt>/<int:number>/", answering.question, name="question"),
    path("attempts/<uuid:attempt>/answers/<uuid:item>/", saving.answer, name="answer"),
    path("attempts/<uuid:attempt>/state/", saving.state, name="state"),
]
