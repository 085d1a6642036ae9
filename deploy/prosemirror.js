// What static/js/writing takes of ProseMirror, bundled into one module by deploy/vendor.py.
export { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
export { history, redo, undo } from "prosemirror-history";
export { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
export { keymap } from "prosemirror-keymap";
export { DOMParser, DOMSerializer, Fragment, Node, Schema, Slice } from "prosemirror-model";
export { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
export { EditorState, Plugin, PluginKey, Selection, TextSelection } from "prosemirror-state";
export {
  CellSelection, addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, fixTables,
  goToNextCell, isInTable, mergeCells, splitCell, tableEditing, tableNodes, toggleHeaderRow,
} from "prosemirror-tables";
export { Transform } from "prosemirror-transform";
export { Decoration, DecorationSet, EditorView } from "prosemirror-view";
