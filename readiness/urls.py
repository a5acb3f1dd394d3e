from django.urls import path

from readiness.views import declarations

app_name = "readiness"

urlpatterns = [
    path("<uuid:omobility_id>/<slug:kind>/", declarations.declaration, name="declaration"),
    path("<uuid:omobility_id>/<slug:kind>/declare/", declarations.declare, name="declare"),
    path("<uuid:omobility_id>/<slug:kind>/withdraw/", declarations.withdraw, name="withdraw"),
]
