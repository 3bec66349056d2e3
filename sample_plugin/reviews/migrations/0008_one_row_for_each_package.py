import django.core.validators
import django.db.models.deletion
import openedx_django_lib.fields
from django.conf import settings
from django.db import migrations, models


def make_rows(apps, schema_editor):
    """Give a policy in which nothing is decided to each package that has none."""
    LearningPackage = apps.get_model('openedx_content', 'LearningPackage')
    ReviewPolicy = apps.get_model('sample_plugin_reviews', 'ReviewPolicy')
    ReviewPolicy.objects.bulk_create(
        (
            ReviewPolicy(learning_package_id=package_id)
            for package_id in LearningPackage.objects.values_list('pk', flat=True)
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def remove_rows(apps, schema_editor):
    """Remove the policies in which nothing is decided."""
    apps.get_model('sample_plugin_reviews', 'ReviewPolicy').objects.filter(changed_at=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('openedx_content', '0014_typed_media_id'),
        ('sample_plugin_reviews', '0007_contributors_and_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='reviewpolicy',
            name='changed_at',
            field=models.DateTimeField(blank=True, help_text="When it was last changed; empty if the site's defaults apply unchanged.", null=True),
        ),
        migrations.RunPython(make_rows, remove_rows),
        # Publishes queued on its rows. They queue on the policies from now on.
        migrations.DeleteModel(
            name='PublishLock',
        ),
        migrations.AlterField(
            model_name='reviewedstatus',
            name='in_force',
            field=models.BooleanField(default=True, help_text='Yes until it is withdrawn, and unknown from then on.', null=True, verbose_name='still counts?'),
        ),
        # Nothing changes in the database: the texts for administrators.
        migrations.AlterField(
            model_name='importedchangelog',
            name='imported_by',
            field=models.ForeignKey(help_text='The user who started the import; empty if unknown.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='importedchangelog',
            name='source',
            field=openedx_django_lib.fields.MultiCollationTextField(blank=True, db_collations={'mysql': 'utf8mb4_unicode_ci', 'sqlite': 'NOCASE'}, default='', help_text='What was imported, such as the key of a course; empty if unknown.'),
        ),
        migrations.AlterField(
            model_name='reviewedstatus',
            name='carried_over_from',
            field=models.ForeignKey(blank=True, help_text='The review that this one repeats after a save that changed nothing; empty if a reviewer gave it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sample_plugin_reviews.reviewedstatus'),
        ),
        migrations.AlterField(
            model_name='reviewedstatus',
            name='note',
            field=openedx_django_lib.fields.MultiCollationTextField(blank=True, db_collations={'mysql': 'utf8mb4_unicode_ci', 'sqlite': 'NOCASE'}, default='', help_text="The reviewer's comment; in a request for changes, what is missing."),
        ),
        migrations.AlterField(
            model_name='reviewedstatus',
            name='reviewer',
            field=models.ForeignKey(help_text='The reviewer; empty if the account was deleted since. The review stays in force.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='reviewedstatus',
            name='withdrawn_reason',
            field=openedx_django_lib.fields.MultiCollationTextField(blank=True, db_collations={'mysql': 'utf8mb4_unicode_ci', 'sqlite': 'NOCASE'}, default='', help_text='The reason why the request was dismissed; otherwise empty.'),
        ),
        migrations.AlterField(
            model_name='reviewpolicy',
            name='required_reviewers',
            field=models.PositiveSmallIntegerField(blank=True, help_text="How many different reviewers must approve a change; empty: the site's default.", null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)]),
        ),
        migrations.AlterField(
            model_name='reviewpolicy',
            name='who_may_review',
            field=models.CharField(blank=True, choices=[('not_contributors', 'people who did not change it'), ('not_last_editor', 'anyone but the last editor'), ('anybody', 'anyone')], default='', help_text="Which of the users with the permission may review a change; empty: the site's default.", max_length=32),
        ),
    ]
