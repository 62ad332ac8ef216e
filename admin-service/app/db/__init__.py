"""Storage of admin-service: the PostgreSQL schema `admin`."""

SCHEMA = "admin"
HEAD_REVISION = "0009"
"""The newest migration that this code needs; revisions are numbers of four digits, so that they compare."""
