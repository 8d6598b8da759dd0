"""The collections of a workspace and the I/O below them: all of the I/O of the facade."""
