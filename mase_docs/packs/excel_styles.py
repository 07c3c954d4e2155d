"""How a marked answer looks in a workbook: its own style with a tint and a frame, and open for typing (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from mase_docs.packs.marks import EDGE, TINT
from mase_docs.packs.package import Package, namespace
from mase_docs.problems import Severity

SIDES = ("left", "right", "top", "bottom")
APPLIED = ("applyFill", "applyBorder", "applyProtection")
LOOKS = ("fillId", "borderId", "apply", "quotePrefix", "xfId")
"""What of a style a mark changes or programs write as they like; the rest says whose style it was."""
WRITTEN = {"true": "1", "false": "0"}


class Styles:
    """The styles of a workbook's cells. A marked one is made once for each style and severity."""

    def __init__(self, package: Package) -> None:
        self._root = package.edit(next(iter(package.targets(package.main, "/styles").values())))
        self._at = f"{{{namespace(self._root)}}}"
        self._made: dict[tuple[int, Severity], int] = {}
        self._styles = self._list("cellXfs")

    def _list(self, name: str) -> etree._Element:
        return next(e for e in self._root if e.tag == f"{self._at}{name}")

    def marked(self, style: int, severity: Severity) -> int:
        """The number of the style that is this one, marked."""
        key = style, severity
        if key not in self._made:
            new = deepcopy(self._styles[style])
            new.attrib.update({"fillId": self._fill(severity), "borderId": self._border(severity), **dict.fromkeys(APPLIED, "1")})
            self._unlock(new)
            self._made[key] = _added(self._styles, new)
        return self._made[key]

    def _unlock(self, style: etree._Element) -> None:
        """Whatever the sheet's protection, the sender must be able to type here (18.8.33)."""
        locking = next((e for e in style if e.tag == f"{self._at}protection"), None)
        if locking is None:
            locking = etree.Element(f"{self._at}protection")
            style.insert(sum(e.tag == f"{self._at}alignment" for e in style), locking)
        locking.set("locked", "0")

    def _fill(self, severity: Severity) -> str:
        fill = etree.Element(f"{self._at}fill")
        pattern = etree.SubElement(fill, f"{self._at}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{self._at}fgColor", rgb=f"FF{TINT[severity]}")
        etree.SubElement(pattern, f"{self._at}bgColor", indexed="64")
        return str(_added(self._list("fills"), fill))

    def _border(self, severity: Severity) -> str:
        border = etree.Element(f"{self._at}border")
        for side in SIDES:
            line = etree.SubElement(border, f"{self._at}{side}", style="medium")
            etree.SubElement(line, f"{self._at}color", rgb=f"FF{EDGE[severity]}")
        etree.SubElement(border, f"{self._at}diagonal")
        return str(_added(self._list("borders"), border))

    def clear(self, sheet: etree._Element) -> None:
        """Gives every cell of a sheet that was marked before the style that it had: the one that is the same but for the mark."""
        before = self._before()
        for cell in sheet.iter(f"{{{namespace(sheet)}}}c") if before else ():
            if cell.get("s") in before:
                cell.set("s", before[cell.get("s", "")])

    def _before(self) -> dict[str, str]:
        """Marked style → style without the mark."""
        ours = [n for n, style in enumerate(self._styles) if self._is_ours(style)]
        others = {_but_for_the_mark(style): n for n, style in enumerate(self._styles) if n not in ours and not self._is_open(style)}
        others |= {_but_for_the_mark(style): n for n, style in enumerate(self._styles) if n not in ours and self._is_open(style)}
        keys = {n: _but_for_the_mark(self._styles[n]) for n in ours}
        return {str(n): str(others[key] if key in others else self._bare(n)) for n, key in keys.items()}

    def _bare(self, style: int) -> int:
        """A marked style without colour and frame, where nothing in the workbook looks as it did before."""
        new = deepcopy(self._styles[style])
        new.attrib.update({"fillId": "0", "borderId": "0"})
        return _added(self._styles, new)

    def _is_open(self, style: etree._Element) -> bool:
        return any(e.get("locked") in ("0", "false") for e in style)

    def _is_ours(self, style: etree._Element) -> bool:
        fill = self._list("fills")[int(style.get("fillId", "0"))]
        return any(e.get("rgb", "")[-6:] in TINT.values() for e in fill.iter(f"{self._at}fgColor"))


def _but_for_the_mark(style: etree._Element) -> str:
    """What tells styles apart that a mark leaves alone: number format, font, alignment. True may be written in two ways."""
    told = {name: WRITTEN.get(value, value) for name, value in style.attrib.items() if not name.startswith(LOOKS)}
    aligned = [sorted((name, WRITTEN.get(value, value)) for name, value in e.attrib.items()) for e in style if e.tag.endswith("}alignment")]
    return repr((sorted(told.items()), aligned))


def _added(listed: etree._Element, new: etree._Element) -> int:
    listed.append(new)
    listed.set("count", str(len(listed)))
    return len(listed) - 1
