"""Rows of the press beside rows of the register."""

import re
import unicodedata

import pandas as pd

from chainregistry import filing
from chainregistry.characters import ordinary

MATCH_THRESHOLD = 85.0
"""Least score (0 to 100) at which ``match`` calls a press row and an official row the same."""


def match(registrations: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """The official row that fits each registration named by the press best.

    A registration is compared with the rows of its own list, or of all lists where the press does not say which;
    the same filing number decides whatever the names (score 100). Otherwise the score is 0.4 of the likeness of
    the registrants (the shorter name inside the longer, without legal form) and 0.6 of that of the services, or
    the only one of the two that the press names.

    Parameters
    ----------
    registrations
        with registration_id, batch, entity_zh, service_zh, filing_number (``data.load().registrations``)
    register
        imported lists, as from ``load``

    Returns
    -------
    One row per registration whose list is imported: registration_id, batch, sequence, entity_score,
    service_score and score (0 to 100; missing where there is nothing to compare), matched (score of at least
    ``MATCH_THRESHOLD``, and no other row has the same), entity_zh and service_zh as in the register.
    """
    from rapidfuzz import fuzz, process

    register = register.reset_index(drop=True)
    plain = {name: register[name].map(_comparable) for name in ("entity_zh", "service_zh")}
    numbers = {n.removesuffix("号"): i for i, n in reversed(list(enumerate(register.filing_number))) if n}
    found = []
    for row in registrations.itertuples():
        same = numbers.get(filing.compact(row.filing_number).removesuffix("号"))
        pool = register.index if pd.isna(row.batch) else register.index[register.batch == row.batch]
        if same is not None:
            pool = register.index[[same]]
        if pool.empty:
            continue
        scores = {}
        for name, scorer in (("entity_zh", fuzz.partial_ratio), ("service_zh", fuzz.WRatio)):
            if text := _comparable(getattr(row, name)):
                scores[name] = process.cdist([text], plain[name][pool], scorer=scorer)[0].astype(float)
        weights = {"entity_zh": 0.4, "service_zh": 0.6}
        whole = sum(weights[name] for name in scores)
        total = sum(weights[name] / whole * score for name, score in scores.items()) if scores else None
        if same is not None:
            best, score, clear = 0, 100.0, True
        elif scores:
            best = int(total.argmax())
            score, clear = float(total[best]), int((total >= total[best]).sum()) == 1
        else:
            continue
        official = register.loc[pool[best]]
        found.append(
            {
                "registration_id": row.registration_id,
                "batch": official.batch,
                "sequence": official.sequence,
                "entity_score": scores["entity_zh"][best] if "entity_zh" in scores else None,
                "service_score": scores["service_zh"][best] if "service_zh" in scores else None,
                "score": score,
                "matched": clear and score >= MATCH_THRESHOLD,
                "entity_zh": official.entity_zh,
                "service_zh": official.service_zh,
            }
        )
    types = {
        "registration_id": "str", "batch": "Int64", "sequence": "Int64", "entity_score": "Float64",
        "service_score": "Float64", "score": "Float64", "matched": "bool", "entity_zh": "str", "service_zh": "str",
    }  # fmt: skip
    return pd.DataFrame(found, columns=list(types)).astype(types)


def _comparable(name: str) -> str:
    """A name without blanks, brackets, case and legal form."""
    text = re.sub(r"[\s()\[\]「」《》“”\"'·,.]", "", unicodedata.normalize("NFKC", ordinary(name))).casefold()
    return re.sub(r"(?:股份|责任|集团)*有限(?:责任)?公司", "", text) or text
