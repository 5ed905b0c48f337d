"""The foundation: SQL that a brand-new database gets (`db/init`)."""
