"""Scripts that run in the job of a batch endpoint, with the Python of the job's environment.

That is any Python from 3.8 on, with nothing installed but what the scoring script or the model
needs: they import nothing of this package, and not each other.
"""
