"""Addresses of the room login; allauth asks for some of them by its own names."""

from django.conf import settings
from django.urls import path

from handtag.login.views import (
    closing,
    directories,
    entrance,
    numbers,
    onward,
    own,
    providers,
    sample,
    shutting,
    steps,
    welcome,
)
from handtag.login.views import settings as setting_up

_PROVIDER = "<slug:town>/logga-in/<slug:key>/"
_LOGINS = "<slug:town>/installningar/inloggning/"

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
    path("logga-ut/klar/", onward.left, name="left"),
    path(_PROVIDER, providers.begin, name="provider_begin"),
    path(f"{_PROVIDER}svar/", providers.answer, name="provider_answer"),
    path(f"{_PROVIDER}metadata/", directories.metadata, name="provider_metadata"),
    path(f"{_PROVIDER}utloggning/", directories.logout, name="directory_logout"),
    path(f"{_PROVIDER}utloggad/", providers.logged_out_there, name="provider_logout"),
    path("ny-har/", providers.newcomer, name="newcomer"),
    path("mina-inloggningar/anslut/", providers.connect, name="connect"),
    path("bekrafta/", steps.step, name="step"),
    path("bekrafta/nyckel/", steps.key, name="step_key"),
    path("bekrafta/app/", steps.new_app, name="new_app"),
    path("bekrafta/koder/", steps.new_codes, name="new_codes"),
    path("bekrafta/vidare/", steps.go_on, name="step_onward"),
    path("<slug:town>/personer/<uuid:person_id>/inloggning/", shutting.person_login, name="person_login"),
    path("<slug:town>/personer/<uuid:person_id>/e-legitimation/", numbers.number, name="person_number"),
    path(_LOGINS, setting_up.logins, name="logins"),
    path(f"{_LOGINS}ny/", setting_up.new, name="provider_new"),
    path(f"{_LOGINS}<uuid:provider_id>/", setting_up.provider, name="provider"),
    path(f"{_LOGINS}<uuid:provider_id>/ta-bort/", setting_up.remove, name="provider_remove"),
    path(f"{_LOGINS}<uuid:provider_id>/nyckel/", setting_up.renew, name="key_renew"),
    path(f"{_LOGINS}<uuid:provider_id>/nyckel/anvand/", setting_up.use, name="key_use"),
    path(f"{_LOGINS}<uuid:provider_id>/grupper/", setting_up.add_group, name="group_add"),
    path(
        f"{_LOGINS}<uuid:provider_id>/grupper/<uuid:mapping_id>/ta-bort/",
        setting_up.remove_group,
        name="group_remove",
    ),
    path("byt-roll/", onward.change_hat, name="change_hat"),
    path("sprak/", onward.choose_language, name="choose_language"),
    path("mina-inloggningar/", own.my_logins, name="my_logins"),
    path("mina-inloggningar/ny/", own.add_key, name="add_key"),
    path("mina-inloggningar/<int:key_id>/ta-bort/", own.remove_key, name="remove_key"),
    path("mina-inloggningar/stang/", closing.close_mine, name="close_mine"),
    path("mina-inloggningar/epost/", closing.add_email, name="add_email"),
    path("mina-inloggningar/epost/<str:token>/", closing.confirm_email, name="confirm_email"),
    path("mina-inloggningar/logga-ut-andra/", own.leave_elsewhere, name="leave_elsewhere"),
]
if settings.SAMPLE:
    urlpatterns += [
        path("login/", entrance.by_password, name="by_password"),
        path("login/bekrafta/", steps.password, name="step_password"),
        path("login/leverantor/", sample.authorize, name="sample_authorize"),
        path("login/leverantor/ut/", sample.end_session, name="sample_end_session"),
        path("login/leverantor/<slug:slug>/", sample.open_provider, name="sample_provider"),
    ]
