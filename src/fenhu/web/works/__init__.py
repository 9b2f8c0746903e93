"""The programme's work: studies, annual plans, projects, and the one way to take a step."""
