"""
Whether any verdict or request of a package has changed can be seen without a look at all of them.

No row exists yet: the number of rows counts from here on.
"""

import django.db.models.deletion
import openedx_django_lib.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('openedx_content', '0014_typed_media_id'),
        ('sample_plugin_reviews', '0011_review_requests'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened_at', models.DateTimeField(validators=[openedx_django_lib.validators.validate_utc_datetime])),
                ('learning_package', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='openedx_content.learningpackage')),
            ],
            options={
                'verbose_name': 'Review activity',
                'verbose_name_plural': 'Review activities',
            },
        ),
    ]
