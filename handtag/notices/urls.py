"""Addresses of the room notices."""

from django.urls import URLPattern, URLResolver, path

from handtag.notices.views import calls, letters, own, provider, settings, texts, unreached

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/mina-kontaktuppgifter/kanaler/", own.my_channels, name="my_channels"),
    path("<slug:town>/mina-kontaktuppgifter/kanaler/skarm/", own.turn_on, name="push_on"),
    path(
        "<slug:town>/mina-kontaktuppgifter/kanaler/skarm/<uuid:subscription_id>/av/",
        own.turn_off,
        name="push_off",
    ),
    path("<slug:town>/installningar/texter/", texts.texts, name="texts"),
    path("<slug:town>/onadda/", unreached.unreached, name="unreached"),
    path("<slug:town>/onadda/<uuid:person_id>/", unreached.ring, name="ring_unreached"),
    path("<slug:town>/onadda/<uuid:person_id>/ringt/", unreached.phoned, name="phoned"),
    path("<slug:town>/nytt/", own.news, name="news"),
    path("<slug:town>/installningar/sms/", settings.line, name="sms_line"),
    path("<slug:town>/brev/", letters.letters, name="letters"),
    path("<slug:town>/brev/skriv-ut/", letters.letters_print, name="letters_print"),
    path("<slug:town>/brev/<uuid:batch_id>/brev.pdf", letters.letters_file, name="letters_file"),
    path("<slug:town>/brev/<uuid:batch_id>/postade/", letters.letters_posted, name="letters_posted"),
    path("<slug:town>/brev/<uuid:notice_id>/ringt/", letters.letter_told, name="letter_told"),
    path("<slug:town>/sms/<str:secret>/", provider.sms_in, name="sms_in"),
    path("<slug:town>/sms/<str:secret>/rapport/<uuid:notice_id>/", provider.sms_report, name="sms_report"),
    path("<slug:town>/samtal/<str:secret>/", calls.call_in, name="call_in"),
    path("<slug:town>/samtal/<str:secret>/<uuid:call_id>/", calls.call_answered, name="call_answered"),
    path("<slug:town>/samtal/<str:secret>/<uuid:call_id>/sedan/", calls.call_over, name="call_over"),
    path("<slug:town>/samtal/<str:secret>/<uuid:call_id>/slut/", calls.call_ended, name="call_ended"),
]
