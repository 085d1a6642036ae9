"""What one can do to the programme (build it, release it, run it) and to the floor."""

from agenda.actions.closed import restrict_item, unrestrict_item
from agenda.actions.course import close_item, defer_item, open_item
from agenda.actions.flight import advance_item, merge_item, restore_item, skip_item
from agenda.actions.floor import give_floor, name_floor, request_floor, withdraw_floor, yield_floor
from agenda.actions.programme import add_item, add_items, edit_item, move_item, remove_item, retime_items, undo_programme
from agenda.actions.releases import release_programme

__all__ = [
    "add_item",
    "add_items",
    "advance_item",
    "close_item",
    "defer_item",
    "edit_item",
    "give_floor",
    "merge_item",
    "move_item",
    "name_floor",
    "open_item",
    "release_programme",
    "remove_item",
    "request_floor",
    "restore_item",
    "restrict_item",
    "retime_items",
    "skip_item",
    "undo_programme",
    "unrestrict_item",
    "withdraw_floor",
    "yield_floor",
]
