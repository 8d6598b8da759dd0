"""What a user writes and gets back, one module for each group of resources."""
