"""Pure rules of the desk: how soon somebody is rung, how often, and what a call can have been about."""
