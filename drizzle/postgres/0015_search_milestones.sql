-- for SQLite only: a GIN index joins words within a range of ids
SELECT 1;
