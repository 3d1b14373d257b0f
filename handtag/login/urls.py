"""Addresses of the room login; allauth asks for some of them by its own names."""

from django.conf import settings
from django.urls import path

from handtag.login.views import entrance, onward, own, welcome

urlpatterns = [
    path("logga-in/", entrance.sign_in, name="account_login"),
    path("logga-in/", entrance.sign_in, name="account_request_login_code"),
    path("logga-in/kod/", entrance.code, name="account_confirm_login_code"),
    path("logga-in/nyckel/", entrance.key, name="mfa_login_webauthn"),
    path("bli-medlem/", entrance.join, name="account_signup"),
    path("lank/<str:token>/", entrance.link, name="sign_in_link"),
    path("vidare/", onward.onward, name="onward"),
    path("valkommen/", onward.choose_town, name="choose_town"),
    path("<slug:town>/valkommen/", welcome.welcome, name="welcome"),
    path("logga-ut/", onward.leave, name="leave"),
    path("byt-roll/", onward.change_hat, name="change_hat"),
    path("sprak/", onward.choose_language, name="choose_language"),
    path("mina-inloggningar/", own.my_logins, name="my_logins"),
    path("mina-inloggningar/ny/", own.add_key, name="add_key"),
    path("mina-inloggningar/<int:key_id>/ta-bort/", own.remove_key, name="remove_key"),
    path("mina-inloggningar/logga-ut-andra/", own.leave_elsewhere, name="leave_elsewhere"),
]
if settings.SAMPLE:
    urlpatterns += [path("login/", entrance.by_password, name="by_password")]
