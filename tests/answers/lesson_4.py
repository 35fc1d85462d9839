# What students answer to the exercises of lesson 4, right and wrong; one after the other, hence long. See tests/test_lessons.py.
# %% 4.1 right: the formula
def one_of(rest, others):
    if others < 1 or rest < others:
        raise ValueError("impossible")
    if others == 1:
        return rest, rest
    return 1, rest - others + 1


# %% 4.1 right: by trial, a list
def one_of(rest, others):
    fitting = [n for n in range(1, rest + 1) if others >= 1 and rest - n >= others - 1 and (others > 1 or n == rest)]
    if not fitting:
        raise ValueError(f"{rest} services, {others} provinces")
    return [min(fitting), max(fitting)]


# %% 4.1 right: NumPy
def one_of(rest, others):
    if others <= 0 or rest < others:
        raise ValueError
    most = rest - (others - 1)
    import numpy as np

    return np.array([most if others == 1 else 1, most])


# %% 4.1 right: own kind of ValueError
class Impossible(ValueError):
    pass


def one_of(rest, others):
    if not 0 < others <= rest:
        raise Impossible("no way")
    largest = rest - others + 1
    smallest = max(1, rest) if others == 1 else 1
    return (smallest, largest)


# %% 4.1 wrong: the single province forgotten -> a single province has them all
def one_of(rest, others):
    if others < 1 or rest < others:
        raise ValueError("impossible")
    return (1, rest - others + 1)


# %% 4.1 wrong: two provinces taken for one
def one_of(rest, others):
    if others < 1 or rest < others:
        raise ValueError("impossible")
    return (1, rest - others + 1) if others > 2 else (rest, rest)


# %% 4.1 wrong: no error
def one_of(rest, others):
    largest = rest - others + 1
    return (largest if others == 1 else 1), largest


# %% 4.1 wrong: no province goes through -> five services cannot belong to no province
def one_of(rest, others):
    if rest < others:
        raise ValueError("impossible")
    largest = rest - others + 1
    return (largest if others == 1 else 1), largest


# %% 4.1 wrong: one off
def one_of(rest, others):
    if others < 1 or rest < others:
        raise ValueError("impossible")
    return (rest, rest) if others == 1 else (1, rest - others)


# %% 4.1 wrong: smallest zero
def one_of(rest, others):
    if others < 1 or rest < others:
        raise ValueError("impossible")
    return (rest, rest) if others == 1 else (0, rest - others + 1)


# %% 4.1 wrong: the mean
def one_of(rest, others):
    if others < 1 or rest < others:
        raise ValueError("impossible")
    return (rest // others, rest // others)


# %% 4.1 wrong: the error is returned -> should raise a ValueError
def one_of(rest, others):
    if others < 1 or rest < others:
        return ValueError("impossible")
    return (rest, rest) if others == 1 else (1, rest - others + 1)


# %% 4.1 wrong: another error
def one_of(rest, others):
    assert 0 < others <= rest
    return (rest, rest) if others == 1 else (1, rest - others + 1)


# %% 4.1 wrong: none instead of an error
def one_of(rest, others):
    if others < 1 or rest < others:
        return None
    return (rest, rest) if others == 1 else (1, rest - others + 1)


# %% 4.1 wrong: as many as provinces is impossible -> exactly one each
def one_of(rest, others):
    if others < 1 or rest <= others and others > 1:
        raise ValueError("impossible")
    return (rest, rest) if others == 1 else (1, rest - others + 1)


# %% 4.1 wrong: largest first
def one_of(rest, others):
    if others < 1 or rest < others:
        raise ValueError("impossible")
    return (rest, rest) if others == 1 else (rest - others + 1, 1)


# %% 4.1 wrong: a set
def one_of(rest, others):
    if others < 1 or rest < others:
        raise ValueError("impossible")
    return {rest} if others == 1 else {1, rest - others + 1}


# %% 4.2 right: sum
jiangsu = int(printed.value["c011"] - printed.value[["c005", "c007", "c008", "c009"]].sum())
# %% 4.2 right: a number of NumPy
jiangsu = printed.value["c011"] - printed.value[["c005", "c007", "c008", "c009"]].sum()
# %% 4.2 right: one by one
v = printed["value"]
jiangsu = v["c011"]
for name in ("c005", "c007", "c008", "c009"):
    jiangsu = jiangsu - v[name]
# %% 4.2 right: loc
jiangsu = round(printed.loc["c011", "value"] - printed.loc[["c005", "c007", "c008", "c009"], "value"].sum())
# %% 4.2 wrong: one forgotten -> the five add up to c011
jiangsu = int(printed.value["c011"] - printed.value[["c005", "c007", "c008"]].sum())
# %% 4.2 wrong: the sum of the four
jiangsu = int(printed.value[["c005", "c007", "c008", "c009"]].sum())
# %% 4.2 wrong: from the total of the list
jiangsu = int(printed.value["c001"] - printed.value[["c005", "c007", "c008", "c009"]].sum())
# %% 4.2 wrong: a column
jiangsu = printed.value["c011"] - printed.value[["c005", "c007", "c008", "c009"]]
# %% 4.2 wrong: upside down
jiangsu = int(printed.value[["c005", "c007", "c008", "c009"]].sum() - printed.value["c011"])
# %% 4.2 wrong: as text
jiangsu = str(int(printed.value["c011"] - printed.value[["c005", "c007", "c008", "c009"]].sum()))
# %% 4.2 wrong: shared out
jiangsu = int(printed.value["c011"] / 5)


# %% 4.3 right: rounded inwards
def from_percent(percent, total):
    low = max(math.ceil(total * (percent - 0.5) / 100), 0)
    high = min(math.floor(total * (percent + 0.5) / 100), total)
    return (low, high) if low <= high else None


# %% 4.3 right: by trial
def from_percent(percent, total):
    fitting = [n for n in range(int(total) + 1) if abs(100 * n / total - percent) <= 0.5]
    if not fitting:
        return None
    return fitting[0], fitting[-1]


# %% 4.3 right: whole numbers only, a list
def from_percent(percent, total):
    fitting = [n for n in range(total + 1) if abs(200 * n - 2 * percent * total) <= total]
    return [min(fitting), max(fitting)] if fitting else None


# %% 4.3 right: share times hundred
def from_percent(percent, total):
    fitting = [n for n in range(total + 1) if percent - 0.5 <= n / total * 100 <= percent + 0.5]
    return (min(fitting), max(fitting)) if len(fitting) else None


# %% 4.3 right: floats
def from_percent(percent, total):
    import numpy as np

    ends = np.clip([np.ceil(total * (percent - 0.5) / 100), np.floor(total * (percent + 0.5) / 100)], 0, total)
    if total * (percent + 0.5) / 100 < np.ceil(total * (percent - 0.5) / 100):
        return None
    return ends


# %% 4.3 wrong: rounded outwards
def from_percent(percent, total):
    low = max(math.floor(total * (percent - 0.5) / 100), 0)
    high = min(math.ceil(total * (percent + 0.5) / 100), total)
    return (low, high) if low <= high else None


# %% 4.3 wrong: rounded to the nearest
def from_percent(percent, total):
    return (max(round(total * (percent - 0.5) / 100), 0), min(round(total * (percent + 0.5) / 100), total))


# %% 4.3 wrong: cut
def from_percent(percent, total):
    return (max(int(total * (percent - 0.5) / 100), 0), min(int(total * (percent + 0.5) / 100), total))


# %% 4.3 wrong: below none -> there is no number below none
def from_percent(percent, total):
    low = math.ceil(total * (percent - 0.5) / 100)
    high = min(math.floor(total * (percent + 0.5) / 100), total)
    return (low, high) if low <= high else None


# %% 4.3 wrong: above all -> there is no number above all
def from_percent(percent, total):
    low = max(math.ceil(total * (percent - 0.5) / 100), 0)
    high = math.floor(total * (percent + 0.5) / 100)
    return (low, high) if low <= high else None


# %% 4.3 wrong: crossed ends -> no whole number fits
def from_percent(percent, total):
    low = max(math.ceil(total * (percent - 0.5) / 100), 0)
    high = min(math.floor(total * (percent + 0.5) / 100), total)
    return (low, high)


# %% 4.3 wrong: ends left out
def from_percent(percent, total):
    fitting = [n for n in range(total + 1) if abs(100 * n / total - percent) < 0.5]
    return (fitting[0], fitting[-1]) if fitting else None


# %% 4.3 wrong: a whole point
def from_percent(percent, total):
    fitting = [n for n in range(total + 1) if abs(100 * n / total - percent) <= 1]
    return (fitting[0], fitting[-1]) if fitting else None


# %% 4.3 wrong: banker's rounding
def from_percent(percent, total):
    fitting = [n for n in range(total + 1) if round(100 * n / total) == percent]
    return (fitting[0], fitting[-1]) if fitting else None


# %% 4.3 wrong: upper end left out
def from_percent(percent, total):
    fitting = [n for n in range(total + 1) if percent - 0.5 <= 100 * n / total < percent + 0.5]
    return (fitting[0], fitting[-1]) if fitting else None


# %% 4.3 wrong: the nearest number alone
def from_percent(percent, total):
    n = round(total * percent / 100)
    return (n, n)


# %% 4.3 wrong: nothing fits is zero
def from_percent(percent, total):
    fitting = [n for n in range(total + 1) if abs(100 * n / total - percent) <= 0.5]
    return (fitting[0], fitting[-1]) if fitting else (0, 0)


# %% 4.3 wrong: all without the last
def from_percent(percent, total):
    fitting = [n for n in range(total) if abs(100 * n / total - percent) <= 0.5]
    return (fitting[0], fitting[-1]) if fitting else None


# %% 4.4 right: comprehension
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return [(s, z) for s, z in pairs if s + shanghai_else >= z + zhejiang_else and z >= 1]


# %% 4.4 right: two loops, pairs as lists
def possible(together, shanghai_else, zhejiang_else):
    pairs = []
    for s in range(together + 1):
        for z in range(1, together + 1):
            if s + z == together and not s + shanghai_else < z + zhejiang_else:
                pairs.append([s, z])
    return pairs


# %% 4.4 right: the ends computed
def possible(together, shanghai_else, zhejiang_else):
    start = max(0, math.ceil((together + zhejiang_else - shanghai_else) / 2))
    return [(s, together - s) for s in range(start, together)]


# %% 4.4 right: downwards and reversed, a tuple
def possible(together, shanghai_else, zhejiang_else):
    out = []
    z = 1
    while together - z >= 0:
        if together - z + shanghai_else >= z + zhejiang_else:
            out.append((together - z, z))
        z += 1
    return tuple(reversed(out))


# %% 4.4 wrong: strictly more -> as many as Zhejiang is allowed
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return [(s, z) for s, z in pairs if s + shanghai_else > z + zhejiang_else and z >= 1]


# %% 4.4 wrong: Zhejiang may have none -> leaves Zhejiang without a service
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return [(s, z) for s, z in pairs if s + shanghai_else >= z + zhejiang_else]


# %% 4.4 wrong: only the ends
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    pairs = [(s, z) for s, z in pairs if s + shanghai_else >= z + zhejiang_else and z >= 1]
    return [pairs[0], pairs[-1]] if len(pairs) > 1 else pairs


# %% 4.4 wrong: the numbers elsewhere forgotten
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return [(s, z) for s, z in pairs if s >= z and z >= 1]


# %% 4.4 wrong: the other order
def possible(together, shanghai_else, zhejiang_else):
    return [
        (z, s) for s in range(together + 1) for z in [together - s] if s + shanghai_else >= z + zhejiang_else and z >= 1
    ]


# %% 4.4 wrong: descending
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together, -1, -1)]
    return [(s, z) for s, z in pairs if s + shanghai_else >= z + zhejiang_else and z >= 1]


# %% 4.4 wrong: Shanghai at least one -> Shanghai may have none
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(1, together + 1)]
    return [(s, z) for s, z in pairs if s + shanghai_else >= z + zhejiang_else and z >= 1]


# %% 4.4 wrong: the ranking turned round
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return [(s, z) for s, z in pairs if s + shanghai_else <= z + zhejiang_else and z >= 1]


# %% 4.4 wrong: totals in the place of list 2
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return [
        (s + shanghai_else, z + zhejiang_else) for s, z in pairs if s + shanghai_else >= z + zhejiang_else and z >= 1
    ]


# %% 4.4 wrong: the numbers of Shanghai alone
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return [s for s, z in pairs if s + shanghai_else >= z + zhejiang_else and z >= 1]


# %% 4.4 wrong: a generator -> list(...) makes a list of it
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return ((s, z) for s, z in pairs if s + shanghai_else >= z + zhejiang_else and z >= 1)


# %% 4.4 wrong: None for no pair
def possible(together, shanghai_else, zhejiang_else):
    pairs = [(s, together - s) for s in range(together + 1)]
    return [(s, z) for s, z in pairs if s + shanghai_else >= z + zhejiang_else and z >= 1] or None


# %% 4.5 right: four cases
def order(a, b):
    if a[0] > b[1]:
        return "more"
    if a[1] < b[0]:
        return "fewer"
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "not known"


def settled(intervals):
    n = 0
    for i in range(len(intervals)):
        for j in range(i + 1, len(intervals)):
            if order(intervals[i], intervals[j]) != "not known":
                n += 1
    return n


# %% 4.5 right: differences
def order(a, b):
    smallest, largest = a[0] - b[1], a[1] - b[0]
    return "more" if smallest > 0 else "fewer" if largest < 0 else "equal" if smallest == largest == 0 else "not known"


def settled(intervals):
    n = len(intervals)
    words = [order(intervals[i], intervals[j]) for i in range(n) for j in range(n) if i != j]
    return (len(words) - words.count("not known")) / 2


# %% 4.5 right: every possible number
def order(a, b):
    signs = {(m > n) - (m < n) for m in range(a[0], a[1] + 1) for n in range(b[0], b[1] + 1)}
    return {(1,): "more", (-1,): "fewer", (0,): "equal"}.get(tuple(signs), "not known")


def settled(intervals):
    spans = list(intervals)
    return sum(order(spans[i], spans[j]) != "not known" for i in range(len(spans)) for j in range(i))


# %% 4.5 right: with NumPy
import numpy as np


def order(a, b):
    (low_a, high_a), (low_b, high_b) = a, b
    word = "not known"
    if low_a > high_b:
        word = "more"
    elif high_a < low_b:
        word = "fewer"
    elif tuple(a) == tuple(b) and low_a == high_a:
        word = "equal"
    return word


def settled(intervals):
    low, high = np.array(intervals, dtype=int).reshape(-1, 2).T
    above = (low[:, None] > high[None, :]).sum()
    points = low[low == high]
    same = sum((points == value).sum() - 1 for value in points) // 2
    return np.int64(above + same)


# %% 4.5 wrong: ends that touch -> ends that touch do not settle it
def order(a, b):
    if a == b and a[0] == a[1]:
        return "equal"
    return "more" if a[0] >= b[1] else "fewer" if a[1] <= b[0] else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x, y in combinations(intervals, 2))


# %% 4.5 wrong: the same interval -> does not mean the same number
def order(a, b):
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "equal" if a == b else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x, y in combinations(intervals, 2))


# %% 4.5 wrong: never equal -> both are known to be 12
def order(a, b):
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x, y in combinations(intervals, 2))


# %% 4.5 wrong: middles -> the intervals overlap
def order(a, b):
    m, n = sum(a) / 2, sum(b) / 2
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if m > n else "fewer" if m < n else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x, y in combinations(intervals, 2))


# %% 4.5 wrong: both ends larger
def order(a, b):
    if a == b:
        return "equal" if a[0] == a[1] else "not known"
    return "more" if a[0] > b[0] and a[1] > b[1] else "fewer" if a[0] < b[0] and a[1] < b[1] else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x, y in combinations(intervals, 2))


# %% 4.5 wrong: the other way round
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "fewer" if a[0] > b[1] else "more" if a[1] < b[0] else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x, y in combinations(intervals, 2))


# %% 4.5 wrong: unknown instead of not known
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "unknown"


def settled(intervals):
    return sum(order(x, y) != "unknown" for x, y in combinations(intervals, 2))


# %% 4.5 wrong: each pair twice -> of ten pairs
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x in intervals for y in intervals if x is not y)


# %% 4.5 wrong: all pairs
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    return len(list(combinations(intervals, 2)))


# %% 4.5 wrong: only the exact ones
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    return len(list(combinations([x for x in intervals if x[0] == x[1]], 2)))


# %% 4.5 wrong: neighbours in the list
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x, y in zip(intervals, intervals[1:]))


# %% 4.5 wrong: equal left out
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    return sum(order(x, y) in ("more", "fewer") for x, y in combinations(intervals, 2))


# %% 4.5 wrong: those not settled
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    return sum(order(x, y) == "not known" for x, y in combinations(intervals, 2))


# %% 4.5 wrong: paired with itself
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    n = len(intervals)
    return sum(order(intervals[i], intervals[j]) != "not known" for i in range(n) for j in range(i, n))


# %% 4.5 wrong: intervals taken once
def order(a, b):
    if a[0] == a[1] == b[0] == b[1]:
        return "equal"
    return "more" if a[0] > b[1] else "fewer" if a[1] < b[0] else "not known"


def settled(intervals):
    return sum(order(x, y) != "not known" for x, y in combinations(sorted(set(intervals)), 2))


# %% 4.6 right: try
def clash_with(name):
    try:
        cr.Model(data, include=[name], exact=False).between("11", 1)
    except cr.bounds.ClashError as error:
        return sorted(fact.id for fact in error.facts)
    return []


# %% 4.6 right: else, a loop
def clash_with(name):
    ids = []
    own = cr.Model(data, include=[name], exact=False)
    try:
        own.between("11", 1)
    except cr.bounds.ClashError as clash:
        for fact in clash.facts:
            ids.append(fact.id)
    ids.sort()
    return ids


# %% 4.6 right: a tuple
def clash_with(name):
    try:
        own = cr.Model(data, include=[name], exact=False)
        own.between("11", 1)
        return ()
    except ValueError as error:
        return tuple(sorted({fact.id for fact in error.facts}))


# %% 4.6 right: list
def clash_with(name):
    facts = []
    try:
        cr.Model(data, include=[name], exact=False).between("11", 1)
    except cr.bounds.ClashError as error:
        facts = error.facts
    return list(sorted([f.id for f in facts]))


# %% 4.6 wrong: nothing caught -> stopped with ClashError
def clash_with(name):
    found = cr.Model(data, include=[name], exact=False).between("11", 1)
    return [] if found else [name]


# %% 4.6 wrong: the facts, not their ids -> the list should hold ids
def clash_with(name):
    try:
        cr.Model(data, include=[name], exact=False).between("11", 1)
    except cr.bounds.ClashError as error:
        return list(error.facts)
    return []


# %% 4.6 wrong: only the name
def clash_with(name):
    try:
        cr.Model(data, include=[name], exact=False).between("11", 1)
    except cr.bounds.ClashError:
        return [name]
    return []


# %% 4.6 wrong: not brought back
def clash_with(name):
    try:
        model.between("11", 1)
    except cr.bounds.ClashError as error:
        return sorted(fact.id for fact in error.facts)
    return []


# %% 4.6 wrong: None where nothing clashes -> c001 is in use already
def clash_with(name):
    try:
        cr.Model(data, include=[name], exact=False).between("11", 1)
    except cr.bounds.ClashError as error:
        return sorted(fact.id for fact in error.facts)


# %% 4.6 wrong: descending -> the ids should be sorted
def clash_with(name):
    try:
        cr.Model(data, include=[name], exact=False).between("11", 1)
    except cr.bounds.ClashError as error:
        return sorted((fact.id for fact in error.facts), reverse=True)
    return []


# %% 4.6 wrong: learnt by heart
def clash_with(name):
    return ["c005", "c006"]


# %% 4.6 wrong: the first two only
def clash_with(name):
    try:
        cr.Model(data, include=[name], exact=False).between("11", 1)
    except cr.bounds.ClashError as error:
        return sorted(fact.id for fact in error.facts)[:2]
    return []


# %% 4.6 wrong: learnt by heart, with a case
def clash_with(name):
    return ["c005", "c006"] if name == "c006" else []


# %% 4.6 wrong: the message
def clash_with(name):
    try:
        cr.Model(data, include=[name], exact=False).between("11", 1)
    except cr.bounds.ClashError as error:
        return str(error)
    return ""


# %% 4.6 wrong: a wrong pair
def clash_with(name):
    return ["c001", name] if name == "c006" else []
