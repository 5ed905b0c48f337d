"""The floor both services stand on; it knows neither of them."""
