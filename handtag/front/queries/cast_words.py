"""Who each of the sample's cast is, in one line."""

from django.utils.translation import gettext_lazy as _

LINES = {
    "asker": _("84 years old, lives in Ödåkra and has a dog. Somebody does her shopping on Thursdays."),
    "second_asker": _("Wants company to the health centre, by somebody who speaks Arabic."),
    "helper": _("Shops and goes along to care. Approved for four services."),
    "second_helper": _("Good with his hands. Helps when it suits him."),
    "new_helper": _("Has just signed up. May shop already; homework demands more."),
    "caller": _("Has a landline and no login: the contact centre knows her. Cannot be entered."),
    "coordinator": _("Keeps the whole going: asks nobody has taken, permits, reports, figures, settings."),
    "caseworker": _("Decides who may help, and takes a permit back when need be."),
    "group_coordinator": _("Lets people into the groups."),
    "agent": _("Answers the phone and finds who calls."),
    "ambassador": _("Home care: asks for those he meets, if they have said yes. Can verify a helper."),
    "host": _("Sits at the service point and sees identities and papers."),
    "evaluator": _("Sees figures, and never a person."),
    "officer": _("Sees protected identities and places their asks. Nobody else does."),
    "administrator": _("Settings, roles, records. Erases and destroys, never alone."),
    "second_administrator": _("The second of the two whom a destruction takes."),
    "protected": _("Has a protected identity. Try to find her as anybody else."),
    "neighbour_asker": _("Lives in Bjuv and asks there."),
    "neighbour_helper": _("Helps in Bjuv and sees nothing of Helsingborg."),
    "neighbour_coordinator": _("Coordinator in Bjuv. Try to see Helsingborg from there."),
    "neighbour_caseworker": _("Decides in Bjuv."),
    "both": _("Coordinator in Helsingborg, caseworker in Bjuv, and a helper besides. Sees which hat is on."),
    "proxy": _("Lena is the daughter of Gun-Britt Alm, and asks for her mother."),
    "guardian": _("The trustee of Aino Lahti. What he may do for her soon runs out."),
    "client": _("Reads Arabic and has no login. Anders of the home care asks for her. Cannot be entered."),
}
