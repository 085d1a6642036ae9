"""Registered speeches: units offer them for an item of the programme, the secretariat picks, orders and puts them under it."""
