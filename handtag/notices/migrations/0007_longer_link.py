"""A link to confirm an address holds the address: it may be long."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0006_push_and_digest'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='link',
            field=models.CharField(blank=True, max_length=1000),
        ),
    ]
