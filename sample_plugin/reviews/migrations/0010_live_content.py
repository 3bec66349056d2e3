"""The list of what is live has a permission of its own, and a basis has the words that all screens use."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sample_plugin_reviews', '0009_judgements_and_history'),
    ]

    operations = [
        migrations.CreateModel(
            name='LiveContent',
            fields=[
            ],
            options={
                'verbose_name': 'Live content',
                'verbose_name_plural': 'Live content',
                'proxy': True,
                'default_permissions': ('view',),
                'indexes': [],
                'constraints': [],
            },
            bases=('openedx_content.published',),
        ),
        migrations.AlterField(
            model_name='publishjudgement',
            name='basis',
            field=models.CharField(choices=[('reviewed', 'reviewed'), ('bypassed', 'bypassed'), ('not_required', 'not required'), ('restored', 'restored'), ('before_plugin', 'before the plugin')], help_text='Why the publish was allowed.', max_length=32),
        ),
    ]
