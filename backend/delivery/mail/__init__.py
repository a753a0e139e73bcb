"""E-mail, all of it pure: what a message looks like, in three languages, and the head it travels under."""
