"""What one can do to the programme (build it, run it) and to the floor."""

from agenda.actions.course import close_item, defer_item, open_item
from agenda.actions.floor import give_floor, request_floor, withdraw_floor, yield_floor
from agenda.actions.programme import add_item, edit_item, move_item, remove_item

__all__ = [
    "add_item",
    "close_item",
    "defer_item",
    "edit_item",
    "give_floor",
    "move_item",
    "open_item",
    "remove_item",
    "request_floor",
    "withdraw_floor",
    "yield_floor",
]
