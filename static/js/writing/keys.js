// What keys do in the editor, and what typing at the start of a paragraph makes of it.

import {
  Plugin, baseKeymap, chainCommands, exitCode, goToNextCell, history, inputRules, isInTable, keymap, redo, splitListItem,
  tableEditing, undo, wrappingInputRule,
} from "../../vendor/prosemirror/prosemirror.min.mjs";
import { COMMANDS, STYLES, beside, indent, outdent } from "./menu.js";
import { schema } from "./schema.js";

const { nodes } = schema;

function lineBreak(state, dispatch) {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
}

/** Tab in the last cell of a table adds a row, as in every word processor. */
function newRow(state, dispatch, view) {
  if (!isInTable(state) || !COMMANDS["row-below"](state, dispatch)) return false;
  if (dispatch && view) goToNextCell(1)(view.state, view.dispatch);
  return true;
}

/** After Escape, Tab leaves the editor instead of moving in it: nobody is caught. */
class Leaving {
  armed = false;
  hold = (command) => (state, dispatch, view) => !this.armed && command(state, dispatch, view);
}

/** A table at the end of the text has a paragraph after it, else nobody could write on. */
const roomAtTheEnd = new Plugin({
  appendTransaction: (_transactions, _before, state) =>
    state.doc.lastChild?.type === nodes.table ? state.tr.insert(state.doc.content.size, nodes.paragraph.create()).setMeta("addToHistory", false) : null,
});

const typed = inputRules({
  rules: [
    wrappingInputRule(/^\s*[-•*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^(\d{1,4})\.\s$/, nodes.ordered_list, (match) => ({ order: Math.max(1, Number(match[1])) })),
  ],
});

/** The plugins of one editor; `toMenu` brings the focus to its buttons. */
export function plugins(toMenu) {
  const leaving = new Leaving();
  return [
    history(),
    typed,
    keymap({
      "Mod-z": undo,
      "Mod-y": redo,
      "Mod-Shift-z": redo,
      "Mod-b": COMMANDS.strong,
      "Mod-i": COMMANDS.em,
      "Mod-Shift-7": COMMANDS.numbers,
      "Mod-Shift-8": COMMANDS.bullets,
      "Mod-e": COMMANDS.centre,
      "Mod-Alt-0": STYLES.paragraph,
      "Mod-Alt-1": STYLES["heading-1"],
      "Mod-Alt-2": STYLES["heading-2"],
      "Mod-]": indent,
      "Mod-[": outdent,
      "Mod-Enter": chainCommands(beside(true), exitCode),
      "Mod-Shift-Enter": beside(false),
      "Shift-Enter": lineBreak,
      Enter: splitListItem(nodes.list_item),
      Tab: leaving.hold(chainCommands(goToNextCell(1), indent, newRow)),
      "Shift-Tab": leaving.hold(chainCommands(goToNextCell(-1), outdent)),
      "Alt-F10": toMenu,
      Escape: () => {
        leaving.armed = true;
        return false;
      },
    }),
    keymap(baseKeymap),
    tableEditing(),
    roomAtTheEnd,
    new Plugin({ props: { handleDOMEvents: { input: () => void (leaving.armed = false), blur: () => void (leaving.armed = false) } } }),
  ];
}
