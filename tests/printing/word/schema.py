"""The order in which Word asks for the children of an element (ECMA-376, part 1): a file in another order is called damaged."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs spacing ind "
        "contextualSpacing jc textAlignment outlineLvl rPr sectPr"
    ),
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u effect lang",
    "tblPr": "tblStyle tblpPr tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection vAlign",
    "tc": "tcPr p tbl",
    "tbl": "tblPr tblGrid tr",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg",
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr",
    "lvl": "start numFmt lvlRestart suff lvlText lvlJc pPr rPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "numbering": "abstractNum num",
    "styles": "docDefaults style",
}
#: Elements whose children may come again in any order.
MIXED = {"tc"}


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def disorder(data: bytes) -> list[str]:
    """Return where children stand in another order than asked for, or are not known; cells that do not end with a paragraph."""
    found = []
    for name, text in parts(data).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in ElementTree.fromstring(text).iter():
            kind = element.tag.removeprefix(W)
            children = [child.tag.removeprefix(W) for child in element]
            order = ORDER.get(kind, "").split()
            if order and (unknown := set(children) - set(order)):
                found.append(f"{name}: {kind} has {sorted(unknown)}")
            elif order and kind not in MIXED and children != sorted(children, key=order.index):
                found.append(f"{name}: {kind} has {children}")
            if kind == "tc" and children[-1:] != ["p"]:
                found.append(f"{name}: a cell ends with {children[-1:]}")
            if kind == "body" and children[-2:] == ["tbl", "sectPr"]:
                found.append(f"{name}: the text ends with a table")
    return found
