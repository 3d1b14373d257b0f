"""Who may act for whom: one person helps another to ask, with their consent and until a day."""
