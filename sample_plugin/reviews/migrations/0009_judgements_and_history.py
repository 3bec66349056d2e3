"""
Every publish has a record of its judgement, policies have a history, and a mode instead of yes or no.

Bypass records become judgements. All other publishes that exist are “before the plugin kept records”. Of each policy's
past only the last change is known, so its history begins with that.

On the way back the records of bypasses stay, without the list of items, and all other judgements and the history are
lost. Advisory mode becomes “required”, which is the strict side, and is printed.
"""

import django.db.models.deletion
import openedx_django_lib.fields
import openedx_django_lib.validators
from django.conf import settings
from django.db import migrations, models

COLLATIONS = {'mysql': 'utf8mb4_unicode_ci', 'sqlite': 'NOCASE'}
FIELDS = ('mode', 'required_reviewers', 'who_may_review')
# One transaction on most databases; the batches keep the memory flat.
BATCH = 1000


def judge_the_past(apps, schema_editor):
    """Turn bypasses into judgements, and give each other publish a judgement that says that there is no record."""
    Bypass = apps.get_model('sample_plugin_reviews', 'ReviewBypass')
    Judgement = apps.get_model('sample_plugin_reviews', 'PublishJudgement')
    PublishLog = apps.get_model('openedx_content', 'PublishLog')
    for bypasses in _batches(Bypass.objects.all()):
        Judgement.objects.bulk_create(
            Judgement(
                publish_log_id=bypass.publish_log_id,
                basis='bypassed',
                unreviewed_count=bypass.unreviewed_count,
                decided_by_id=bypass.user_id,
                reason=bypass.reason,
                created=bypass.created,
            )
            for bypass in bypasses
        )
    for publish_logs in _batches(PublishLog.objects.filter(review_judgement=None)):
        Judgement.objects.bulk_create(
            Judgement(publish_log_id=publish_log.pk, basis='before_plugin', created=publish_log.published_at)
            for publish_log in publish_logs
        )


def keep_bypasses(apps, schema_editor):
    """On the way back: turn judgements into bypasses, where they are."""
    Bypass = apps.get_model('sample_plugin_reviews', 'ReviewBypass')
    Judgement = apps.get_model('sample_plugin_reviews', 'PublishJudgement')
    for judgements in _batches(Judgement.objects.filter(basis='bypassed')):
        Bypass.objects.bulk_create(
            Bypass(
                publish_log_id=judgement.publish_log_id,
                user_id=judgement.decided_by_id,
                reason=judgement.reason,
                unreviewed_count=judgement.unreviewed_count,
                created=judgement.created,
            )
            for judgement in judgements
        )


def _batches(rows):
    """Yield the rows in order of their keys, a list at a time; a row that is dealt with may stop being found."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by('pk')[:BATCH]):
        yield batch
        last = batch[-1].pk


def name_modes(apps, schema_editor):
    """Turn yes and no into modes, and begin the history of each policy."""
    ReviewPolicy = apps.get_model('sample_plugin_reviews', 'ReviewPolicy')
    Change = apps.get_model('sample_plugin_reviews', 'ReviewPolicyChange')
    ReviewPolicy.objects.filter(review_required=True).update(mode='required')
    ReviewPolicy.objects.filter(review_required=False).update(mode='off')
    for policies in _batches(ReviewPolicy.objects.exclude(changed_at=None)):
        Change.objects.bulk_create(
            Change(
                learning_package_id=policy.pk,
                field=field,
                new_value=str(value),
                new_in_force=str(value),
                changed_by_id=policy.changed_by_id,
                changed_at=policy.changed_at,
            )
            for policy in policies
            for field in FIELDS
            if (value := getattr(policy, field)) not in ('', None)
        )


def forget_modes(apps, schema_editor):
    """On the way back: turn modes into yes and no."""
    ReviewPolicy = apps.get_model('sample_plugin_reviews', 'ReviewPolicy')
    advisory = ReviewPolicy.objects.filter(mode='advisory')
    for package_ref in advisory.order_by('learning_package__package_ref').values_list(
        'learning_package__package_ref', flat=True
    ):
        print(f'\nEarlier releases know no advisory mode: {package_ref!r} requires reviews from now on.')
    if getattr(settings, 'SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE', 'required') != 'required':
        print(
            '\nEarlier releases do not read SAMPLE_PLUGIN_REVIEWS_DEFAULT_MODE. To require no reviews by default, set '
            'SAMPLE_PLUGIN_REVIEWS_REQUIRED_BY_DEFAULT to False.'
        )
    ReviewPolicy.objects.filter(mode__in=['advisory', 'required']).update(review_required=True)
    ReviewPolicy.objects.filter(mode='off').update(review_required=False)


class Migration(migrations.Migration):

    dependencies = [
        ('openedx_content', '0014_typed_media_id'),
        ('sample_plugin_reviews', '0008_one_row_for_each_package'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishJudgement',
            fields=[
                ('publish_log', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='review_judgement', serialize=False, to='openedx_content.publishlog')),
                ('basis', models.CharField(choices=[('reviewed', 'reviewed'), ('bypassed', 'bypassed'), ('not_required', 'review not required'), ('restored', 'restored from a backup'), ('before_plugin', 'before judgements were recorded')], help_text='Why the publish was allowed.', max_length=32)),
                ('mode', models.CharField(blank=True, choices=[('off', 'off'), ('advisory', 'advisory'), ('required', 'required')], default='', help_text="The library's review mode at that time; empty if unknown.", max_length=32)),
                ('required_reviewers', models.PositiveSmallIntegerField(blank=True, help_text='How many reviewers a change needed at that time; empty if unknown.', null=True)),
                ('change_count', models.PositiveIntegerField(blank=True, help_text='How many changes went live; empty if unknown.', null=True)),
                ('unreviewed_count', models.PositiveIntegerField(blank=True, help_text='How many of them were not reviewed; empty if unknown.', null=True)),
                ('unreviewed', models.JSONField(blank=True, default=list, help_text='The ids of the entities whose changes were not reviewed: all of them.')),
                ('decided_by', models.ForeignKey(blank=True, help_text='The user who bypassed the review; empty without a bypass, and if the account was deleted since.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', openedx_django_lib.fields.MultiCollationTextField(blank=True, db_collations=COLLATIONS, default='', help_text='The reason for the bypass, also if everything turned out to be reviewed; otherwise empty.')),
                ('created', models.DateTimeField(validators=[openedx_django_lib.validators.validate_utc_datetime])),
            ],
            options={
                'verbose_name': 'Publish judgement',
                'verbose_name_plural': 'Publish judgements',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('basis__in', ['reviewed', 'bypassed', 'not_required', 'restored', 'before_plugin'])), name='sample_plugin_review_basis'),
                    models.CheckConstraint(condition=models.Q(('mode__in', ['', 'off', 'advisory', 'required'])), name='sample_plugin_review_mode_then'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReviewPolicyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('learning_package', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='review_policy_changes', to='openedx_content.learningpackage')),
                ('field', models.CharField(choices=[('mode', 'review mode'), ('required_reviewers', 'required reviewers'), ('who_may_review', 'who may review')], max_length=32)),
                ('old_value', models.CharField(blank=True, default='', help_text="The value before; empty: the site's default.", max_length=32)),
                ('new_value', models.CharField(blank=True, default='', help_text="The value since then; empty: the site's default.", max_length=32)),
                ('old_in_force', models.CharField(blank=True, default='', help_text='What applied before, by policy or default; empty: unknown.', max_length=32)),
                ('new_in_force', models.CharField(blank=True, default='', help_text='What applied then, by policy or default; empty: unknown.', max_length=32)),
                ('reason', openedx_django_lib.fields.MultiCollationTextField(blank=True, db_collations=COLLATIONS, default='', help_text='The reason; empty if none was given.')),
                ('changed_by', models.ForeignKey(blank=True, help_text='The user; empty for a script, and if the account was deleted since.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('changed_at', models.DateTimeField(validators=[openedx_django_lib.validators.validate_utc_datetime])),
            ],
            # Made with the table: MySQL does not let go of the index alone, because the foreign key needs it.
            options={
                'verbose_name': 'Policy change',
                'verbose_name_plural': 'Policy changes',
                'indexes': [models.Index(fields=['learning_package', 'changed_at'], name='sample_plugin_review_history')],
                'constraints': [models.CheckConstraint(condition=models.Q(('field__in', ['mode', 'required_reviewers', 'who_may_review'])), name='sample_plugin_review_field')],
            },
        ),
        migrations.AddField(
            model_name='reviewpolicy',
            name='mode',
            field=models.CharField(blank=True, choices=[('off', 'off'), ('advisory', 'advisory'), ('required', 'required')], default='', help_text="What happens to unreviewed changes that are to be published; empty: the site's default.", max_length=32),
        ),
        migrations.RunPython(judge_the_past, keep_bypasses),
        migrations.RunPython(name_modes, forget_modes),
        migrations.DeleteModel(
            name='ReviewBypass',
        ),
        migrations.RemoveField(
            model_name='reviewpolicy',
            name='review_required',
        ),
        migrations.AddConstraint(
            model_name='reviewpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['', 'off', 'advisory', 'required'])), name='sample_plugin_review_mode'),
        ),
    ]
