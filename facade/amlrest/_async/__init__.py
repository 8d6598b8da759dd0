"""The nouns and what carries them: the only place of the facade where I/O happens."""
