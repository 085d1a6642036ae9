"""What of a PDF may survive, as data: for each kind of object the keys it may have, and what may stand under each of them.

Drawing alone is here: page contents, forms, pictures, fonts, colours. No action, no annotation, no file, no name that leads out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Leaf:
    """A plain value: number, integer, name, truth, string; `many`: an array of numbers, however nested."""

    kind: str


@dataclass(frozen=True)
class Keys:
    """A dictionary or stream with these keys. `stream`: what its data is (content, image, font, data), if it has any.

    `among`: which values a key must have; `draws`: its data is content that uses its Resources.
    """

    keys: Mapping[str, Any]
    stream: str = ""
    among: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    draws: bool = False


@dataclass(frozen=True)
class Names:
    """A dictionary whose keys are anybody's names, each over the same kind of thing."""

    of: Any


@dataclass(frozen=True)
class Each:
    """An array of one kind of thing, at most `most`; what is none of it is left out."""

    of: Any
    most: int = 20_000


@dataclass(frozen=True)
class Tagged:
    """An array that begins with a name, which says what follows; anything behind that is cut off."""

    rows: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class By:
    """A dictionary or stream whose value under `key` says which of several it is."""

    key: str
    rows: Mapping[Any, Any]


@dataclass(frozen=True)
class OneOf:
    """The first that fits."""

    of: tuple[Any, ...]


@dataclass(frozen=True)
class Pair:
    """An array with just these things, in this order."""

    of: tuple[Any, ...]


NUMBER, INTEGER, NAME, TRUTH, STRING, NUMBERS = (
    Leaf(kind) for kind in ("number", "integer", "name", "truth", "string", "numbers")
)

#: Every stream may say how it is packed; the keys that take its data from another file are not among these.
PACKING: dict[str, Any] = {"Filter": "filter", "DecodeParms": "packing"}
FILTERS = {
    "FlateDecode": "Fl", "LZWDecode": "LZW", "ASCII85Decode": "A85", "ASCIIHexDecode": "AHx", "RunLengthDecode": "RL",
    "CCITTFaxDecode": "CCF", "DCTDecode": "DCT", "JPXDecode": "", "JBIG2Decode": "",
}  # fmt: skip
FILTER_NAMES = frozenset(FILTERS) | {short for short in FILTERS.values() if short}

_PACKING = Keys(
    {
        **dict.fromkeys(("Predictor", "Colors", "BitsPerComponent", "Columns", "EarlyChange", "K", "Rows"), INTEGER),
        **dict.fromkeys(("EndOfLine", "EncodedByteAlign", "EndOfBlock", "BlackIs1"), TRUTH),
        "DamagedRowsBeforeError": INTEGER, "ColorTransform": INTEGER, "JBIG2Globals": Keys(PACKING, stream="data"),
    }
)  # fmt: skip

_FUNCTION = {"FunctionType": INTEGER, "Domain": NUMBERS, "Range": NUMBERS}
_GROUP = Keys({"Type": NAME, "S": NAME, "CS": "colours", "I": TRUTH, "K": TRUTH}, among={"S": frozenset({"Transparency"})})
_SYSTEM = Keys({"Registry": STRING, "Ordering": STRING, "Supplement": INTEGER})
_CMAP = Keys(
    {"Type": NAME, "CMapName": NAME, "CIDSystemInfo": _SYSTEM, "WMode": INTEGER, "UseCMap": NAME, **PACKING}, stream="data"
)  # fmt: skip
_ENCODING = OneOf((NAME, Keys({"Type": NAME, "BaseEncoding": NAME, "Differences": "differences"})))
_FONT_FILE = Keys({"Length1": INTEGER, "Length2": INTEGER, "Length3": INTEGER, "Subtype": NAME, **PACKING}, stream="font")
_DESCRIPTOR = Keys(
    {
        "Type": NAME, "FontName": NAME, "FontFamily": STRING, "FontStretch": NAME, "FontBBox": NUMBERS, "Lang": NAME,
        **dict.fromkeys(
            ("FontWeight", "Flags", "ItalicAngle", "Ascent", "Descent", "Leading", "CapHeight", "XHeight", "StemV", "StemH",
             "AvgWidth", "MaxWidth", "MissingWidth"), NUMBER,
        ),
        "FontFile": _FONT_FILE, "FontFile2": _FONT_FILE, "FontFile3": _FONT_FILE, "CharSet": STRING,
        "Style": Keys({"Panose": STRING}),
    }
)  # fmt: skip
_SIMPLE_FONT = {
    "Type": NAME, "Subtype": NAME, "BaseFont": NAME, "FirstChar": INTEGER, "LastChar": INTEGER, "Widths": NUMBERS,
    "FontDescriptor": _DESCRIPTOR, "Encoding": _ENCODING, "ToUnicode": OneOf((NAME, _CMAP)),
}  # fmt: skip
_CID_FONT = Keys(
    {
        "Type": NAME, "Subtype": NAME, "BaseFont": NAME, "CIDSystemInfo": _SYSTEM, "FontDescriptor": _DESCRIPTOR, "DW": NUMBER,
        "W": NUMBERS, "DW2": NUMBERS, "W2": NUMBERS, "CIDToGIDMap": OneOf((NAME, Keys(PACKING, stream="data"))),
    },
    among={"Subtype": frozenset({"CIDFontType0", "CIDFontType2"})},
)  # fmt: skip
_TYPE_3 = Keys(
    {
        "Type": NAME, "Subtype": NAME, "FontBBox": NUMBERS, "FontMatrix": NUMBERS, "FirstChar": INTEGER, "LastChar": INTEGER,
        "CharProcs": Names(Keys(PACKING, stream="content")), "Encoding": _ENCODING, "Widths": NUMBERS,
        "FontDescriptor": _DESCRIPTOR, "Resources": "resources", "ToUnicode": OneOf((NAME, _CMAP)),
    },
    draws=True,
)  # fmt: skip
_SHADING = {
    "ShadingType": INTEGER, "ColorSpace": "colours", "Background": NUMBERS, "BBox": NUMBERS, "AntiAlias": TRUTH,
    "Domain": NUMBERS, "Matrix": NUMBERS, "Function": "functions", "Coords": NUMBERS, "Extend": Each(TRUTH, 2),
}  # fmt: skip
_MESH = Keys(
    {
        **_SHADING, **dict.fromkeys(("BitsPerCoordinate", "BitsPerComponent", "BitsPerFlag", "VerticesPerRow"), INTEGER),
        "Decode": NUMBERS, **PACKING,
    },
    stream="data",
)  # fmt: skip
_PICTURE = {
    "Type": NAME, "Subtype": NAME, "Width": INTEGER, "Height": INTEGER, "ColorSpace": "colours", "BitsPerComponent": INTEGER,
    "Intent": NAME, "ImageMask": TRUTH, "Decode": NUMBERS, "Interpolate": TRUTH, "SMaskInData": INTEGER, **PACKING,
}  # fmt: skip
_STENCIL = Keys({**_PICTURE, "Matte": NUMBERS}, stream="image")
_FORM = Keys(
    {
        "Type": NAME, "Subtype": NAME, "FormType": INTEGER, "BBox": NUMBERS, "Matrix": NUMBERS, "Resources": "resources",
        "Group": _GROUP, **PACKING,
    },
    stream="content", draws=True,
)  # fmt: skip
_SOFT_MASK = Keys(
    {"Type": NAME, "S": NAME, "G": _FORM, "BC": NUMBERS, "TR": OneOf((NAME, "function"))},
    among={"S": frozenset({"Alpha", "Luminosity"})},
)
_STATE = Keys(
    {
        "Type": NAME, **dict.fromkeys(("LW", "LC", "LJ", "ML", "OPM", "FL", "SM", "CA", "ca"), NUMBER),
        "D": Pair((NUMBERS, NUMBER)), "RI": NAME, **dict.fromkeys(("OP", "op", "SA", "AIS", "TK"), TRUTH),
        "Font": Pair(("font", NUMBER)), "BM": OneOf((NAME, Each(NAME, 20))), "SMask": OneOf((NAME, _SOFT_MASK)),
        "TR": OneOf((NAME, "functions")), "TR2": OneOf((NAME, "functions")),
    }
)  # fmt: skip

#: What others name, some of them themselves.
SPECS: dict[str, Any] = {
    "filter": OneOf((NAME, Each(NAME, 6))),
    "packing": OneOf((_PACKING, Each(OneOf((_PACKING, Leaf("nothing"))), 6))),
    "differences": Each(OneOf((INTEGER, NAME)), 2000),
    "function": By(
        "FunctionType",
        {
            0: Keys({**_FUNCTION, "Size": NUMBERS, "BitsPerSample": INTEGER, "Order": INTEGER, "Encode": NUMBERS,
                     "Decode": NUMBERS, **PACKING}, stream="data"),
            2: Keys({**_FUNCTION, "C0": NUMBERS, "C1": NUMBERS, "N": NUMBER}),
            3: Keys({**_FUNCTION, "Functions": Each("function", 500), "Bounds": NUMBERS, "Encode": NUMBERS}),
            4: Keys({**_FUNCTION, **PACKING}, stream="data"),
        },
    ),
    "functions": OneOf(("function", Each("function", 40))),
    "colours": OneOf(
        (
            NAME,
            Tagged(
                {
                    "ICCBased": (Keys({"N": INTEGER, "Alternate": "colours", "Range": NUMBERS, **PACKING}, stream="data"),),
                    "CalGray": (Keys(dict.fromkeys(("WhitePoint", "BlackPoint", "Gamma"), OneOf((NUMBERS, NUMBER)))),),
                    "CalRGB": (Keys(dict.fromkeys(("WhitePoint", "BlackPoint", "Gamma", "Matrix"), NUMBERS)),),
                    "Lab": (Keys(dict.fromkeys(("WhitePoint", "BlackPoint", "Range"), NUMBERS)),),
                    "Indexed": ("colours", INTEGER, OneOf((STRING, Keys(PACKING, stream="data")))),
                    "I": ("colours", INTEGER, OneOf((STRING, Keys(PACKING, stream="data")))),
                    "Separation": (NAME, "colours", "function"),
                    "DeviceN": (Each(NAME, 40), "colours", "function"),
                    "Pattern": ("colours",),
                    **dict.fromkeys(("DeviceGray", "DeviceRGB", "DeviceCMYK", "G", "RGB", "CMYK"), ()),
                }
            ),
        )
    ),
    "font": By(
        "Subtype",
        {
            **dict.fromkeys(("Type1", "TrueType", "MMType1"), Keys(_SIMPLE_FONT)),
            "Type3": _TYPE_3,
            "Type0": Keys(
                {"Type": NAME, "Subtype": NAME, "BaseFont": NAME, "Encoding": OneOf((NAME, _CMAP)),
                 "DescendantFonts": Each(_CID_FONT, 1), "ToUnicode": OneOf((NAME, _CMAP))}
            ),
        },
    ),
    "pattern": By(
        "PatternType",
        {
            1: Keys({"Type": NAME, **dict.fromkeys(("PatternType", "PaintType", "TilingType"), INTEGER), "BBox": NUMBERS,
                     "XStep": NUMBER, "YStep": NUMBER, "Resources": "resources", "Matrix": NUMBERS, **PACKING},
                    stream="content", draws=True),
            2: Keys({"Type": NAME, "PatternType": INTEGER, "Shading": "shading", "Matrix": NUMBERS, "ExtGState": _STATE}),
        },
    ),
    "shading": By("ShadingType", {**dict.fromkeys((1, 2, 3), Keys(_SHADING)), **dict.fromkeys((4, 5, 6, 7), _MESH)}),
    "form": _FORM,
    "picture": Keys({**_PICTURE, "Mask": OneOf((NUMBERS, _STENCIL)), "SMask": _STENCIL}, stream="image"),
    "drawn": By("Subtype", {"Form": "form", "Image": "picture"}),
    "resources": Keys(
        {
            "ExtGState": Names(_STATE), "ColorSpace": Names("colours"), "Pattern": Names("pattern"),
            "Shading": Names("shading"), "XObject": Names("drawn"), "Font": Names("font"), "Properties": Names(Keys({})),
        }
    ),
    "group": _GROUP,
    "content": Keys(PACKING, stream="content"),
}  # fmt: skip

#: Names that no key and no value of a reading copy may be, wherever they stand: copies/scanning.py looks for them at the end.
FORBIDDEN = frozenset(
    (
        "JS", "JavaScript", "AA", "OpenAction", "Action", "Launch", "URI", "URIActions", "GoToR", "GoToE", "GoToDp", "SubmitForm",
        "ImportData", "ResetForm", "Hide", "Named", "SetOCGState", "Trans", "Thread", "Threads", "Win", "Mac", "Unix",
        "Rendition", "RichMedia", "RichMediaExecute", "RichMediaContent", "Movie", "Sound", "3D", "GoTo3DView", "Screen",
        "EmbeddedFile", "EmbeddedFiles", "FileAttachment", "Filespec", "EF", "AF", "Collection", "Portfolio",
        "AcroForm", "XFA", "NeedsRendering", "Widget", "Popup", "Sig", "Perms", "DocMDP", "DSS", "Encrypt",
        "OPI", "Alternates", "PS", "Subtype2", "Ref", "FFilter", "FDecodeParms", "SpiderInfo", "DeploymentParameters",
        "OCProperties", "StructTreeRoot", "PieceInfo", "Metadata", "Names", "Requirements", "Extensions", "DPartRoot",
    )
)  # fmt: skip
