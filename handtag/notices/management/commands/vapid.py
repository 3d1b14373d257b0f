"""`manage.py vapid`: make a key for push messages."""

from typing import Any

from django.core.management import BaseCommand

from handtag.kernel import vapid


class Command(BaseCommand):
    """Print a new key; nothing is kept."""

    help = "Print a new VAPID_PRIVATE_KEY for push messages, and the public key that belongs to it"
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run it."""
        made = vapid.new()
        self.stdout.write(f"VAPID_PRIVATE_KEY={made}")
        self.stderr.write(f"The public key that belongs to it: {vapid.public_text(vapid.private_key(made))}")
