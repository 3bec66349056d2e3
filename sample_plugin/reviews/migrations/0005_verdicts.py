"""
Requests for changes, and the number of reviewers.

The way back loses two rules: what comes before knows no requests for changes, and takes one review for enough. It stays
on the strict side. Requests are withdrawn, and so are the reviews of every version that is not live and not sufficiently
reviewed today, because a request stands against it or too few people have reviewed it. What it has lost it prints. After
the next upgrade, the number of reviewers has to be set again.
"""

from collections import defaultdict
from datetime import datetime, timezone

import django.core.validators
from django.conf import settings
from django.db import migrations, models


def stay_strict(apps, schema_editor):
    """On the way back: withdraw what would be enough under the weaker rules only."""
    reviews = apps.get_model('sample_plugin_reviews', 'ReviewedStatus').objects
    policies = apps.get_model('sample_plugin_reviews', 'ReviewPolicy').objects
    by_default = getattr(settings, 'SAMPLE_PLUGIN_REVIEWS_REQUIRED_REVIEWERS', 1)
    numbers = dict(
        policies.exclude(required_reviewers=None).values_list('learning_package_id', 'required_reviewers')
    )

    requests, given = [], defaultdict(list)
    requested_of = set()
    for pk, verdict, package_id, reviewer_id, entity_id, version_id, live_id, record_id in reviews.filter(
        in_force=True
    ).values_list(
        'pk',
        'verdict',
        'entity__learning_package_id',
        'reviewer_id',
        'entity_id',
        'version_id',
        'entity__published__version_id',
        'draft_change_log_record_id',
    ):
        # Of deletions each counts by itself.
        what = (package_id, entity_id, version_id, None if version_id else record_id)
        if verdict == 'changes_requested':
            requests.append(pk)
            requested_of.add(what)
        elif version_id is None or version_id != live_id:
            given[what].append((pk, reviewer_id))
    too_few = []
    for what, of_it in given.items():
        # All accounts that were deleted count as one person, as they do today.
        people = {reviewer_id for _pk, reviewer_id in of_it}
        if what in requested_of or len(people) < numbers.get(what[0], by_default):
            too_few.extend(pk for pk, _reviewer_id in of_it)

    ended = [*requests, *too_few]
    for start in range(0, len(ended), 500):  # SQLite takes no more than 999 parameters
        reviews.filter(pk__in=ended[start:start + 500]).update(
            in_force=None, withdrawn_at=datetime.now(tz=timezone.utc)
        )
    # Nor does what comes before know a policy about the number of reviewers only.
    lost = sorted(policies.filter(required_reviewers__gt=1).values_list(
        'learning_package__package_ref', 'required_reviewers'
    ))
    policies.filter(review_required=None).delete()
    _tell(requests, too_few, lost, by_default)


def _tell(requests, too_few, lost, by_default):
    if requests:
        print(f'\nEarlier releases know no requests for changes. Requests withdrawn: {len(requests)}.')
    if too_few:
        print(f'\nEarlier releases would take for enough what is not enough today. Reviews withdrawn: {len(too_few)}.')
    for package_ref, number in lost:
        print(
            f'\nForgotten: {package_ref!r} asks for {number} reviewers, and earlier releases for one. '
            f'After the next upgrade run: manage.py cms reviews_policy {package_ref!r} --reviewers {number}'
        )
    if by_default != 1:
        print(f'\nEarlier releases ask for one reviewer, and not for {by_default} as the settings do.')


class Migration(migrations.Migration):

    dependencies = [
        ('sample_plugin_reviews', '0004_index_by_entity_and_reviewer'),
    ]

    operations = [
        migrations.AddField(
            model_name='reviewedstatus',
            name='verdict',
            field=models.CharField(choices=[('reviewed', 'reviewed'), ('changes_requested', 'changes requested')], default='reviewed', max_length=32),
        ),
        migrations.AddField(
            model_name='reviewedstatus',
            name='withdrawn_reason',
            field=models.TextField(blank=True, default='', help_text='Why somebody has dismissed the request; empty for everything else.'),
        ),
        migrations.AddField(
            model_name='reviewpolicy',
            name='required_reviewers',
            field=models.PositiveSmallIntegerField(blank=True, help_text="How many different people have to review a change; empty: the site's default.", null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)]),
        ),
        migrations.AlterField(
            model_name='reviewedstatus',
            name='note',
            field=models.TextField(blank=True, default='', help_text='What the reviewer has to say; of a request, what is missing.'),
        ),
        migrations.AlterField(
            model_name='reviewpolicy',
            name='review_required',
            field=models.BooleanField(blank=True, help_text="Whether only reviewed changes are published; unknown: the site's default.", null=True),
        ),
        migrations.AddConstraint(
            model_name='reviewedstatus',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['reviewed', 'changes_requested'])), name='sample_plugin_review_verdict'),
        ),
        migrations.AddConstraint(
            model_name='reviewpolicy',
            constraint=models.CheckConstraint(condition=models.Q(('required_reviewers__isnull', True), ('required_reviewers__gte', 1), _connector='OR'), name='sample_plugin_review_people'),
        ),
        migrations.RunPython(migrations.RunPython.noop, stay_strict),
    ]
