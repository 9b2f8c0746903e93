"""Who may see and do what: users, their grants, and the one door from an id to an object."""
