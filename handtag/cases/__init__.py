"""Reports and what a coordinator must take over."""
