"""Addresses of the room notices."""

from django.urls import URLPattern, URLResolver, path

from handtag.notices.views import own, provider, settings

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/mina-kontaktuppgifter/kanaler/", own.my_channels, name="my_channels"),
    path("<slug:town>/mina-kontaktuppgifter/kanaler/skarm/", own.turn_on, name="push_on"),
    path(
        "<slug:town>/mina-kontaktuppgifter/kanaler/skarm/<uuid:subscription_id>/av/",
        own.turn_off,
        name="push_off",
    ),
    path("<slug:town>/nytt/", own.news, name="news"),
    path("<slug:town>/installningar/sms/", settings.line, name="sms_line"),
    path("<slug:town>/sms/<str:secret>/", provider.sms_in, name="sms_in"),
    path("<slug:town>/sms/<str:secret>/rapport/<uuid:notice_id>/", provider.sms_report, name="sms_report"),
]
