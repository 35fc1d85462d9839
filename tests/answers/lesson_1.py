# What students answer to the exercises of lesson 1, right and wrong; one after the other, hence long. See tests/test_lessons.py.
# %% 1.1 right: both at once
number_of_rows, number_of_columns = rows.shape
# %% 1.1 right: two lengths
number_of_rows = len(rows)
number_of_columns = len(rows.columns)
# %% 1.1 right: a number of NumPy
number_of_rows = rows.registration_id.count()
number_of_columns = rows.columns.size
# %% 1.1 right: counted by hand
number_of_rows = sum(1 for _ in rows.itertuples())
number_of_columns = sum(1 for _ in rows)
# %% 1.1 right: from the axes
number_of_rows = rows.axes[0].size
number_of_columns = rows.axes[1].size
# %% 1.1 wrong: swapped -> each row has its own registration_id
number_of_columns, number_of_rows = rows.shape
# %% 1.1 wrong: no columns -> each column has a name
number_of_rows = len(rows)
number_of_columns = 0
# %% 1.1 wrong: last label for the number
number_of_rows = rows.index[-1]
number_of_columns = len(rows.columns)
# %% 1.1 wrong: without the id
number_of_rows = len(rows)
number_of_columns = len(rows.columns) - 1
# %% 1.1 wrong: all cells
number_of_rows = rows.size
number_of_columns = len(rows.columns)
# %% 1.1 wrong: counts of all columns
number_of_rows = rows.count()
number_of_columns = len(rows.columns)
# %% 1.1 wrong: as text
number_of_rows = str(len(rows))
number_of_columns = str(len(rows.columns))
# %% 1.1 wrong: only the full rows
number_of_rows = len(rows.dropna())
number_of_columns = len(rows.columns)
# %% 1.1 wrong: one half forgotten -> number_of_columns is not there yet
number_of_rows = len(rows)


# %% 1.2 right: labels
def service_of(registration_id, table):
    return table.set_index("registration_id").loc[registration_id, "service_en"]


# %% 1.2 right: a dictionary
def service_of(registration_id, table):
    return dict(zip(table.registration_id, table.service_en))[registration_id]


# %% 1.2 right: condition and own error
def service_of(registration_id, table):
    found = table[table["registration_id"] == registration_id]
    if len(found) == 0:
        raise KeyError(f"no row {registration_id}")
    return found["service_en"].iloc[0]


# %% 1.2 right: a loop
def service_of(registration_id, table):
    for _, row in table.iterrows():
        if row["registration_id"] == registration_id:
            return row["service_en"]
    raise KeyError(registration_id)


# %% 1.2 right: query
def service_of(registration_id, table):
    found = table.query("registration_id == @registration_id").service_en
    try:
        return found.item()
    except ValueError:
        raise KeyError(registration_id)


# %% 1.2 wrong: learnt by heart
def service_of(registration_id, table):
    return {"r002": "Superchain", "r047": "", "r3": "", "r2": "Compass"}[registration_id]


# %% 1.2 wrong: empty for an unknown id
def service_of(registration_id, table):
    return dict(zip(table.registration_id, table.service_en)).get(registration_id, "")


# %% 1.2 wrong: a whole column -> where one value is asked
def service_of(registration_id, table):
    return table[table.registration_id == registration_id].service_en


# %% 1.2 wrong: another error
def service_of(registration_id, table):
    return table[table.registration_id == registration_id].service_en.item()


# %% 1.2 wrong: None for an empty text -> so the answer is an empty text
def service_of(registration_id, table):
    return table.set_index("registration_id").loc[registration_id, "service_en"] or None


# %% 1.2 wrong: always the real table
def service_of(registration_id, table):
    return rows.set_index("registration_id").loc[registration_id, "service_en"]


# %% 1.2 wrong: by the place
def service_of(registration_id, table):
    number = int(registration_id[1:])
    if number > len(table):
        raise KeyError(registration_id)
    return table.service_en.iloc[number - 1]


# %% 1.2 wrong: a part of the id
def service_of(registration_id, table):
    found = table[table.registration_id.str.contains(registration_id)]
    if found.empty:
        raise KeyError(registration_id)
    return found.service_en.iloc[0]


# %% 1.2 wrong: the registrant
def service_of(registration_id, table):
    return table.set_index("registration_id").loc[registration_id, "entity_en"]


# %% 1.2 wrong: printed, not returned -> is a return missing?
def service_of(registration_id, table):
    print(table.set_index("registration_id").loc[registration_id, "service_en"])


# %% 1.2 wrong: returns the error
def service_of(registration_id, table):
    services = dict(zip(table.registration_id, table.service_en))
    return services.get(registration_id, KeyError)


# %% 1.3 right: look-up
def publishers_of(registration_id, table, sources):
    cell = table.set_index("registration_id").loc[registration_id, "source_ids"]
    publisher = sources.set_index("source_id").publisher
    return [publisher[source] for source in cell.split()]


# %% 1.3 right: a loop with conditions
def publishers_of(registration_id, table, sources):
    names = []
    for s in table.source_ids[table.registration_id == registration_id].item().split(" "):
        names.append(sources[sources.source_id == s].publisher.values[0])
    return names


# %% 1.3 right: a column in order
def publishers_of(registration_id, table, sources):
    ids = table.loc[table.registration_id == registration_id, "source_ids"].iloc[0].split()
    return sources.set_index("source_id").loc[ids, "publisher"]


# %% 1.3 right: a merge
def publishers_of(registration_id, table, sources):
    one = table[table.registration_id == registration_id]
    ids = one.source_ids.str.split().explode().rename("source_id").to_frame()
    return ids.merge(sources, on="source_id", how="left").publisher.tolist()


# %% 1.3 right: a tuple
def publishers_of(registration_id, table, sources):
    who = dict(zip(sources.source_id, sources.publisher))
    where = dict(zip(table.registration_id, table.source_ids))
    return tuple(map(who.get, where[registration_id].split()))


# %% 1.3 wrong: the order of the library
def publishers_of(registration_id, table, sources):
    ids = table.set_index("registration_id").source_ids[registration_id].split()
    return list(sources[sources.source_id.isin(ids)].publisher)


# %% 1.3 wrong: s10 in s100 -> s1 and s100 are others
def publishers_of(registration_id, table, sources):
    cell = table.set_index("registration_id").source_ids[registration_id]
    return [p for s, p in zip(sources.source_id, sources.publisher) if s in cell]


# %% 1.3 wrong: ids that begin alike
def publishers_of(registration_id, table, sources):
    cell = table.set_index("registration_id").source_ids[registration_id]
    return [sources[sources.source_id.str.startswith(s)].publisher.iloc[0] for s in cell.split()]


# %% 1.3 wrong: each once
def publishers_of(registration_id, table, sources):
    who = dict(zip(sources.source_id, sources.publisher))
    ids = table.set_index("registration_id").source_ids[registration_id].split()
    return list(dict.fromkeys(who[s] for s in ids))


# %% 1.3 wrong: sorted
def publishers_of(registration_id, table, sources):
    who = dict(zip(sources.source_id, sources.publisher))
    return sorted(who[s] for s in table.set_index("registration_id").source_ids[registration_id].split())


# %% 1.3 wrong: only the first
def publishers_of(registration_id, table, sources):
    who = dict(zip(sources.source_id, sources.publisher))
    return [who[table.set_index("registration_id").source_ids[registration_id].split()[0]]]


# %% 1.3 wrong: the ids themselves
def publishers_of(registration_id, table, sources):
    return table.set_index("registration_id").source_ids[registration_id].split()


# %% 1.3 wrong: one text
def publishers_of(registration_id, table, sources):
    who = dict(zip(sources.source_id, sources.publisher))
    return ", ".join(who[s] for s in table.set_index("registration_id").source_ids[registration_id].split())


# %% 1.3 wrong: a set -> a set, which has no order
def publishers_of(registration_id, table, sources):
    who = dict(zip(sources.source_id, sources.publisher))
    return {who[s] for s in table.set_index("registration_id").source_ids[registration_id].split()}


# %% 1.3 wrong: always the real tables
def publishers_of(registration_id, table, sources):
    who = data.sources.set_index("source_id").publisher
    return [who[s] for s in rows.set_index("registration_id").source_ids[registration_id].split()]


# %% 1.3 wrong: not split
def publishers_of(registration_id, table, sources):
    cell = table.set_index("registration_id").source_ids[registration_id]
    return list(sources[sources.source_id == cell].publisher)


# %% 1.4 right: mean of a condition
def single_sourced(table):
    if table.empty:
        return None
    return (table.source_ids.str.split().str.len() == 1).mean()


fragile = [int(b) for b, g in rows.groupby("batch") if (g.source_ids.str.split().str.len() == 1).all()]


# %% 1.4 right: a loop
def single_sourced(table):
    one = 0
    for cell in table.source_ids:
        if " " not in cell:
            one += 1
    return one / len(table) if len(table) else None


fragile = []
for b in sorted(rows.batch.dropna().unique()):
    if single_sourced(rows[rows.batch == b]) == 1:
        fragile.append(b)


# %% 1.4 right: count of blanks, an array
def single_sourced(table):
    if len(table) == 0:
        return None
    return float(table.source_ids.str.count(" ").eq(0).sum() / len(table))


single = ~rows.source_ids.str.contains(" ")
by_list = single.groupby(rows.batch).all()
fragile = by_list[by_list].index
# %% 1.4 right: a fraction, a tuple
from fractions import Fraction


def single_sourced(table):
    n = [len(c.split()) for c in table.source_ids]
    return Fraction(n.count(1), len(n)) if n else None


fragile = tuple(sorted(set(rows.batch.dropna()) - set(rows.batch[rows.source_ids.str.contains(" ")].dropna())))


# %% 1.4 wrong: length of the text
def single_sourced(table):
    if table.empty:
        return None
    return float((table.source_ids.str.len() == 4).mean())


fragile = [int(b) for b, g in rows.groupby("batch") if single_sourced(g) == 1]


# %% 1.4 wrong: zero for nothing -> a table without rows has no share
def single_sourced(table):
    if table.empty:
        return 0
    return float((table.source_ids.str.split().str.len() == 1).mean())


fragile = [int(b) for b, g in rows.groupby("batch") if single_sourced(g) == 1]


# %% 1.4 wrong: not a number for nothing
def single_sourced(table):
    return (table.source_ids.str.split().str.len() == 1).mean()


fragile = [int(b) for b, g in rows.groupby("batch") if single_sourced(g) == 1]


# %% 1.4 wrong: the others
def single_sourced(table):
    if table.empty:
        return None
    return float((table.source_ids.str.split().str.len() > 1).mean())


fragile = [int(b) for b, g in rows.groupby("batch") if single_sourced(g) == 0]


# %% 1.4 wrong: in percent
def single_sourced(table):
    if table.empty:
        return None
    return 100 * float((table.source_ids.str.split().str.len() == 1).mean())


fragile = [int(b) for b, g in rows.groupby("batch") if single_sourced(g) == 100]


# %% 1.4 wrong: a number, not a share
def single_sourced(table):
    if table.empty:
        return None
    return int((table.source_ids.str.split().str.len() == 1).sum())


fragile = [int(b) for b, g in rows.groupby("batch") if single_sourced(g) == len(g)]


# %% 1.4 wrong: at most two
def single_sourced(table):
    if table.empty:
        return None
    return float((table.source_ids.str.split().str.len() <= 2).mean())


fragile = [int(b) for b, g in rows.groupby("batch") if (g.source_ids.str.split().str.len() == 1).all()]


# %% 1.4 wrong: rounded
def single_sourced(table):
    if table.empty:
        return None
    return round(float((table.source_ids.str.split().str.len() == 1).mean()), 2)


fragile = [int(b) for b, g in rows.groupby("batch") if (g.source_ids.str.split().str.len() == 1).all()]


# %% 1.4 wrong: fragile if any row is
def single_sourced(table):
    if table.empty:
        return None
    return float((table.source_ids.str.split().str.len() == 1).mean())


fragile = [int(b) for b, g in rows.groupby("batch") if (g.source_ids.str.split().str.len() == 1).any()]


# %% 1.4 wrong: lists with a single row
def single_sourced(table):
    if table.empty:
        return None
    return float((table.source_ids.str.split().str.len() == 1).mean())


fragile = [int(b) for b, g in rows.groupby("batch") if len(g) == 1]


# %% 1.4 wrong: number of fragile lists
def single_sourced(table):
    if table.empty:
        return None
    return float((table.source_ids.str.split().str.len() == 1).mean())


fragile = [sum((g.source_ids.str.split().str.len() == 1).all() for b, g in rows.groupby("batch"))]


# %% 1.4 wrong: nothing found -> there are such lists
def single_sourced(table):
    if table.empty:
        return None
    return float((table.source_ids.str.split().str.len() == 1).mean())


fragile = []


# %% 1.5 right: two conditions
def filled(table, column):
    cells = table[column]
    return int((cells.notna() & (cells.astype("str") != "")).sum())


# %% 1.5 right: a loop
def filled(table, column):
    n = 0
    for value in table[column]:
        if not pd.isna(value) and value != "":
            n += 1
    return n


# %% 1.5 right: empty texts made missing
def filled(table, column):
    return table[column].astype(object).replace("", pd.NA).notna().sum()


# %% 1.5 right: the empty ones taken away
def filled(table, column):
    c = table[column]
    return len(c) - c.isna().sum() - sum(1 for v in c if isinstance(v, str) and v == "")


# %% 1.5 right: dropna first
def filled(table, column):
    return sum(str(v) != "" for v in table[column].dropna())


# %% 1.5 wrong: notna alone -> only the first names its service
def filled(table, column):
    return int(table[column].notna().sum())


# %% 1.5 wrong: count
def filled(table, column):
    return table[column].count()


# %% 1.5 wrong: only the empty text
def filled(table, column):
    return sum(str(v) != "" for v in table[column])


# %% 1.5 wrong: zero taken as empty -> a zero is something
def filled(table, column):
    return sum(1 for v in table[column] if not pd.isna(v) and v)


# %% 1.5 wrong: truth of a cell
def filled(table, column):
    return int(table[column].fillna(0).astype(bool).sum())


# %% 1.5 wrong: different values
def filled(table, column):
    return table[column].replace("", None).nunique()


# %% 1.5 wrong: rows
def filled(table, column):
    return len(table)


# %% 1.5 wrong: the empty ones
def filled(table, column):
    c = table[column]
    return int((c.isna() | (c.astype("str") == "")).sum())


# %% 1.5 wrong: texts only -> stopped with AttributeError
def filled(table, column):
    return int((table[column].str.len() > 0).sum())


# %% 1.5 wrong: a share
def filled(table, column):
    c = table[column]
    return (c.notna() & (c.astype("str") != "")).mean()


# %% 1.5 wrong: breaks without rows
def filled(table, column):
    c = table[column]
    if isinstance(c.iloc[0], str):
        return int((c.notna() & (c != "")).sum())
    return int(c.notna().sum())


# %% 1.6 right: a loop
def mentions(table):
    found = {}
    for row in table.itertuples():
        ids = []
        for i in re.findall(r"\br\d{3}\b", row.note):
            if i not in ids and i != row.registration_id:
                ids.append(i)
        if ids:
            found[row.registration_id] = ids
    return found


# %% 1.6 right: comprehension and tuples
def mentions(table):
    pairs = zip(table.registration_id, table.note)
    all_ids = {r: tuple(i for i in dict.fromkeys(re.findall(r"\br[0-9]{3}\b", n)) if i != r) for r, n in pairs}
    return {r: ids for r, ids in all_ids.items() if ids}


# %% 1.6 right: with pandas
def mentions(table):
    ids = table.set_index("registration_id").note.str.findall(r"\br\d{3}\b").explode().dropna()
    ids = ids[ids != ids.index]
    return {r: list(g.unique()) for r, g in ids.groupby(level=0)}


# %% 1.6 right: without regular expressions
def mentions(table):
    found = {}
    for r, note in zip(table["registration_id"], table["note"]):
        for sign in ".,;:()":
            note = note.replace(sign, " ")
        for word in note.split():
            if len(word) == 4 and word[0] == "r" and word[1:].isdigit() and word != r:
                if word not in found.setdefault(r, []):
                    found[r].append(word)
    return {r: ids for r, ids in found.items() if ids}


# %% 1.6 right: import inside
def mentions(table):
    import re as regular

    out = {}
    for _, row in table.iterrows():
        ids = [i for i in regular.findall(r"\br\d\d\d\b", row["note"]) if i != row["registration_id"]]
        ids = sorted(set(ids), key=ids.index)
        if len(ids) > 0:
            out[row["registration_id"]] = ids
    return out


# %% 1.6 wrong: sorted -> in the order of the note
def mentions(table):
    found = {
        r.registration_id: sorted(set(re.findall(r"\br\d{3}\b", r.note)) - {r.registration_id})
        for r in table.itertuples()
    }
    return {r: ids for r, ids in found.items() if ids}


# %% 1.6 wrong: empty ones kept
def mentions(table):
    return {
        r.registration_id: [i for i in dict.fromkeys(re.findall(r"\br\d{3}\b", r.note)) if i != r.registration_id]
        for r in table.itertuples()
    }


# %% 1.6 wrong: itself kept
def mentions(table):
    found = {r.registration_id: list(dict.fromkeys(re.findall(r"\br\d{3}\b", r.note))) for r in table.itertuples()}
    return {r: ids for r, ids in found.items() if ids}


# %% 1.6 wrong: one twice
def mentions(table):
    found = {
        r.registration_id: [i for i in re.findall(r"\br\d{3}\b", r.note) if i != r.registration_id]
        for r in table.itertuples()
    }
    return {r: ids for r, ids in found.items() if ids}


# %% 1.6 wrong: counts too -> c036 is a count
def mentions(table):
    found = {
        r.registration_id: [i for i in dict.fromkeys(re.findall(r"\b[rc]\d{3}\b", r.note)) if i != r.registration_id]
        for r in table.itertuples()
    }
    return {r: ids for r, ids in found.items() if ids}


# %% 1.6 wrong: parts of words
def mentions(table):
    found = {
        r.registration_id: [i for i in dict.fromkeys(re.findall(r"r\d{3}", r.note)) if i != r.registration_id]
        for r in table.itertuples()
    }
    return {r: ids for r, ids in found.items() if ids}


# %% 1.6 wrong: only the first id
def mentions(table):
    found = {}
    for r in table.itertuples():
        hit = re.search(r"\br\d{3}\b", r.note)
        if hit and hit[0] != r.registration_id:
            found[r.registration_id] = [hit[0]]
    return found


# %% 1.6 wrong: only ids of the table
def mentions(table):
    known = set(table.registration_id)
    found = {
        r.registration_id: [
            i for i in dict.fromkeys(re.findall(r"\br\d{3}\b", r.note)) if i in known - {r.registration_id}
        ]
        for r in table.itertuples()
    }
    return {r: ids for r, ids in found.items() if ids}


# %% 1.6 wrong: a text for a list
def mentions(table):
    found = {r.registration_id: re.findall(r"\br\d{3}\b", r.note) for r in table.itertuples()}
    return {r: ids[0] for r, ids in found.items() if ids}


# %% 1.6 wrong: the doubtful row is deleted
def mentions(table):
    table = table[table.confidence != "low"]
    found = {
        r.registration_id: [i for i in dict.fromkeys(re.findall(r"\br\d{3}\b", r.note)) if i != r.registration_id]
        for r in table.itertuples()
    }
    return {r: ids for r, ids in found.items() if ids}
