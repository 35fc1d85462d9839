# %% 7.1 right: the calendar
def span(text):
    import calendar

    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
    return date(*parts), date(*parts)


# %% 7.1 right: the day before the next month, as a list
def span(text):
    from datetime import timedelta

    if len(text) == 4:
        return [date(int(text), 1, 1), date(int(text) + 1, 1, 1) - timedelta(days=1)]
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
        return [date(year, month, 1), following - timedelta(days=1)]
    return [date.fromisoformat(text)] * 2


# %% 7.1 right: time stamps of pandas
def span(text):
    period = pd.Period(text)
    return period.start_time, period.end_time.normalize()


# %% 7.1 right: offsets of pandas
def span(text):
    first = pd.Timestamp(text)
    last = {4: first + pd.offsets.YearEnd(0), 7: first + pd.offsets.MonthEnd(0)}.get(len(text), first)
    return (first.date(), last.date())


# %% 7.1 wrong: the first day only
def span(text):
    first = pd.Timestamp(text).date()
    return first, first


# %% 7.1 wrong: every month has thirty-one days
def span(text):
    if len(text) == 4:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if len(text) == 7:
        return date.fromisoformat(text + "-01"), date.fromisoformat(text + "-31")
    return date.fromisoformat(text), date.fromisoformat(text)


# %% 7.1 wrong: February has twenty-eight days -> leap year
def span(text):
    lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if len(text) == 4:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return date(year, month, 1), date(year, month, lengths[month - 1])
    return date.fromisoformat(text), date.fromisoformat(text)


# %% 7.1 wrong: every February has twenty-nine days
def span(text):
    lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if len(text) == 4:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        try:
            return date(year, month, 1), date(year, month, lengths[month - 1])
        except ValueError:
            return date(year, month, 1), date(year, month, 29 if year % 4 == 0 else 27)
    return date.fromisoformat(text), date.fromisoformat(text)


# %% 7.1 wrong: texts
def span(text):
    period = pd.Period(text)
    return str(period.start_time.date()), str(period.end_time.date())


# %% 7.1 wrong: the first of the next month
def span(text):
    if len(text) == 10:
        return date.fromisoformat(text), date.fromisoformat(text)
    period = pd.Period(text)
    return period.start_time.date(), (period + 1).start_time.date()


# %% 7.1 wrong: a year is its first month
def span(text):
    period = pd.Period(text if len(text) > 4 else text + "-01")
    return period.start_time.date(), period.end_time.date()


# %% 7.1 wrong: the middle
def span(text):
    period = pd.Period(text)
    middle = (period.start_time + (period.end_time - period.start_time) / 2).date()
    return middle, middle


# %% 7.1 wrong: one number
def span(text):
    period = pd.Period(text)
    return (period.end_time - period.start_time).days


# %% 7.2 right: the other way round
def came_first(a, b):
    if a[1] >= b[0] and b[1] >= a[0]:
        return "not known"
    return "a" if a[0] < b[0] else "b"


# %% 7.2 right: names for the days
def came_first(a, b):
    start_a, end_a = a
    start_b, end_b = b
    if end_a < start_b:
        answer = "a"
    elif start_a > end_b:
        answer = "b"
    else:
        answer = "not known"
    return answer


# %% 7.2 right: days between
def came_first(a, b):
    if (b[0] - a[1]).days > 0:
        return "a"
    if (a[0] - b[1]).days >= 1:
        return "b"
    return "not known"


# %% 7.2 right: ordinals
def came_first(a, b):
    days = lambda span: range(span[0].toordinal(), span[1].toordinal() + 1)
    if set(days(a)) & set(days(b)):
        return "not known"
    return min([(min(days(a)), "a"), (min(days(b)), "b")])[1]


# %% 7.2 wrong: the same day counts as before -> may have happened on 31 May
def came_first(a, b):
    if a[1] <= b[0]:
        return "a"
    return "b" if b[1] <= a[0] else "not known"


# %% 7.2 wrong: the first days alone
def came_first(a, b):
    return "a" if a[0] < b[0] else "b" if b[0] < a[0] else "not known"


# %% 7.2 wrong: the last days alone
def came_first(a, b):
    return "a" if a[1] < b[1] else "b" if b[1] < a[1] else "not known"


# %% 7.2 wrong: both ends are earlier
def came_first(a, b):
    if a[0] < b[0] and a[1] < b[1]:
        return "a"
    return "b" if b[0] < a[0] and b[1] < a[1] else "not known"


# %% 7.2 wrong: the middle
def came_first(a, b):
    middle = lambda span: span[0].toordinal() + span[1].toordinal()
    return "a" if middle(a) < middle(b) else "b" if middle(b) < middle(a) else "not known"


# %% 7.2 wrong: never after
def came_first(a, b):
    return "a" if a[1] < b[0] else "not known"


# %% 7.2 wrong: after whenever it is not before
def came_first(a, b):
    return "a" if a[1] < b[0] else "b"


# %% 7.2 wrong: swapped
def came_first(a, b):
    return "b" if a[1] < b[0] else "a" if b[1] < a[0] else "not known"


# %% 7.2 wrong: None where it is not known
def came_first(a, b):
    return "a" if a[1] < b[0] else "b" if b[1] < a[0] else None


# %% 7.2 wrong: the same day counts on one side
def came_first(a, b):
    return "a" if a[1] < b[0] else "b" if b[1] <= a[0] else "not known"


# %% 7.2 wrong: the span
def came_first(a, b):
    return a if a[1] < b[0] else b if b[1] < a[0] else "not known"


# %% 7.3 right: a loop
def first_of(spans):
    if len(spans) == 0:
        return None
    first, last = spans[0]
    for start, end in spans[1:]:
        first, last = min(first, start), min(last, end)
    return first, last


# %% 7.3 right: sorted
def first_of(spans):
    starts, ends = sorted(s[0] for s in spans), sorted(s[1] for s in spans)
    return [starts[0], ends[0]] if spans else None


# %% 7.3 right: a table
def first_of(spans):
    table = pd.DataFrame(spans, columns=["first", "last"])
    return None if table.empty else (table["first"].min(), table["last"].min())


# %% 7.3 right: columns by zip
def first_of(spans):
    return tuple(map(min, zip(*spans))) or None


# %% 7.3 wrong: the span of the event that starts first -> the first had happened by 7 June
def first_of(spans):
    return min(spans, default=None)


# %% 7.3 wrong: the span of the event that ends first
def first_of(spans):
    return min(spans, key=lambda span: span[1], default=None)


# %% 7.3 wrong: the whole time
def first_of(spans):
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


# %% 7.3 wrong: the first in the list
def first_of(spans):
    return spans[0] if spans else None


# %% 7.3 wrong: crashes on an empty list -> stopped with ValueError
def first_of(spans):
    return min(s[0] for s in spans), min(s[1] for s in spans)


# %% 7.3 wrong: an empty pair
def first_of(spans):
    return (min(s[0] for s in spans), min(s[1] for s in spans)) if spans else ()


# %% 7.3 wrong: the days at which all overlap
def first_of(spans):
    return (max(s[0] for s in spans), min(s[1] for s in spans)) if spans else None


# %% 7.3 wrong: the shortest span
def first_of(spans):
    return min(spans, key=lambda span: (span[1] - span[0], span[0]), default=None)


# %% 7.3 wrong: the smallest first day
def first_of(spans):
    return min((s[0] for s in spans), default=None)


# %% 7.3 wrong: last day before the first
def first_of(spans):
    return (min(s[1] for s in spans), min(s[0] for s in spans)) if spans else None


# %% 7.3 wrong: only of two
def first_of(spans):
    if not spans:
        return None
    a, b = spans[0], spans[-1]
    return min(a[0], b[0]), min(a[1], b[1])


# %% 7.3 wrong: the last of many
def first_of(spans):
    return (max(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


# %% 7.3 wrong: cut at the next start
def first_of(spans):
    s = sorted(spans)
    return (s[0][0], min(s[0][1], s[1][0] if len(s) > 1 else s[0][1])) if s else None


# %% 7.3 wrong: of those that start first
def first_of(spans):
    s = [x for x in spans if x[0] == min(y[0] for y in spans)]
    return min(s, key=lambda x: x[1]) if s else None


# %% 7.4 right: all
def rests_on(cell, theirs):
    ids = cell.split()
    return len(ids) > 0 and all(one in theirs for one in ids)


hit = int(years.assign(kept=years["without the outlet"] / years["all sources"]).sort_values("kept").year.iloc[0])
lost = float(1 - (years["without the outlet"] / years["all sources"]).min())


# %% 7.4 right: a loop
def rests_on(cell, theirs):
    if cell == "":
        return False
    for one in cell.split(" "):
        if one not in theirs:
            return False
    return True


best = (-1, None)
for row in years.values.tolist():
    best = max(best, ((row[1] - row[2]) / row[1], row[0]))
lost, hit = best


# %% 7.4 right: a number of NumPy, a rounded share
def rests_on(cell, theirs):
    ids = cell.split()
    return np.bool_(len(ids) > 0) & np.all([one in theirs for one in ids])


share = (years["all sources"] - years["without the outlet"]) / years["all sources"]
hit, lost = years.loc[share.idxmax(), "year"], round(share.max(), 3)


# %% 7.4 right: nothing is left over
def rests_on(cell, theirs):
    others = [one for one in cell.split() if one not in theirs]
    return cell.strip() != "" and not others


table = years.set_index("year")
share = 1 - table["without the outlet"] / table["all sources"]
hit, lost = share.idxmax(), share.max()


# %% 7.4 wrong: any document -> another document bears the event out
def rests_on(cell, theirs):
    return bool(set(cell.split()) & theirs)


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: without documents it is true -> rests on nothing
def rests_on(cell, theirs):
    return set(cell.split()) <= theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: parts of texts -> compare whole ids
def rests_on(cell, theirs):
    return cell != "" and all(any(part in one for one in theirs) for part in cell.split())


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: the first document
def rests_on(cell, theirs):
    return cell[:4] in theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: the last document
def rests_on(cell, theirs):
    return (cell.split() or [""])[-1] in theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: the cell as one id
def rests_on(cell, theirs):
    return cell in theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: all documents of the outlet
def rests_on(cell, theirs):
    return theirs == set(cell.split())


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: the set of ids in the place of False
def rests_on(cell, theirs):
    ids = set(cell.split())
    return ids and ids <= theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: the year of the peak -> another year loses a larger share
def rests_on(cell, theirs):
    return bool(cell.split()) and set(cell.split()) <= theirs


hit = years.year[years["without the outlet"].idxmax()]
lost = 0.3


# %% 7.4 wrong: the number that is lost -> between zero and one
def rests_on(cell, theirs):
    return bool(cell.split()) and set(cell.split()) <= theirs


loss = years["all sources"] - years["without the outlet"]
hit, lost = years.year[(loss / years["all sources"]).idxmax()], loss.max()


# %% 7.4 wrong: in percent
def rests_on(cell, theirs):
    return bool(cell.split()) and set(cell.split()) <= theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], 100 * loss.max()


# %% 7.4 wrong: the share that is kept
def rests_on(cell, theirs):
    return bool(cell.split()) and set(cell.split()) <= theirs


kept = years["without the outlet"] / years["all sources"]
hit, lost = years.year[kept.idxmin()], kept.min()


# %% 7.4 wrong: against what is left
def rests_on(cell, theirs):
    return bool(cell.split()) and set(cell.split()) <= theirs


loss = years["all sources"] / years["without the outlet"] - 1
hit, lost = years.year[loss.idxmax()], loss.max()


# %% 7.4 wrong: the row in the place of the year -> should be a year
def rests_on(cell, theirs):
    return bool(cell.split()) and set(cell.split()) <= theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = loss.idxmax(), loss.max()


# %% 7.4 wrong: the year as text
def rests_on(cell, theirs):
    return bool(cell.split()) and set(cell.split()) <= theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = str(years.year[loss.idxmax()]), loss.max()


# %% 7.4 wrong: the share of all years together
def rests_on(cell, theirs):
    return bool(cell.split()) and set(cell.split()) <= theirs


loss = 1 - years["without the outlet"] / years["all sources"]
hit, lost = years.year[loss.idxmax()], 1 - years["without the outlet"].sum() / years["all sources"].sum()


# %% 7.5 right: a loop
def count_between(spans, start, end):
    sure = may = 0
    for first, last in spans:
        if first >= start and last <= end:
            sure += 1
        if not (last < start or first > end):
            may += 1
    return [sure, may]


# %% 7.5 right: lists
def count_between(spans, start, end):
    may = [span for span in spans if max(span[0], start) <= min(span[1], end)]
    return len([span for span in may if span[0] >= start and span[1] <= end]), len(may)


# %% 7.5 right: a table
def count_between(spans, start, end):
    table = pd.DataFrame(spans, columns=["first", "last"])
    if table.empty:
        return 0, 0
    sure = (table["first"] >= start) & (table["last"] <= end)
    may = (table["first"] <= end) & (table["last"] >= start)
    return sure.sum(), may.sum()


# %% 7.5 right: sets of days
def count_between(spans, start, end):
    days = lambda a, b: set(range(a.toordinal(), b.toordinal() + 1))
    window = days(start, end)
    return (sum(days(*span) <= window for span in spans), sum(1 for span in spans if days(*span) & window))


# %% 7.5 wrong: may means that an end lies inside -> the example of the picture
def count_between(spans, start, end):
    least = sum(start <= a and b <= end for a, b in spans)
    return least, sum(start <= a <= end or start <= b <= end for a, b in spans)


# %% 7.5 wrong: by the first day
def count_between(spans, start, end):
    least = sum(start <= a <= end for a, b in spans)
    return least, least


# %% 7.5 wrong: sure by the first day
def count_between(spans, start, end):
    return sum(start <= a <= end for a, b in spans), sum(a <= end and start <= b for a, b in spans)


# %% 7.5 wrong: without the days of the window -> both days of the window belong to it
def count_between(spans, start, end):
    return sum(start < a and b < end for a, b in spans), sum(a < end and start < b for a, b in spans)


# %% 7.5 wrong: without the last day of the window
def count_between(spans, start, end):
    return sum(start <= a and b < end for a, b in spans), sum(a < end and start <= b for a, b in spans)


# %% 7.5 wrong: the touching day is not enough
def count_between(spans, start, end):
    return sum(start <= a and b <= end for a, b in spans), sum(
        max(a, start) < min(b, end) or a == b and start <= a <= end for a, b in spans
    )


# %% 7.5 wrong: most without the sure ones
def count_between(spans, start, end):
    least = sum(start <= a and b <= end for a, b in spans)
    return least, sum(a <= end and start <= b for a, b in spans) - least


# %% 7.5 wrong: shares of days
def count_between(spans, start, end):
    share = lambda a, b: max(((min(b, end) - max(a, start)).days + 1) / ((b - a).days + 1), 0)
    least = sum(start <= a and b <= end for a, b in spans)
    return least, sum(share(a, b) for a, b in spans)


# %% 7.5 wrong: the two numbers swapped
def count_between(spans, start, end):
    return sum(a <= end and start <= b for a, b in spans), sum(start <= a and b <= end for a, b in spans)


# %% 7.5 wrong: equal spans count once -> equal spans are different events
def count_between(spans, start, end):
    spans = set(spans)
    return sum(start <= a and b <= end for a, b in spans), sum(a <= end and start <= b for a, b in spans)


# %% 7.5 wrong: None without an event
def count_between(spans, start, end):
    if not spans:
        return None
    return sum(start <= a and b <= end for a, b in spans), sum(a <= end and start <= b for a, b in spans)


# %% 7.5 wrong: all may lie in it
def count_between(spans, start, end):
    return sum(start <= a and b <= end for a, b in spans), len(spans)


# %% 7.5 wrong: too late is may, too
def count_between(spans, start, end):
    return sum(start <= a and b <= end for a, b in spans), sum(start <= b for a, b in spans)


# %% 7.5 wrong: only from the start
def count_between(spans, start, end):
    return sum(start <= a for a, b in spans), sum(a <= end and start <= b for a, b in spans)


# %% 7.5 wrong: short enough and begun
def count_between(spans, start, end):
    return sum((b - a).days <= (end - start).days and a >= start and a <= end for a, b in spans), sum(
        a <= end and b >= start for a, b in spans
    )


# %% 7.6 right: by NumPy, without the other function
def change(before, after):
    return np.array([after - before]) + 2 * np.array([-1, 1]) * np.sqrt(before + after)


def verdict(everything, without):
    if sum(everything) == 0 or sum(without) == 0:
        return "nothing to compare"
    first = everything[1] - everything[0] > 2 * np.sqrt(sum(everything))
    second = without[1] - without[0] > 2 * np.sqrt(sum(without))
    if first and second:
        return "rise"
    if not first and not second:
        return "no rise shown"
    return "depends on the source"


# %% 7.6 right: by math
def change(before, after):
    import math

    s = math.sqrt(before + after)
    low = (after - before) - 2 * s
    return (low, low + 4 * s)


def verdict(everything, without):
    for pair in [everything, without]:
        if pair[0] == 0 and pair[1] == 0:
            return "nothing to compare"
    rises = [change(a, b)[0] > 0 for a, b in [everything, without]]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 right: a list
def change(before, after):
    difference, reach = after - before, 2 * pow(after + before, 1 / 2)
    return [difference - reach, difference + reach]


def verdict(everything, without):
    if not any(everything) or not any(without):
        return "nothing to compare"
    low_all, low_without = change(*everything)[0], change(*without)[0]
    if low_all > 0:
        return "rise" if low_without > 0 else "depends on the source"
    return "depends on the source" if low_without > 0 else "no rise shown"


# %% 7.6 right: a dictionary of verdicts
def change(before, after):
    return tuple(after - before + sign * 2 * (before + after) ** 0.5 for sign in (-1, 1))


def verdict(everything, without):
    if (0, 0) == tuple(everything) or (0, 0) == tuple(without):
        return "nothing to compare"
    words = {(True, True): "rise", (False, False): "no rise shown"}
    key = (change(*everything)[0] > 0, change(*without)[0] > 0)
    return words.get(key, "depends on the source")


# %% 7.6 wrong: any more is a rise -> 20 to 28 is within luck
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [b > a for a, b in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: asks the second pair only -> the first pair is empty
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if without == (0, 0):
        return "nothing to compare"
    rises = [change(*pair)[0] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: asks the first pair only -> the second pair is empty
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if everything == (0, 0):
        return "nothing to compare"
    rises = [change(*pair)[0] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: only if both are empty
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if everything == (0, 0) and without == (0, 0):
        return "nothing to compare"
    rises = [change(*pair)[0] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: a zero anywhere
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if 0 in (*everything, *without):
        return "nothing to compare"
    rises = [change(*pair)[0] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: a change in any direction -> a fall is no rise
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [abs(b - a) > 2 * (a + b) ** 0.5 for a, b in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: the upper end
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [change(*pair)[1] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: zero is a rise -> zero, not above
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [change(*pair)[0] >= 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: one standard deviation
def change(before, after):
    reach = (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [change(*pair)[0] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: the two roots added
def change(before, after):
    reach = 2 * (before**0.5 + after**0.5)
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [change(*pair)[0] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: without the root
def change(before, after):
    return after - before - 2 * (before + after), after - before + 2 * (before + after)


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [b - a > 2 * (a + b) ** 0.5 for a, b in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: before less after
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return before - after - reach, before - after + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [b - a > 2 * (a + b) ** 0.5 for a, b in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: the ratio -> stopped with ZeroDivisionError
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [b / a > 1.5 for a, b in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: all sources decide
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    if change(*everything)[0] > 0:
        return "rise" if change(*without)[0] > 0 else "depends on the source"
    return "no rise shown"


# %% 7.6 wrong: other words
def change(before, after):
    reach = 2 * (before + after) ** 0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [change(*pair)[0] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise"


# %% 7.6 wrong: the spread of after alone
def change(before, after):
    reach = 2 * after**0.5
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [change(*pair)[0] > 0 for pair in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: whole roots -> is not rounded
def change(before, after):
    reach = 2 * int((before + after) ** 0.5)
    return after - before - reach, after - before + reach


def verdict(everything, without):
    if (0, 0) in (everything, without):
        return "nothing to compare"
    rises = [b - a > 2 * (a + b) ** 0.5 for a, b in (everything, without)]
    return "rise" if all(rises) else "depends on the source" if any(rises) else "no rise shown"


# %% 7.6 wrong: both pairs added
def change(b, a):
    r = 2 * (a + b) ** 0.5
    return a - b - r, a - b + r


def verdict(e, w):
    if (0, 0) in (e, w):
        return "nothing to compare"
    x = change(e[0] + w[0], e[1] + w[1])[0] > 0
    return "rise" if x else "no rise shown"
