"""What one can do to the programme (build it, release it, run it) and to the floor."""

from agenda.actions.course import close_item, defer_item, open_item
from agenda.actions.floor import give_floor, request_floor, withdraw_floor, yield_floor
from agenda.actions.programme import add_item, add_items, edit_item, move_item, remove_item, retime_items, undo_programme
from agenda.actions.releases import release_programme

__all__ = [
    "add_item",
    "add_items",
    "close_item",
    "defer_item",
    "edit_item",
    "give_floor",
    "move_item",
    "open_item",
    "release_programme",
    "remove_item",
    "request_floor",
    "retime_items",
    "undo_programme",
    "withdraw_floor",
    "yield_floor",
]
