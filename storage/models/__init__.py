"""One SQLModel table a module; constraints are in the database, there are no ORM relationships."""
