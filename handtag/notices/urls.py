"""Addresses of the room notices."""

from django.urls import URLPattern, URLResolver, path

from handtag.notices.views import calls, own, provider, settings

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/mina-kontaktuppgifter/kanaler/", own.my_channels, name="my_channels"),
    path("<slug:town>/installningar/sms/", settings.line, name="sms_line"),
    path("<slug:town>/sms/<str:secret>/", provider.sms_in, name="sms_in"),
    path("<slug:town>/sms/<str:secret>/rapport/<uuid:notice_id>/", provider.sms_report, name="sms_report"),
    path("<slug:town>/samtal/<str:secret>/", calls.call_in, name="call_in"),
    path("<slug:town>/samtal/<str:secret>/<uuid:call_id>/", calls.call_answered, name="call_answered"),
    path("<slug:town>/samtal/<str:secret>/<uuid:call_id>/sedan/", calls.call_over, name="call_over"),
    path("<slug:town>/samtal/<str:secret>/<uuid:call_id>/slut/", calls.call_ended, name="call_ended"),
]
