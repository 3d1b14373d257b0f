"""What is typed about groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.groups.models import Group

_ORDER = (Group.Kind.ASSOCIATION, Group.Kind.VILLAGE_COUNCIL, Group.Kind.ORGANISATION, Group.Kind.AREA)
_KINDS = (_("Association"), _("Village council"), _("Organisation"), _("Area group"))


class GroupForm(forms.Form):
    """A group, made or changed."""

    name = forms.CharField(
        max_length=80,
        label=_("What is the group called?"),
        error_messages={"required": _("Write what the group is called.")},
    )
    about = forms.CharField(
        max_length=300,
        required=False,
        label=_("What should people know about it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(
        label=_("What kind of group is it?"),
        choices=list(zip([kind.value for kind in _ORDER], _KINDS, strict=True)),
        widget=forms.RadioSelect,
        initial=Group.Kind.ASSOCIATION,
    )
    joining = forms.ChoiceField(
        label=_("How does one get in?"),
        choices=[
            (Group.Joining.OPEN.value, _("Open to all")),
            (Group.Joining.APPROVAL.value, _("You say yes to each")),
            (Group.Joining.INVITATION.value, _("By invitation only")),
        ],
        widget=forms.RadioSelect,
        initial=Group.Joining.OPEN,
    )


class InviteForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        error_messages={
            "required": _("Write the address of the person you want to invite."),
            "invalid": _("An address looks like name@example.se. Look at it once more."),
        },
    )
