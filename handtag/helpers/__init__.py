"""How somebody helps: services, reach, times, languages."""
