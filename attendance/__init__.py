"""Who is present: marked by the operators of the bridge points, counted from people, never from devices."""
