from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sample_plugin_reviews', '0003_publish_lock'),
    ]

    operations = [
        # Added before the other one is removed: MySQL insists on an index that begins with the foreign key.
        migrations.AddIndex(
            model_name='reviewedstatus',
            index=models.Index(fields=['entity', 'reviewer'], name='sample_plugin_review_given'),
        ),
        migrations.RemoveIndex(
            model_name='reviewedstatus',
            name='sample_plugin_review_history',
        ),
    ]
