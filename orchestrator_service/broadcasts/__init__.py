"""One template to a segment of leads: previewed, throttled, watched, stopped, reported."""
