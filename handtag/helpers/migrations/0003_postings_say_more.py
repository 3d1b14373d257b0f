"""The posting table says all that is read of many helpers: made anew, for nothing stands in it alone."""

import django.db.models.deletion
from django.db import migrations, models

from handtag.helpers import rules
from handtag.helpers.queries import square_of

AT_A_TIME = 2000


def fill(apps, _schema_editor):
    """What every active profile wants, with its hours and languages; twice changes nothing."""
    posting = apps.get_model("helpers.Posting")
    posting.objects.all().delete()
    rows = apps.get_model("helpers.HelperService").objects.filter(profile__is_active=True).order_by("id")
    rows, last = rows.select_related("profile"), 0
    while some := list(rows.filter(id__gt=last)[:AT_A_TIME]):
        hours, languages = _bits(apps, {row.profile_id for row in some})
        posting.objects.bulk_create(_posted(posting, row, hours, languages) for row in some)
        last = some[-1].id


def _posted(posting, row, hours, languages):
    who = row.profile
    return posting(
        profile_id=who.id,
        service_id=row.service_id,
        person_id=who.person_id,
        square=square_of(who.longitude, who.latitude, who.reach),
        reach=who.reach,
        hours=2 * rules.ANY_TIME - 1 if who.any_time else rules.hour_bits(hours.get(who.id, ())),
        languages=rules.tongue_bits(languages.get(who.id, ())),
        longitude=who.longitude,
        latitude=who.latitude,
    )


def _bits(apps, profiles):
    """The windows and the languages of each."""
    hours, languages = {}, {}
    windows = apps.get_model("helpers.Availability").objects.filter(profile_id__in=profiles)
    for profile, *window in windows.values_list("profile_id", "weekday", "from_minute", "to_minute"):
        hours.setdefault(profile, []).append(tuple(window))
    spoken = apps.get_model("helpers.HelperLanguage").objects.filter(profile_id__in=profiles)
    for profile, code in spoken.values_list("profile_id", "language"):
        languages.setdefault(profile, []).append(code)
    return hours, languages


class Migration(migrations.Migration):
    dependencies = [
        ("helpers", "0002_postings"),
        ("people", "0003_known_numbers"),
        ("permits", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel(name="Posting"),
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
                ("reach", models.PositiveIntegerField()),
                ("hours", models.BigIntegerField()),
                ("languages", models.BigIntegerField()),
                ("longitude", models.FloatField()),
                ("latitude", models.FloatField()),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
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
                    models.Index(
                        fields=[
                            "service",
                            "square",
                            "reach",
                            "hours",
                            "languages",
                            "longitude",
                            "latitude",
                            "person",
                        ],
                        name="postings_by_square",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("profile", "service"), name="posting_once")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
