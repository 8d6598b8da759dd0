"""Which workspace, where: arguments, environment, files and clouds."""
