"""Questions to the store, a subject a module: functions(db, …) that return values of metrics.types."""
