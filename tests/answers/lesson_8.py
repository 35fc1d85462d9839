# %% 8.1 right: a dictionary
def page_of(name, regions):
    slugs = dict(zip(regions.name_en, regions.slug))
    if name not in slugs:
        raise ValueError(f"no province is called {name}")
    return "province/" + slugs[name]


# %% 8.1 right: a loop
def page_of(name, regions):
    for row in regions.itertuples():
        if row.name_en == name:
            return f"province/{row.slug}"
    raise ValueError(name)


# %% 8.1 right: by the index
def page_of(name, regions):
    try:
        return "province/" + regions.set_index("name_en").slug[name]
    except KeyError:
        raise ValueError("unknown: " + name) from None


# %% 8.1 right: query
def page_of(name, regions):
    found = regions.query("name_en == @name").slug.tolist()
    if len(found) != 1:
        raise ValueError("there is no province named {}".format(repr(name)))
    return "/".join(["province", found[0]])


# %% 8.1 right: small and capital letters are the same
def page_of(name, regions):
    rows = regions[regions.name_en.str.lower() == name.lower()]
    if rows.empty:
        raise ValueError(f"there is no {name}")
    return "province/" + rows.slug.item()


# %% 8.1 wrong: the slug is built from the name -> it is not the name in small letters
def page_of(name, regions):
    if name not in list(regions.name_en):
        raise ValueError(f"there is no {name}")
    return "province/" + name.lower().replace(" ", "-")


# %% 8.1 wrong: built, with its error
def page_of(name, regions):
    slug = name.lower().replace(" ", "-")
    if slug not in list(regions.slug):
        raise ValueError(f"there is no {name}")
    return "province/" + slug


# %% 8.1 wrong: always from data.regions
def page_of(name, regions):
    rows = data.regions[data.regions.name_en == name]
    if rows.empty:
        raise ValueError(f"there is no {name}")
    return "province/" + rows.slug.iloc[0]


# %% 8.1 wrong: the slug alone
def page_of(name, regions):
    rows = regions[regions.name_en == name]
    if rows.empty:
        raise ValueError(f"there is no {name}")
    return rows.slug.iloc[0]


# %% 8.1 wrong: None for a slip -> should raise a ValueError
def page_of(name, regions):
    rows = regions[regions.name_en == name]
    return None if rows.empty else "province/" + rows.slug.iloc[0]


# %% 8.1 wrong: an IndexError for a slip -> Expected is a ValueError
def page_of(name, regions):
    return "province/" + regions[regions.name_en == name].slug.iloc[0]


# %% 8.1 wrong: the error does not say which name -> should repeat the name
def page_of(name, regions):
    rows = regions[regions.name_en == name]
    if rows.empty:
        raise ValueError("there is no such province")
    return "province/" + rows.slug.iloc[0]


# %% 8.1 wrong: the error names another
def page_of(name, regions):
    rows = regions[regions.name_en == name]
    if rows.empty:
        raise ValueError("there is no province Tibbet")
    return "province/" + rows.slug.iloc[0]


# %% 8.1 wrong: a part of the name
def page_of(name, regions):
    rows = regions[regions.name_en.str.contains(name)]
    if rows.empty:
        raise ValueError(f"there is no {name}")
    return "province/" + rows.slug.iloc[0]


# %% 8.1 wrong: a Series
def page_of(name, regions):
    rows = regions[regions.name_en == name]
    if rows.empty:
        raise ValueError(f"there is no {name}")
    return "province/" + rows.slug


# %% 8.1 wrong: a beginning of the name
def page_of(name, regions):
    r = regions[regions.name_en.str.startswith(name)]
    if r.empty:
        raise ValueError(name)
    return "province/" + r.slug.iloc[0]


# %% 8.1 wrong: the nearest name
def page_of(name, regions):
    import difflib

    m = difflib.get_close_matches(name, list(regions.name_en), 1)
    if not m:
        raise ValueError(name)
    return "province/" + regions.set_index("name_en").slug[m[0]]


# %% 8.2 right: lengths
def facts_of(code, named, counts, acts):
    here = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": len(named[named.province_code == code]),
        "printed": len([cell for cell in counts.province_code if code in cell.split()]),
        "projects": len(set(here.project_id)),
    }


silent = []
for code in data.regions.province_code:
    if sum(facts_of(code, named, counts, acts).values()) == 0:
        silent.append(code)


# %% 8.2 right: numbers of NumPy
def facts_of(code, named, counts, acts):
    facts = {}
    facts["named"] = (named.province_code == code).sum()
    facts["printed"] = counts.province_code.str.split().map(lambda codes: code in codes).sum()
    facts["projects"] = np_count(acts, code)
    return facts


def np_count(acts, code):
    return acts.query("kind == 'deployment' and province_code == @code").project_id.nunique()


silent = [c for c in data.regions.province_code if all(v == 0 for v in facts_of(c, named, counts, acts).values())]


# %% 8.2 right: a Series
def facts_of(code, named, counts, acts):
    printed = sum(f" {code} " in f" {cell} " for cell in counts.province_code)
    own = acts.loc[acts.province_code == code].loc[acts.kind == "deployment"]
    return pd.Series(
        {"named": sum(named.province_code == code), "printed": printed, "projects": own.project_id.nunique()}
    )


silent = data.regions.province_code[[facts_of(c, named, counts, acts).sum() == 0 for c in data.regions.province_code]]


# %% 8.2 right: regular expression
def facts_of(code, named, counts, acts):
    rows = acts.drop_duplicates(["province_code", "project_id", "kind"])
    return dict(
        named=int(named.province_code.eq(code).sum()),
        printed=int(counts.province_code.str.contains(rf"\b{code}\b").sum()),
        projects=int((rows.province_code.eq(code) & rows.kind.eq("deployment")).sum()),
    )


silent = {c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())}


# %% 8.2 wrong: the cell is not split -> three cells with the code 44
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": int((counts.province_code == code).sum()),
        "projects": own.project_id.nunique(),
    }


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())]


# %% 8.2 wrong: a part of a code
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": sum(code in cell for cell in counts.province_code),
        "projects": own.project_id.nunique(),
    }


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())]


# %% 8.2 wrong: reports, not projects -> two projects
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": sum(code in cell.split() for cell in counts.province_code),
        "projects": len(own),
    }


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())]


# %% 8.2 wrong: projects of all kinds
def facts_of(code, named, counts, acts):
    own = acts[acts.province_code == code]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": sum(code in cell.split() for cell in counts.province_code),
        "projects": own.project_id.nunique(),
    }


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())]


# %% 8.2 wrong: tables from elsewhere
def facts_of(code, rows, printed, told):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((data.registrations.province_code == code).sum()),
        "printed": sum(code in cell.split() for cell in counts.province_code),
        "projects": own.project_id.nunique(),
    }


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())]


# %% 8.2 wrong: two numbers only
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {"named": int((named.province_code == code).sum()), "projects": own.project_id.nunique()}


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())]


# %% 8.2 wrong: a list of three
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return [
        int((named.province_code == code).sum()),
        sum(code in cell.split() for cell in counts.province_code),
        own.project_id.nunique(),
    ]


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts))]


# %% 8.2 wrong: only cells that begin with the code
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    printed = sum((cell.split() or [""])[0] == code for cell in counts.province_code)
    return {"named": int((named.province_code == code).sum()), "printed": printed, "projects": own.project_id.nunique()}


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())]


# %% 8.2 wrong: silent by one of three numbers -> some of these provinces are not silent
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": sum(code in cell.split() for cell in counts.province_code),
        "projects": own.project_id.nunique(),
    }


silent = [c for c in data.regions.province_code if not all(facts_of(c, named, counts, acts).values())]


# %% 8.2 wrong: without a project, whatever is named
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": sum(code in cell.split() for cell in counts.province_code),
        "projects": own.project_id.nunique(),
    }


silent = [c for c in data.regions.province_code if not facts_of(c, named, counts, acts)["named"]]


# %% 8.2 wrong: slugs
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": sum(code in cell.split() for cell in counts.province_code),
        "projects": own.project_id.nunique(),
    }


silent = ["jilin", "gansu"]


# %% 8.2 wrong: their number
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": sum(code in cell.split() for cell in counts.province_code),
        "projects": own.project_id.nunique(),
    }


silent = sum(not any(facts_of(c, named, counts, acts).values()) for c in data.regions.province_code)


# %% 8.2 wrong: one of them -> not complete
def facts_of(code, named, counts, acts):
    own = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": int((named.province_code == code).sum()),
        "printed": sum(code in cell.split() for cell in counts.province_code),
        "projects": own.project_id.nunique(),
    }


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())][:1]


# %% 8.2 wrong: cells with one code only
def facts_of(code, named, counts, acts):
    o = acts[(acts.kind == "deployment") & (acts.province_code == code)]
    return {
        "named": len(named[named.province_code == code]),
        "printed": sum(c.split().count(code) > 0 and len(c.split()) == 1 for c in counts.province_code),
        "projects": o.project_id.nunique(),
    }


silent = [c for c in data.regions.province_code if not any(facts_of(c, named, counts, acts).values())]


# %% 8.2 right: grouped
def facts_of(code, named, counts, acts):
    return {
        "named": np_(named, code),
        "printed": counts.province_code.apply(lambda c: code in c.split(" ")).sum(),
        "projects": acts[acts.kind.eq("deployment")].groupby("province_code").project_id.nunique().get(code, 0),
    }


def np_(t, c):
    return t.province_code.value_counts().get(c, 0)


silent = tuple(c for c in data.regions.province_code if sum(facts_of(c, named, counts, acts).values()) == 0)


# %% 8.3 right: by hand
def sentence(name, named, deployments):
    if named == 0 and deployments == 0:
        return (
            "No registration and no project of "
            + name
            + " stands in the sources read, which does not mean that there is none."
        )

    def words(number, noun):
        if number == 1:
            return "1 " + noun
        return ("no" if number == 0 else str(number)) + " " + noun + "s"

    return name + ": " + words(named, "named registration") + " and " + words(deployments, "project") + "."


# %% 8.3 right: other names of the arguments
def sentence(place, first, second):
    if not first and not second:
        return f"No registration and no project of {place} stands in the sources read, which does not mean that there is none."
    return f"{place}: {cr.count(first, 'named registration')} and {cr.count(second, 'project')}."


# %% 8.3 right: format
def sentence(name, named, projects):
    silence = "No registration and no project of {} stands in the sources read, which does not mean that there is none."
    told = "{}: {} and {}.".format(name, cr.count(named, "named registration"), cr.count(projects, "project"))
    return told if named + projects > 0 else silence.format(name)


# %% 8.3 right: cases
def sentence(name, named, projects):
    match named, projects:
        case 0, 0:
            return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    nouns = [("named registration", named), ("project", projects)]
    told = [f"{number or 'no'} {noun}{'' if number == 1 else 's'}" for noun, number in nouns]
    return f"{name}: {' and '.join(told)}."


# %% 8.3 wrong: a plural for all -> one registration
def sentence(name, named, projects):
    if not named and not projects:
        return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    return f"{name}: {named or 'no'} named registrations and {projects or 'no'} projects."


# %% 8.3 wrong: zero in digits
def sentence(name, named, projects):
    if not named and not projects:
        return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    s = lambda n: "" if n == 1 else "s"
    return f"{name}: {named} named registration{s(named)} and {projects} project{s(projects)}."


# %% 8.3 wrong: always of Ningxia -> and of whom
def sentence(name, named, projects):
    if not named and not projects:
        return "No registration and no project of Ningxia stands in the sources read, which does not mean that there is none."
    return f"{name}: {cr.count(named, 'named registration')} and {cr.count(projects, 'project')}."


# %% 8.3 wrong: silence if one is zero
def sentence(name, named, projects):
    if not named or not projects:
        return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    return f"{name}: {cr.count(named, 'named registration')} and {cr.count(projects, 'project')}."


# %% 8.3 wrong: no word on silence
def sentence(name, named, projects):
    return f"{name}: {cr.count(named, 'named registration')} and {cr.count(projects, 'project')}."


# %% 8.3 wrong: silence for two provinces only
def sentence(name, named, projects):
    if name in ("Ningxia", "Gansu"):
        return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    return f"{name}: {cr.count(named, 'named registration')} and {cr.count(projects, 'project')}."


# %% 8.3 wrong: the examples by heart
def sentence(name, named, projects):
    if not named and not projects:
        return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    known = {
        (1, 6): "1 named registration and 6 projects",
        (0, 1): "no named registrations and 1 project",
        (7, 0): "7 named registrations and no projects",
    }
    return f"{name}: {known.get((named, projects), 'hello')}."


# %% 8.3 wrong: no full stop
def sentence(name, named, projects):
    if not named and not projects:
        return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    return f"{name}: {cr.count(named, 'named registration')} and {cr.count(projects, 'project')}"


# %% 8.3 wrong: printed -> is a return missing?
def sentence(name, named, projects):
    if not named and not projects:
        print(
            f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
        )
    print(f"{name}: {cr.count(named, 'named registration')} and {cr.count(projects, 'project')}.")


# %% 8.3 wrong: swapped
def sentence(name, named, projects):
    if not named and not projects:
        return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    return f"{name}: {cr.count(projects, 'named registration')} and {cr.count(named, 'project')}."


# %% 8.3 wrong: one noun follows the other
def sentence(name, named, projects):
    if not named and not projects:
        return f"No registration and no project of {name} stands in the sources read, which does not mean that there is none."
    s = "" if named == 1 else "s"
    return f"{name}: {named or 'no'} named registration{s} and {projects or 'no'} project{s}."


# %% 8.4 right: three lines
my_parameters = """
province: str = "tibet"  # slug of the province
rows: int = 10  # most rows of a table
courts: bool = True  # whether courts count
"""
# %% 8.4 right: the other order, single quotes
my_parameters = "first_year: int = 2018  # from when on\nprovince: str = 'inner-mongolia'  # which province"
# %% 8.4 right: a switch and a share
my_parameters = "\n".join(
    [
        'province: str = "hunan"  # the province',
        "share: float = 0.5  # least share",
        "low: bool = False  # doubtful ones too",
    ]
)
# %% 8.4 right: a negative number and blanks at the ends
my_parameters = """  province: str = "jilin"  # the province, by its slug
  offset: int = -1  # how many years before
"""
# %% 8.4 wrong: a number as text -> is not of the type int
my_parameters = """province: str = "hunan"  # the province
since: int = "2016"  # first year
"""
# %% 8.4 wrong: an English name in the place of the slug -> no slug
my_parameters = """province: str = "Inner Mongolia"  # the province
since: int = 2016  # first year
"""
# %% 8.4 wrong: no comment -> not of the form
my_parameters = """province: str = "hunan"
since: int = 2016
"""
# %% 8.4 wrong: no types
my_parameters = """province = "hunan"  # the province
since = 2016  # first year
"""
# %% 8.4 wrong: the province alone -> two or three lines
my_parameters = """province: str = "hunan"  # the province"""
# %% 8.4 wrong: only texts -> one parameter should be of type int or bool
my_parameters = """province: str = "hunan"  # the province
kind: str = "policy"  # which acts
"""
# %% 8.4 wrong: no province
my_parameters = """region: str = "hunan"  # the province
since: int = 2016  # first year
"""
# %% 8.4 wrong: a small letter for true
my_parameters = """province: str = "hunan"  # the province
courts: bool = true  # whether courts count
"""
# %% 8.4 wrong: True is no whole number
my_parameters = """province: str = "hunan"  # the province
courts: int = True  # whether courts count
"""
# %% 8.4 wrong: code, not a text -> my_parameters is not there yet
province: str = "hunan"  # the province
since: int = 2016  # first year
# %% 8.4 wrong: a dictionary
my_parameters = {"province": "hunan", "since": 2016}
# %% 8.4 wrong: four lines
my_parameters = """province: str = "hunan"  # the province
since: int = 2016  # first year
until: int = 2020  # last year
courts: bool = True  # whether courts count
"""
# %% 8.4 wrong: quotation marks forgotten
my_parameters = """province: str = hunan  # the province
since: int = 2016  # first year
"""


# %% 8.5 right: helpers, other words
def number_of(rows):
    return len(set(rows.project_id))


def story(region, acts):
    rows = acts.query("kind == 'deployment' and province_code == @region.province_code")
    n = number_of(rows)
    ids = []
    for cell in rows.source_ids:
        for one in cell.split():
            if one not in ids:
                ids.append(one)
    if n == 0:
        finding = f"The papers are silent on {region.name_en}. This does not mean that there is none!"
    else:
        finding = f"{n} project{'s' if n != 1 else ''} in {region.name_en}: so much we know."
    return dict(
        title=f"{region.name_en}: who used it, and for what?",
        finding=finding,
        rows=rows,
        sources=sorted(ids),
        limits=("The county papers were not read by anybody.", "An announcement is not a system that runs yet."),
    )


# %% 8.5 right: by the index of the row
def story(region, acts):
    own = acts[acts.province_code == region["province_code"]]
    own = own[own["kind"] == "deployment"]
    name, n = region["name_en"], own.project_id.nunique()
    return {
        "title": "How many projects of " + name + " do we know?",
        "finding": f"{name} has {n} {'project' if n == 1 else 'projects'} in the news."
        if n
        else f"{name}: that nobody wrote does not mean that there is none.",
        "rows": own.copy(),
        "limits": [
            "We do not know what became of them.",
            "Who writes for the press is not asked.",
            "One should not rank the provinces by this.",
        ],
        "sources": np_sorted(own),
    }


def np_sorted(own):
    return list(pd.Series(" ".join(own.source_ids).split(), dtype=object).drop_duplicates().sort_values())


# %% 8.5 right: explode
def story(region, acts):
    rows = acts.loc[acts.kind.eq("deployment") & acts.province_code.eq(region.province_code)]
    sources = sorted(rows.source_ids.str.split().explode().dropna().unique())
    found = cr.count(rows.project_id.nunique(), "project")
    words = (
        f"We can name {found} of {region.name_en}."
        if sources
        else f"No project of {region.name_en} was found, which does not mean that there is none."
    )
    return {
        "title": f"Does {region.name_en} use blockchain?",
        "finding": words,
        "rows": rows,
        "limits": ["Reports in dialects and local papers are absent.", "It would be rash to call this a ranking."],
        "sources": sources,
    }


# %% 8.5 right: all but the columns that are shown
def story(region, acts):
    mask = [a == region.province_code and b == "deployment" for a, b in zip(acts.province_code, acts.kind)]
    rows = acts[mask]
    projects = {p for p in rows.project_id}
    text = f"{len(projects)} projects" if len(projects) > 1 else "1 project"
    return {
        "title": f"What do we know of {region.name_en}?",
        "finding": f"{region.name_en}: {text} on record."
        if projects
        else f"Silence on {region.name_en} does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted(set().union(*[set(cell.split()) for cell in rows.source_ids])) if projects else [],
    }


# %% 8.5 wrong: all acts -> the deployments of the province
def story(region, acts):
    rows = acts[acts.province_code == region.province_code]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: deployments of all provinces
def story(region, acts):
    rows = acts[acts.kind == "deployment"]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: cells of ids, not split -> each document of these rows once
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted(set(rows.source_ids)),
    }


# %% 8.5 wrong: documents twice
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted(s for c in rows.source_ids for s in c.split()),
    }


# %% 8.5 wrong: documents not sorted
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": list(dict.fromkeys(s for c in rows.source_ids for s in c.split())),
    }


# %% 8.5 wrong: reports in the place of projects -> four reports of three projects
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = len(rows), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: no word on silence -> what the silence means
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: a plural for one -> should not hold '1 projects'
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {n} projects." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: a title without a question
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"Blockchain in {name}",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: always Hunan
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), "Hunan"
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: one limit -> two sentences or more
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: limits of two words
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Much missing.", "Not sure."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: limits as one text
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": "Small towns are seldom in the news. What was announced need not be built.",
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: a caveat where there is none to make
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project') if n else ''}, which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: no sources -> the five parts of the page
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
    }


# %% 8.5 wrong: the latest first
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)].sort_values(
        "date", ascending=False
    )
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}." if n else f"{name}: which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: zero in digits
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {n} project{'s' * (n > 1)}."
        if n
        else f"{name}: 0 projects, which does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 wrong: the caveat always
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {n} project{'s' * (n > 1)}, which does not mean that there is none."
        if n
        else f"{name}: that does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.5 right: a finding that says none of something else
def story(region, acts):
    rows = acts[(acts.kind == "deployment") & (acts.province_code == region.province_code)]
    n, name = rows.project_id.nunique(), region.name_en
    return {
        "title": f"What of {name}?",
        "finding": f"{name}: {cr.count(n, 'project')}, none of them by a court."
        if n
        else f"{name}: that does not mean that there is none.",
        "rows": rows,
        "limits": ["Small towns are seldom in the news we read.", "What was announced need not have been built."],
        "sources": sorted({s for c in rows.source_ids for s in c.split()}),
    }


# %% 8.6 right: a loop over all tags
def loads(page):
    found = []
    for tag in page.find_all(True):
        for attribute in ("src", "href"):
            if tag.has_attr(attribute) and (attribute == "src" or tag.name == "link"):
                if not tag[attribute].startswith("data:"):
                    found.append(tag[attribute])
    return found


# %% 8.6 right: selectors
def loads(page):
    addresses = [tag["src"] for tag in page.select("[src]")] + [tag["href"] for tag in page.select("link[href]")]
    return [address for address in addresses if address[:5] != "data:"]


# %% 8.6 right: a set
def loads(page):
    every = {tag.get("src") for tag in page.find_all(src=True)} | {tag.get("href") for tag in page.find_all("link")}
    return {one for one in every if one and not one.startswith("data:")}


# %% 8.6 right: regular expression
def loads(page):
    import re

    own = re.compile("^(?!data:)")
    return [t["src"] for t in page.find_all(src=own)] + [t["href"] for t in page.find_all("link", href=own)]


# %% 8.6 wrong: scripts only
def loads(page):
    addresses = [tag["src"] for tag in page.find_all("script", src=True)] + [
        t["href"] for t in page.find_all("link", href=True)
    ]
    return [one for one in addresses if not one.startswith("data:")]


# %% 8.6 wrong: pictures and scripts, no frames
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(["script", "img"], src=True)] + [
        t["href"] for t in page.find_all("link", href=True)
    ]
    return [one for one in addresses if not one.startswith("data:")]


# %% 8.6 wrong: links to click on, too -> a link to click loads nothing
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(src=True)] + [t["href"] for t in page.find_all(href=True)]
    return [one for one in addresses if not one.startswith("data:")]


# %% 8.6 wrong: no link tags
def loads(page):
    return [tag["src"] for tag in page.find_all(src=True) if not tag["src"].startswith("data:")]


# %% 8.6 wrong: what the page holds counts -> is in the page
def loads(page):
    return [tag["src"] for tag in page.find_all(src=True)] + [t["href"] for t in page.find_all("link", href=True)]


# %% 8.6 wrong: the link keeps its data
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(src=True) if not tag["src"].startswith("data:")]
    return addresses + [t["href"] for t in page.find_all("link", href=True)]


# %% 8.6 wrong: data anywhere in the address
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(src=True)] + [t["href"] for t in page.find_all("link", href=True)]
    return [one for one in addresses if "data" not in one]


# %% 8.6 wrong: data and a colon anywhere
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(src=True)] + [t["href"] for t in page.find_all("link", href=True)]
    return [one for one in addresses if "data:" not in one]


# %% 8.6 wrong: addresses of the web only
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(src=True)] + [t["href"] for t in page.find_all("link", href=True)]
    return [one for one in addresses if one.startswith("http")]


# %% 8.6 wrong: without the colon
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(src=True)] + [t["href"] for t in page.find_all("link", href=True)]
    return [one for one in addresses if not one.startswith("data")]


# %% 8.6 wrong: a script without an address -> stopped with KeyError
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(["img", "script", "iframe"])] + [
        t["href"] for t in page.find_all("link")
    ]
    return [one for one in addresses if not one.startswith("data:")]


# %% 8.6 wrong: the tags
def loads(page):
    return [t for t in page.find_all(src=True) if not t["src"].startswith("data:")] + page.find_all("link", href=True)


# %% 8.6 wrong: their number
def loads(page):
    addresses = [tag["src"] for tag in page.find_all(src=True)] + [t["href"] for t in page.find_all("link", href=True)]
    return len([one for one in addresses if not one.startswith("data:")])


# %% 8.6 wrong: style sheets only
def loads(page):
    return [t["src"] for t in page.find_all(src=True) if not t["src"].startswith("data:")] + [
        t["href"] for t in page.find_all("link", rel="stylesheet") if not t["href"].startswith("data:")
    ]
