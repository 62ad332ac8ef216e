"""Technical code shared by the services. No domain word and no table belongs here."""
