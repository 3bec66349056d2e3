"""Start an import, and show its state."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from user_tasks.models import UserTaskStatus

from workbench.demo.course import COURSE_KEY
from workbench.library import find_library
from workbench.permissions import EDIT, require
from workbench.views.base import StudioView

from .models import ModulestoreSource
from .tasks import bulk_migrate_from_modulestore


class BulkMigrationSerializer(serializers.Serializer[dict[str, Any]]):
    """What to import, into which library, and how."""

    sources = serializers.ListField(child=serializers.ChoiceField(choices=[COURSE_KEY]), allow_empty=False)
    target = serializers.CharField()
    composition_level = serializers.ChoiceField(
        choices=["component", "unit", "subsection", "section"], default="component"
    )
    repeat_handling_strategy = serializers.ChoiceField(choices=["skip", "fork", "update"], default="skip")
    preserve_url_slugs = serializers.BooleanField(default=False)


class BulkMigrationView(StudioView):
    """
    ``POST /api/modulestore_migrator/v1/bulk_migration/``.

    It opts out of the transaction around the request, which Studio's does not: there a worker runs the task, and has
    transactions of its own.
    """

    def post(self, request: Request) -> Response:
        """Import, and return the state. On the platform the import may still be running."""
        serializer = BulkMigrationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        parameters = dict(serializer.validated_data)
        sources, target = parameters.pop("sources"), parameters.pop("target")
        require(request.user, EDIT, find_library(target))
        task = bulk_migrate_from_modulestore.delay(
            user_id=request.user.id,
            sources_pks=[ModulestoreSource.objects.get_or_create(key=source)[0].pk for source in sources],
            target_library_key=target,
            **parameters,
        )
        return Response(_describe(UserTaskStatus.objects.get(task_id=task.id)), status=201)


def _describe(status: UserTaskStatus) -> dict[str, Any]:
    return {
        "state": status.state,
        "state_text": status.state_text,
        "completed_steps": status.completed_steps,
        "total_steps": status.total_steps,
        "attempts": status.attempts,
        "created": status.created,
        "modified": status.modified,
        "artifacts": [],
        "uuid": status.uuid,
        "parameters": [
            {
                "source": str(migration.source.key),
                "target": migration.target.package_ref,
                "composition_level": migration.composition_level,
                "repeat_handling_strategy": migration.repeat_handling_strategy,
                "preserve_url_slugs": migration.preserve_url_slugs,
                "is_failed": migration.is_failed,
            }
            for migration in status.migrations.select_related("source", "target").order_by("pk")
        ],
    }
