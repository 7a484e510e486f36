"""What is walked through on a real cluster, in the order of these modules."""
