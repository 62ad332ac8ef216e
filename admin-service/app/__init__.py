"""Admin service: users, keys, engines, templates, knowledge, settings and the audit log of a mesh."""
