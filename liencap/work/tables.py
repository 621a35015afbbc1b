"""Lay all tables of an empty database at once, from the models of today.

Going through every migration gives the same tables in twenty times the time: each step draws anew the models that
hang together, and nearly all do. A test holds both ways against each other.
"""

from django.apps import apps
from django.db import router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython
from django.db.migrations.recorder import MigrationRecorder

OURS = "liencap."


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the database holds no table but Django's own list of migrations, which a kill may leave."""
    return set(connection.introspection.table_names()) <= {"django_migrations"}


def lay_tables(connection: BaseDatabaseWrapper) -> None:
    """Make every model's table and what our migrations make beside them, and note every migration as applied.

    All in one transaction: a kill leaves the database empty. Steps that only change rows are marked `elidable` and
    have none to change here.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for config in apps.get_app_configs():
            for model in router.get_migratable_models(config, connection.alias):
                if model._meta.can_migrate(connection):
                    editor.create_model(model)
        for migration, _backwards in plan:
            for operation in migration.operations:
                if isinstance(operation, RunPython) and is_lasting(migration, operation):
                    operation.code(apps, editor)  # type: ignore[arg-type]  # today's models are the last state
            recorder.record_applied(migration.app_label, migration.name)


def is_lasting(migration: Migration, step: RunPython) -> bool:
    """Say whether a step of a migration makes something that the models do not tell; others' steps change rows."""
    return type(migration).__module__.startswith(OURS) and not step.elidable
