# What students answer to the exercises of lesson 2, right and wrong; one after the other, hence long. See tests/test_lessons.py.
# %% 2.1 right: the row
def coverage(number, table):
    row = table[table["list"] == number].iloc[0]
    return None if pd.isna(row.services) else float(row.named / row.services)


# %% 2.1 right: dictionaries
def coverage(number, table):
    named, size = (dict(zip(table["list"], table[c])) for c in ("named", "services"))
    if pd.isna(size[number]):
        return None
    return int(named[number]) / int(size[number])


# %% 2.1 right: labels
def coverage(number, table):
    t = table.set_index("list")
    if t.services.isna()[number]:
        return None
    return t.named[number] / t.services[number]


# %% 2.1 right: a loop and a fraction
from fractions import Fraction


def coverage(number, table):
    for row in table.itertuples():
        if row.list == number:
            if row.services is pd.NA:
                return None
            return Fraction(int(row.named), int(row.services))


# %% 2.1 right: query
def coverage(number, table):
    row = table.query("list == @number")
    size = row["services"].item()
    if size is pd.NA or size is None:
        return None
    return row["named"].item() / size


# %% 2.1 wrong: low confidence counted -> rows of low confidence do not count
def coverage(number, table):
    row = table[table["list"] == number].iloc[0]
    return None if pd.isna(row.services) else float((row.named + row.low) / row.services)


# %% 2.1 wrong: zero for unknown -> the size of list 2 is not known
def coverage(number, table):
    row = table[table["list"] == number].iloc[0]
    return 0.0 if pd.isna(row.services) else float(row.named / row.services)


# %% 2.1 wrong: missing kept
def coverage(number, table):
    row = table[table["list"] == number].iloc[0]
    return row.named / row.services


# %% 2.1 wrong: None for nothing named -> which is not the same as unknown
def coverage(number, table):
    row = table[table["list"] == number].iloc[0]
    return None if pd.isna(row.services) or row.named == 0 else float(row.named / row.services)


# %% 2.1 wrong: by the place
def coverage(number, table):
    row = table.iloc[number - 1]
    return None if pd.isna(row.services) else float(row.named / row.services)


# %% 2.1 wrong: upside down
def coverage(number, table):
    row = table[table["list"] == number].iloc[0]
    return None if pd.isna(row.services) else float(row.services / row.named) if row.named else 0


# %% 2.1 wrong: in percent
def coverage(number, table):
    row = table[table["list"] == number].iloc[0]
    return None if pd.isna(row.services) else float(100 * row.named / row.services)


# %% 2.1 wrong: rounded
def coverage(number, table):
    row = table[table["list"] == number].iloc[0]
    return None if pd.isna(row.services) else round(float(row.named / row.services), 2)


# %% 2.1 wrong: a column -> where one value is asked
def coverage(number, table):
    row = table[table["list"] == number]
    return row.named / row.services


# %% 2.1 wrong: always the real lists
def coverage(number, table):
    row = lists[lists["list"] == number].iloc[0]
    return None if pd.isna(row.services) else float(row.named / row.services)


# %% 2.2 right: ladder
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    share = part / whole
    if 0 < share < 0.01:
        return f"{part} of {whole} (less than 1%)"
    if 0.99 < share < 1:
        return f"{part} of {whole} (more than 99%)"
    return f"{part} of {whole} ({share:.0%})"


# %% 2.2 right: round
def in_words(part, whole):
    if pd.isna(whole):
        return str(part) + " of an unknown number"
    if whole == 0:
        return "none of none"
    p = 100 * part / whole
    words = str(round(p)) + "%"
    if part > 0 and p < 1:
        words = "less than 1%"
    elif part < whole and p > 99:
        words = "more than 99%"
    return f"{part} of {whole} ({words})"


# %% 2.2 right: whole numbers only
def in_words(part, whole):
    if whole is None or whole is pd.NA:
        return "%s of an unknown number" % part
    if not whole:
        return "none of none"
    if part and 100 * part < whole:
        tail = "less than 1%"
    elif part != whole and 100 * part > 99 * whole:
        tail = "more than 99%"
    else:
        tail = "{}%".format((200 * part + whole) // (2 * whole))
    return "{} of {} ({})".format(part, whole, tail)


# %% 2.2 right: try
def in_words(part, whole):
    try:
        share = int(part) / int(whole)
    except TypeError:
        return f"{part} of an unknown number"
    except ZeroDivisionError:
        return "none of none"
    percent = "less than 1" if 0 < share < 0.01 else "more than 99" if 0.99 < share < 1 else f"{share * 100:.0f}"
    return f"{part} of {whole} ({percent}%)"


# %% 2.2 wrong: cut, not rounded -> rounded to the nearest whole number
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    if 0 < part / whole < 0.01:
        return f"{part} of {whole} (less than 1%)"
    if 0.99 < part / whole < 1:
        return f"{part} of {whole} (more than 99%)"
    return f"{part} of {whole} ({100 * part // whole}%)"


# %% 2.2 wrong: int
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    return f"{part} of {whole} ({int(100 * part / whole)}%)"


# %% 2.2 wrong: nearly none, nearly all forgotten -> one is not none
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    return f"{part} of {whole} ({part / whole:.0%})"


# %% 2.2 wrong: nearly all forgotten -> all but one is not all
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    if 0 < part / whole < 0.01:
        return f"{part} of {whole} (less than 1%)"
    return f"{part} of {whole} ({part / whole:.0%})"


# %% 2.2 wrong: none is less than one percent -> zero of a known whole
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    if part / whole < 0.01:
        return f"{part} of {whole} (less than 1%)"
    if part / whole > 0.99:
        return f"{part} of {whole} (more than 99%)"
    return f"{part} of {whole} ({part / whole:.0%})"


# %% 2.2 wrong: <NA> forgotten
def in_words(part, whole):
    if whole is None:
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    return f"{part} of {whole} ({part / whole:.0%})"


# %% 2.2 wrong: zero and missing alike
def in_words(part, whole):
    if pd.isna(whole) or whole == 0:
        return f"{part} of an unknown number"
    return f"{part} of {whole} ({part / whole:.0%})"


# %% 2.2 wrong: decimals
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    return f"{part} of {whole} ({round(100 * part / whole, 1)}%)"


# %% 2.2 wrong: less than one percent by rounding
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    p = round(100 * part / whole)
    if p == 0 and part:
        return f"{part} of {whole} (less than 1%)"
    if p == 100 and part != whole:
        return f"{part} of {whole} (more than 99%)"
    return f"{part} of {whole} ({p}%)"


# %% 2.2 wrong: printed -> is a return missing?
def in_words(part, whole):
    print(f"{part} of {whole} ({part / whole:.0%})")


# %% 2.2 wrong: one percent is less than one percent
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if whole == 0:
        return "none of none"
    if 0 < part / whole <= 0.01:
        return f"{part} of {whole} (less than 1%)"
    if 0.99 <= part / whole < 1:
        return f"{part} of {whole} (more than 99%)"
    return f"{part} of {whole} ({part / whole:.0%})"


# %% 2.2 wrong: part first zero is none of none
def in_words(part, whole):
    if whole is None or pd.isna(whole):
        return f"{part} of an unknown number"
    if part == 0:
        return "none of none"
    if 0 < part / whole < 0.01:
        return f"{part} of {whole} (less than 1%)"
    if 0.99 < part / whole < 1:
        return f"{part} of {whole} (more than 99%)"
    return f"{part} of {whole} ({part / whole:.0%})"


# %% 2.3 right: minimum
def least_covered(table):
    known = table.dropna(subset="services")
    shares = known.named / known.services
    return sorted(known["list"][shares == shares.min()])


# %% 2.3 right: a loop
def least_covered(table):
    best, found = None, []
    for row in table.itertuples():
        if pd.isna(row.services):
            continue
        share = row.named / row.services
        if best is None or share < best:
            best, found = share, [row.list]
        elif share == best:
            found.append(row.list)
    found.sort()
    return found


# %% 2.3 right: an array
def least_covered(table):
    t = table[table.services.notna()].copy()
    t["share"] = t.named.astype(float) / t.services.astype(float)
    return np.sort(t.loc[t.share == t.share.min(), "list"].to_numpy())


# %% 2.3 right: nsmallest with ties
def least_covered(table):
    t = table.dropna(subset=["services"]).set_index("list")
    return t.named.div(t.services).astype(float).nsmallest(1, keep="all").sort_index().index


# %% 2.3 right: a column in order
def least_covered(table):
    t = table.dropna(subset=["services"]).assign(share=lambda x: x.named / x.services)
    return t[t.share <= t.share.min()].sort_values("list")["list"]


# %% 2.3 wrong: only one
def least_covered(table):
    known = table.dropna(subset="services")
    return [int(known["list"][(known.named / known.services).astype(float).idxmin()])]


# %% 2.3 wrong: low confidence counted
def least_covered(table):
    known = table.dropna(subset="services")
    shares = (known.named + known.low) / known.services
    return sorted(int(n) for n in known["list"][shares == shares.min()])


# %% 2.3 wrong: order of the table -> in ascending order
def least_covered(table):
    known = table.dropna(subset="services")
    shares = known.named / known.services
    return [int(n) for n in known["list"][shares == shares.min()]]


# %% 2.3 wrong: unknown size taken as zero coverage -> the size of list 2 is not known
def least_covered(table):
    shares = (table.named / table.services).fillna(0)
    return sorted(int(n) for n in table["list"][shares == shares.min()])


# %% 2.3 wrong: fewest named
def least_covered(table):
    known = table.dropna(subset="services")
    return sorted(int(n) for n in known["list"][known.named == known.named.min()])


# %% 2.3 wrong: largest
def least_covered(table):
    known = table.dropna(subset="services")
    return [int(known.sort_values("services")["list"].iloc[-1])]


# %% 2.3 wrong: best covered
def least_covered(table):
    known = table.dropna(subset="services")
    shares = known.named / known.services
    return sorted(int(n) for n in known["list"][shares == shares.max()])


# %% 2.3 wrong: nothing named only
def least_covered(table):
    known = table.dropna(subset="services")
    return sorted(int(n) for n in known["list"][known.named == 0])


# %% 2.3 wrong: a single number
def least_covered(table):
    known = table.dropna(subset="services")
    shares = known.named / known.services
    return min(int(n) for n in known["list"][shares == shares.min()])


# %% 2.3 wrong: the shares
def least_covered(table):
    known = table.dropna(subset="services")
    shares = known.named / known.services
    return [shares.min()]


# %% 2.4 right: the formula
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    p = part / whole
    centre = (p + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    half = Z / (1 + Z**2 / whole) * math.sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2))
    return (centre - half, centre + half)


# %% 2.4 right: with SciPy, a list
def interval(part, whole):
    if not whole:
        return [0.0, 1.0]
    found = binomtest(int(part), int(whole)).proportion_ci(confidence_level=0.95, method="wilson")
    return [found.low, found.high]


# %% 2.4 right: with NumPy and a finer z
def interval(part, whole):
    if whole == 0:
        return 0, 1
    z, n, p = 1.959964, whole, part / whole
    ends = (p + z * z / 2 / n + np.array([-1, 1]) * z * np.sqrt(p * (1 - p) / n + z * z / 4 / n / n)) / (1 + z * z / n)
    return ends


# %% 2.4 right: the other form of the formula
def interval(part, whole):
    if whole < 1:
        return (0.0, 1.0)
    middle = (part + Z**2 / 2) / (whole + Z**2)
    half = Z / (whole + Z**2) * (part * (whole - part) / whole + Z**2 / 4) ** 0.5
    low, high = max(0, middle - half), min(1, middle + half)
    return low, high


# %% 2.4 right: rounded to three digits
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    p = part / whole
    centre = (p + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    half = Z / (1 + Z**2 / whole) * math.sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2))
    return (abs(round(centre - half, 3)), round(centre + half, 3))


# %% 2.4 wrong: around the share -> interval(3, 40) should go from
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    p = part / whole
    half = Z * math.sqrt(p * (1 - p) / whole)
    return (p - half, p + half)


# %% 2.4 wrong: around the share, cut
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    p = part / whole
    half = Z * math.sqrt(p * (1 - p) / whole)
    return (max(0, p - half), min(1, p + half))


# %% 2.4 wrong: half around the share
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    p = part / whole
    half = Z / (1 + Z**2 / whole) * math.sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2))
    return (p - half, p + half)


# %% 2.4 wrong: no sample -> a sample of nothing says nothing
def interval(part, whole):
    if whole == 0:
        return (0, 0)
    found = binomtest(part, whole).proportion_ci(method="wilson")
    return (found.low, found.high)


# %% 2.4 wrong: crash on no sample -> stopped with ZeroDivisionError
def interval(part, whole):
    p = part / whole
    centre = (p + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    half = Z / (1 + Z**2 / whole) * math.sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2))
    return (centre - half, centre + half)


# %% 2.4 wrong: another z
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    z, p = 1.645, part / whole
    centre = (p + z**2 / (2 * whole)) / (1 + z**2 / whole)
    half = z / (1 + z**2 / whole) * math.sqrt(p * (1 - p) / whole + z**2 / (4 * whole**2))
    return (centre - half, centre + half)


# %% 2.4 wrong: the larger end first -> the smaller end first
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    found = binomtest(part, whole).proportion_ci(method="wilson")
    return (found.high, found.low)


# %% 2.4 wrong: exact, not Wilson's
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    found = binomtest(part, whole).proportion_ci(method="exact")
    return (found.low, found.high)


# %% 2.4 wrong: the plus-four rule
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    n = whole + 4
    p = (part + 2) / n
    half = Z * math.sqrt(p * (1 - p) / n)
    return (max(0, p - half), min(1, p + half))


# %% 2.4 wrong: only the half
def interval(part, whole):
    p = part / whole
    return Z / (1 + Z**2 / whole) * math.sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2))


# %% 2.4 wrong: root of the first part only
def interval(part, whole):
    if whole == 0:
        return (0, 1)
    p = part / whole
    centre = (p + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    half = Z / (1 + Z**2 / whole) * math.sqrt(p * (1 - p) / whole)
    return (centre - half, centre + half)


# %% 2.5 right: two totals
def between(first, last, batches):
    after = batches.set_index("batch").cumulative_services
    until, before = after[last], 0 if first == 1 else after[first - 1]
    return None if pd.isna(until) or pd.isna(before) else int(until - before)


# %% 2.5 right: a dictionary with list 0
def between(first, last, batches):
    total = {0: 0}
    for row in batches.itertuples():
        total[row.batch] = row.cumulative_services
    if total[first - 1] is pd.NA or total[last] is pd.NA:
        return None
    return total[last] - total[first - 1]


# %% 2.5 right: missing difference
def between(first, last, batches):
    t = batches.set_index("batch")["cumulative_services"]
    t.loc[0] = 0
    difference = t[last] - t[first - 1]
    if pd.isna(difference):
        return None
    return difference


# %% 2.5 right: conditions
def between(first, last, batches):
    def total(n):
        if n == 0:
            return 0
        value = batches.loc[batches.batch == n, "cumulative_services"].item()
        return None if pd.isna(value) else int(value)

    a, b = total(first - 1), total(last)
    if a is None or b is None:
        return None
    return float(b - a)


# %% 2.5 wrong: missing as zero
def between(first, last, batches):
    after = batches.set_index("batch").cumulative_services.fillna(0)
    return int(after[last] - (0 if first == 1 else after[first - 1]))


# %% 2.5 wrong: the list before forgotten
def between(first, last, batches):
    after = batches.set_index("batch").cumulative_services
    if pd.isna(after[first]) or pd.isna(after[last]):
        return None
    return int(after[last] - after[first])


# %% 2.5 wrong: crash on list 1 -> stopped with KeyError
def between(first, last, batches):
    after = batches.set_index("batch").cumulative_services
    difference = after[last] - after[first - 1]
    return None if pd.isna(difference) else int(difference)


# %% 2.5 wrong: sizes added up
def between(first, last, batches):
    inside = batches[batches.batch.between(first, last)].services
    return None if inside.isna().any() else int(inside.sum())


# %% 2.5 wrong: sizes where the totals fail
def between(first, last, batches):
    after = batches.set_index("batch").cumulative_services
    if first == 1:
        return int(after[last]) if pd.notna(after[last]) else None
    if pd.isna(after[first - 1]) or pd.isna(after[last]):
        return int(batches[batches.batch.between(first, last)].services.sum())
    return int(after[last] - after[first - 1])


# %% 2.5 wrong: only the end asked
def between(first, last, batches):
    after = batches.set_index("batch").cumulative_services
    if pd.isna(after[last]):
        return None
    return int(after[last] - (after[first - 1] if first > 1 and pd.notna(after[first - 1]) else 0))


# %% 2.5 wrong: by the place
def between(first, last, batches):
    totals = [0, *batches.cumulative_services]
    a, b = totals[first - 1], totals[last]
    return None if pd.isna(a) or pd.isna(b) else int(b - a)


# %% 2.5 wrong: missing kept -> nothing (None)
def between(first, last, batches):
    after = batches.set_index("batch").cumulative_services
    return after[last] - (0 if first == 1 else after[first - 1])


# %% 2.5 wrong: the nearest total before
def between(first, last, batches):
    after = batches.sort_values("batch").set_index("batch").cumulative_services.ffill()
    before = 0 if first == 1 else after[first - 1]
    return None if pd.isna(after[last]) else int(after[last] - before)


# %% 2.5 wrong: before list 1 nothing is known
def between(first, last, batches):
    after = batches.set_index("batch").cumulative_services
    if first == 1 or pd.isna(after[last]) or pd.isna(after[first - 1]):
        return None
    return int(after[last] - after[first - 1])


# %% 2.6 right: total and later sizes
def at_least(batches):
    totals = batches.dropna(subset="cumulative_services")
    start, last = (totals.cumulative_services.max(), totals.batch.max()) if len(totals) else (0, 0)
    return int(start + batches.services[batches.batch > last].sum())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 right: a loop
def at_least(batches):
    so_far = 0
    for row in batches.sort_values("batch").itertuples():
        if not pd.isna(row.cumulative_services):
            so_far = row.cumulative_services
        elif not pd.isna(row.services):
            so_far += row.services
    return so_far


unnamed = np.int64(at_least(data.batches)) - data.named().shape[0]


# %% 2.6 right: a float
def at_least(batches):
    b = batches.astype({"services": "float", "cumulative_services": "float"})
    if b.cumulative_services.notna().any():
        last = b.loc[b.cumulative_services.notna(), "batch"].max()
        total = b.loc[b.batch == last, "cumulative_services"].item()
    else:
        last = total = 0
    return total + b.loc[b.batch > last, "services"].sum()


unnamed = at_least(data.batches) - data.named().registration_id.count()


# %% 2.6 right: plain lists
def at_least(batches):
    rows = sorted(zip(batches.batch, batches.services, batches.cumulative_services))
    known = [(b, c) for b, s, c in rows if c is not pd.NA]
    last, total = known[-1] if known else (0, 0)
    return total + sum(s for b, s, c in rows if b > last and s is not pd.NA)


named = sum(data.registrations.confidence != "low")
unnamed = at_least(data.batches) - named


# %% 2.6 wrong: counted twice -> lists 1 and 3 are in the 20
def at_least(b):
    return int(b.cumulative_services.fillna(0).max() + b.services.sum())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 wrong: the total alone
def at_least(b):
    return int(b.cumulative_services.fillna(0).max())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 wrong: sizes alone
def at_least(b):
    return int(b.services.sum())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 wrong: later by the place
def at_least(b):
    place = b.cumulative_services.reset_index(drop=True).last_valid_index()
    if place is None:
        return int(b.services.sum())
    return int(b.cumulative_services.iloc[place] + b.services.iloc[place + 1 :].sum())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 wrong: no running total forgotten
def at_least(b):
    totals = b.dropna(subset="cumulative_services")
    last = totals.batch.max()
    return int(totals.cumulative_services.max() + b.services[b.batch > last].sum())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 wrong: the first running total
def at_least(b):
    totals = b.dropna(subset="cumulative_services").sort_values("batch")
    start, last = (totals.cumulative_services.iloc[0], totals.batch.iloc[0]) if len(totals) else (0, 0)
    return int(start + b.services[b.batch > last].sum())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 wrong: the list of the total counted again
def at_least(b):
    totals = b.dropna(subset="cumulative_services")
    start, last = (totals.cumulative_services.max(), totals.batch.max()) if len(totals) else (0, 0)
    return int(start + b.services[b.batch >= last].sum())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 wrong: unknown later lists counted as one
def at_least(b):
    totals = b.dropna(subset="cumulative_services")
    start, last = (totals.cumulative_services.max(), totals.batch.max()) if len(totals) else (0, 0)
    return int(start + b.services[b.batch > last].fillna(1).sum())


unnamed = at_least(data.batches) - len(data.named())


# %% 2.6 wrong: all rows taken as named
def at_least(batches):
    totals = batches.dropna(subset="cumulative_services")
    start, last = (totals.cumulative_services.max(), totals.batch.max()) if len(totals) else (0, 0)
    return int(start + batches.services[batches.batch > last].sum())


unnamed = at_least(data.batches) - len(data.registrations)


# %% 2.6 wrong: the named not taken away -> take them away
def at_least(batches):
    totals = batches.dropna(subset="cumulative_services")
    start, last = (totals.cumulative_services.max(), totals.batch.max()) if len(totals) else (0, 0)
    return int(start + batches.services[batches.batch > last].sum())


unnamed = at_least(data.batches)


# %% 2.6 wrong: rows without a service name -> far more are unnamed
def at_least(batches):
    totals = batches.dropna(subset="cumulative_services")
    start, last = (totals.cumulative_services.max(), totals.batch.max()) if len(totals) else (0, 0)
    return int(start + batches.services[batches.batch > last].sum())


unnamed = int((data.registrations.service_en == "").sum())


# %% 2.7 right: groups
def mixed_up(counts):
    found = counts[counts.conflict_group != ""]
    units = found.groupby(["conflict_group", "value"]).unit.agg(set)
    return sorted({group for (group, _), u in units.items() if u >= {"services", "entities"}})


# %% 2.7 right: pairs of sets
def mixed_up(counts):
    known = counts.dropna(subset="value")
    pairs = {
        unit: set(zip(known.conflict_group[known.unit == unit], known.value[known.unit == unit]))
        for unit in ["services", "entities"]
    }
    return sorted({g for g, v in pairs["services"] & pairs["entities"] if g})


# %% 2.7 right: a merge
def mixed_up(counts):
    c = counts[counts.conflict_group.ne("")]
    s = c[c.unit == "services"]
    e = c[c.unit == "entities"]
    both = s.dropna(subset="value").merge(e, on=["conflict_group", "value"])
    return sorted(both.conflict_group.unique())


# %% 2.7 right: loops, a tuple
def mixed_up(counts):
    groups = []
    counts = counts[counts.value.notna()]
    for a in counts.itertuples():
        for b in counts.itertuples():
            same = a.conflict_group == b.conflict_group != "" and a.value == b.value
            if same and a.unit == "services" and b.unit == "entities" and a.conflict_group not in groups:
                groups.append(a.conflict_group)
    return tuple(sorted(groups))


# %% 2.7 right: an array
def mixed_up(counts):
    c = counts[(counts.conflict_group != "") & counts.unit.isin(["services", "entities"])]
    n = c.groupby(["conflict_group", "value"]).unit.nunique()
    return np.unique(n[n == 2].index.get_level_values(0).to_numpy().astype(str))


# %% 2.7 wrong: missing values taken as equal -> in f they are missing
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    units = c.groupby(["conflict_group", "value"], dropna=False).unit.agg(set)
    return sorted({g for (g, _), u in units.items() if u >= {"services", "entities"}})


# %% 2.7 wrong: duplicates of group and value
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    return sorted(set(c.conflict_group[c.duplicated(["conflict_group", "value"])]))


# %% 2.7 wrong: one value in the group
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    n = c.groupby("conflict_group").value.nunique()
    return sorted(n[n == 1].index)


# %% 2.7 wrong: any two units
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    n = c.groupby(["conflict_group", "value"]).unit.nunique()
    return sorted({g for g, v in n[n > 1].index})


# %% 2.7 wrong: the values forgotten -> in f they are missing
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    units = c.groupby("conflict_group").unit.agg(set)
    return sorted(g for g, u in units.items() if u >= {"services", "entities"})


# %% 2.7 wrong: the empty group kept
def mixed_up(counts):
    units = counts.groupby(["conflict_group", "value"]).unit.agg(set)
    return sorted({g for (g, _), u in units.items() if u >= {"services", "entities"}})


# %% 2.7 wrong: order of the table
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    units = c.groupby(["conflict_group", "value"], sort=False).unit.agg(set)
    return list(dict.fromkeys(g for (g, _), u in units.items() if u >= {"services", "entities"}))


# %% 2.7 wrong: only these two units in the group
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    units = c.groupby("conflict_group").unit.agg(set)
    values = c.groupby("conflict_group").value.nunique()
    return sorted(g for g in units.index if units[g] == {"services", "entities"} and values[g] == 1)


# %% 2.7 wrong: one group for each value
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    units = c.groupby(["conflict_group", "value"]).unit.agg(set)
    return sorted(g for (g, _), u in units.items() if u >= {"services", "entities"})


# %% 2.7 wrong: a set
def mixed_up(counts):
    c = counts[counts.conflict_group != ""]
    units = c.groupby(["conflict_group", "value"]).unit.agg(set)
    return {g for (g, _), u in units.items() if u >= {"services", "entities"}}


# %% 2.7 wrong: all groups
def mixed_up(counts):
    return sorted(set(counts.conflict_group) - {""})
