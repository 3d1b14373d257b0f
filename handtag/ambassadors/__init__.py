"""Staff near residents: whom they ask for in their work, what came of it, their course and material."""
