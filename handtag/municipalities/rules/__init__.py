"""Pure rules of the tenant: how a place is sought, what a logo may be, what a statement must say."""
