"""Resource classes, and pure functions on them; one module for each kind of resource."""
