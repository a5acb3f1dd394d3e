from django.urls import path

from modules import views

app_name = "modules"

urlpatterns = [path("time-zones/", views.time_zones, name="time_zones")]
