"""Who may ask for and who may perform a service, and why."""
