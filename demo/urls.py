"""Addresses of the demonstration."""

from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [path("sign-in/demo/", views.sign_in, name="sign_in")]
