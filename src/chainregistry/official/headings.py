"""Rows of headings: which column of a table holds what."""

import re

from chainregistry import filing

HEADINGS = {
    "sequence": r"序号?|NO\.?|#",
    "entity_zh": r"(?:区块链)?(?:信息)?(?:服务)?(?:备案)?(?:主体|单位|企业|公司|机构|提供者)(?:名称|全称)?",
    "service_zh": r"(?:备案)?(?:区块链)?(?:信息)?服务(?:名称|全称)",
    "filing_number": r"(?:区块链)?(?:信息)?(?:服务)?(?:网信)?备案(?:编号|号|号码)",
    "remark": r"备注",
}
NEEDED = {"entity_zh", "service_zh", "filing_number"}


def columns(cells: list[str | None]) -> dict[str, range]:
    """Places that each heading of a list stands over; empty where the row is no row of headings.

    A heading that is merged over further columns (None) stands over all of them.
    """
    found: dict[str, range] = {}
    for place, cell in enumerate(cells):
        if not cell or len(cell) >= 60:
            continue
        plain = re.sub(r"\(.*?\)", "", filing.compact(cell))
        for name, form in HEADINGS.items():
            if name not in found and re.fullmatch(form, plain):
                found[name] = range(place, _end(cells, place))
                break
    return found if found.keys() >= NEEDED else {}


def _end(cells: list[str | None], place: int) -> int:
    end = place + 1
    while end < len(cells) and cells[end] is None:
        end += 1
    return end
