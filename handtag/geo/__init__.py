"""Points, polygons and the steps in which distances are shown."""
