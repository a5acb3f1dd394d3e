from django.urls import path

from people.views import devices, invitations, signing_in

app_name = "people"

# Those that allauth has, too, stand before its own and take over.
urlpatterns = [
    path("login/", signing_in.SignInView.as_view(), name="sign_in"),
    path("email/", signing_in.AddressView.as_view(), name="address"),
    path("sessions/", devices.DevicesView.as_view(), name="devices"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
]
