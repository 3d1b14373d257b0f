"""The posting table, filled from the profiles that are there."""

import django.db.models.deletion
from django.db import migrations, models

from handtag.helpers.queries import square_of


def fill(apps, _schema_editor):
    """What every active profile wants, in the square of its point."""
    rows = apps.get_model("helpers.HelperService").objects.filter(profile__is_active=True)
    posting = apps.get_model("helpers.Posting")
    fresh = (
        posting(profile_id=profile, service_id=service, square=square_of(*where))
        for profile, service, *where in rows.order_by("id").values_list(
            "profile_id", "service_id", "profile__longitude", "profile__latitude", "profile__reach"
        )
    )
    posting.objects.bulk_create(fresh, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [
        ("helpers", "0001_initial"),
        ("permits", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("square", models.IntegerField()),
                (
                    "profile",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postings",
                        to="helpers.helperprofile",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="permits.service",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["service", "square", "profile"], name="postings_by_square")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("profile", "service"), name="posting_once")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
