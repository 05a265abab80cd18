"""What happens without a click: schedule, retries, and a reaper for work whose worker died."""
