from django.urls import path

from home import views
from home.styleguide.views import styleguide

app_name = "home"

urlpatterns = [
    path("start/", views.start, name="start"),
    path("start/learning/", views.learning, name="learning"),
    path("my/", views.my, name="my"),
    path("my/exchanges/<uuid:omobility_id>/", views.my_exchange, name="my_exchange"),
    path("my/profile/", views.profile, name="profile"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("styleguide/", styleguide, name="styleguide"),
    path("search/", views.search, name="search"),
]
