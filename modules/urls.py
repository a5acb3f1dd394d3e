from django.urls import path

from modules.views import glossary, tools

app_name = "modules"

urlpatterns = [
    path("glossary/", glossary.glossary, name="glossary"),
    path("time-zones/", tools.time_zones, name="time_zones"),
]
