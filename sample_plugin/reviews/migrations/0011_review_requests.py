"""
Authors ask for a review, and a policy decides whether a change waits for one before that.

No request exists yet, and a policy that does not decide leaves it at every save, as it was: no row changes. On the way
back the requests and these decisions are lost, and the second are printed.
"""

import django.db.models.deletion
import openedx_django_lib.fields
import openedx_django_lib.validators
from django.conf import settings
from django.db import migrations, models

FIELDS = ['mode', 'required_reviewers', 'who_may_review', 'review_starts']


def lose_starts(apps, schema_editor):
    """On the way back: the history has no place for this decision, and its constraint refuses it."""
    policies = apps.get_model('sample_plugin_reviews', 'ReviewPolicy').objects.filter(review_starts='when_asked')
    for package_ref in policies.values_list('learning_package__package_ref', flat=True):
        print(f'\n  Lost: in {package_ref} a change waited for a review when an author asked.', end='')
    apps.get_model('sample_plugin_reviews', 'ReviewPolicyChange').objects.filter(field='review_starts').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('openedx_content', '0014_typed_media_id'),
        ('sample_plugin_reviews', '0010_live_content'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', openedx_django_lib.fields.MultiCollationTextField(blank=True, db_collations={'mysql': 'utf8mb4_unicode_ci', 'sqlite': 'NOCASE'}, default='', help_text='What the author says to the reviewers.')),
                ('due', models.DateField(blank=True, help_text='The day by which the author needs the review.', null=True)),
                ('created', models.DateTimeField(validators=[openedx_django_lib.validators.validate_utc_datetime])),
                ('latest', models.BooleanField(default=True, help_text='Yes for the last request about an item, and unknown once it is withdrawn or another follows.', null=True, verbose_name='last request?')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('draft_change_log_record', models.ForeignKey(help_text='The change that the draft showed; empty if core has removed it since, and the request with it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='openedx_content.draftchangelogrecord')),
                ('entity', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='review_requests', to='openedx_content.publishableentity')),
                ('requested_by', models.ForeignKey(help_text='The author who asked; empty if the account was deleted since.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewers', models.ManyToManyField(help_text='The people who are asked; none for everyone who may review.', related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Review request',
                'verbose_name_plural': 'Review requests',
                'constraints': [
                    models.UniqueConstraint(fields=('entity', 'latest'), name='sample_plugin_review_asked'),
                    models.CheckConstraint(condition=models.Q(('latest__isnull', True), models.Q(('latest', True), ('withdrawn_at__isnull', True)), _connector='OR'), name='sample_plugin_review_ask_ended'),
                ],
            },
        ),
        migrations.AddField(
            model_name='reviewpolicy',
            name='review_starts',
            field=models.CharField(blank=True, choices=[('every_save', 'at every save'), ('when_asked', 'when an author asks')], default='', help_text="When a change waits for a review; empty: the site's default.", max_length=32),
        ),
        migrations.AddConstraint(
            model_name='reviewpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('review_starts__in', ['', 'every_save', 'when_asked'])), name='sample_plugin_review_starts'),
        ),
        migrations.AlterField(
            model_name='reviewpolicychange',
            name='field',
            field=models.CharField(choices=[('mode', 'review mode'), ('required_reviewers', 'required reviewers'), ('who_may_review', 'who may review'), ('review_starts', 'a review starts')], max_length=32),
        ),
        migrations.RemoveConstraint(
            model_name='reviewpolicychange',
            name='sample_plugin_review_field',
        ),
        migrations.AddConstraint(
            model_name='reviewpolicychange',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', FIELDS)), name='sample_plugin_review_field'),
        ),
        # The first on the way back, before the constraint.
        migrations.RunPython(migrations.RunPython.noop, lose_starts),
    ]
