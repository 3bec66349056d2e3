"""
What people write is stored in utf8mb4, whatever character set the database has by default.

On the way back the columns stay as they are: everything that they hold would not fit into another character set.
"""

import openedx_django_lib.fields
from django.db import migrations

COLLATIONS = {'mysql': 'utf8mb4_unicode_ci', 'sqlite': 'NOCASE'}


class AlterFieldForGood(migrations.AlterField):
    """Alters a column, and leaves it so on the way back."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass


class Migration(migrations.Migration):

    dependencies = [
        ('sample_plugin_reviews', '0005_verdicts'),
    ]

    operations = [
        AlterFieldForGood(
            model_name='reviewbypass',
            name='reason',
            field=openedx_django_lib.fields.MultiCollationTextField(db_collations=COLLATIONS),
        ),
        AlterFieldForGood(
            model_name='reviewedstatus',
            name='note',
            field=openedx_django_lib.fields.MultiCollationTextField(blank=True, db_collations=COLLATIONS, default='', help_text='What the reviewer has to say; of a request, what is missing.'),
        ),
        AlterFieldForGood(
            model_name='reviewedstatus',
            name='withdrawn_reason',
            field=openedx_django_lib.fields.MultiCollationTextField(blank=True, db_collations=COLLATIONS, default='', help_text='Why somebody has dismissed the request; empty for everything else.'),
        ),
    ]
