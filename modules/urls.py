from django.urls import path

from modules.views import tools

app_name = "modules"

urlpatterns = [path("time-zones/", tools.time_zones, name="time_zones")]
