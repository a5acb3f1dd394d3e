from django.urls import path

from readiness.views import competence, declarations, mine

app_name = "readiness"

declared = "declarations/<uuid:omobility_id>/<slug:kind>/"

urlpatterns = [
    path(declared, declarations.declaration, name="declaration"),
    path(f"{declared}declare/", declarations.declare, name="declare"),
    path(f"{declared}withdraw/", declarations.withdraw, name="withdraw"),
    path("more-time/<uuid:omobility_id>/<str:key>/", mine.more_time, name="more_time"),
    path("competence/", competence.my_competence, name="my_competence"),
    path("results/<uuid:omobility_id>/", mine.results, name="results"),
]
