"""Addresses of signing in and out, of one's own password and of one's own sign-ins."""

from django.urls import path

from people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("password/", views.ChangePassword.as_view(), name="password"),
    path("me/", views.me, name="me"),
    path("me/end/", views.end_sessions, name="end_sessions"),
]
