"""Mending from the bell: what a notification offers is run as a job, once, and its result is told in the timeline."""
