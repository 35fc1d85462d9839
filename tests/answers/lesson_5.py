# %% 5.1 right: two coders who differ on two
mine = dict(r008="baas-infrastructure", r013="copyright-ip", r016="logistics-trade", r019="finance")
mine |= dict(r044="unclear", r058="public-welfare", r077="government-services", r086="unclear")
neighbour = mine | {"r044": "other", "r086": "agriculture-food"}
differ = ["r044", "r086"]
# %% 5.1 right: a strict coder calls all of them unclear
mine = {one: "unclear" for one in eight}
neighbour = dict(mine, r019="finance")
differ = ["r019"]
# %% 5.1 right: both agree everywhere
mine = dict.fromkeys(eight, "other")
neighbour = dict.fromkeys(eight, "other")
differ = []
# %% 5.1 right: a set in another order
mine = dict.fromkeys(eight, "unclear")
neighbour = {one: "finance" for one in reversed(eight)}
differ = {one for one in mine if mine[one] != neighbour[one]}
# %% 5.1 right: by pandas
mine = dict(zip(sample.registration_id, sample.sector))
neighbour = mine | {"r077": "identity-data-security"}
both = pd.DataFrame({"mine": mine, "neighbour": neighbour})
differ = both.index[both.mine != both.neighbour]
# %% 5.1 wrong: labels in the place of codes -> no such code in the column sector
mine = dict.fromkeys(eight, "Finance")
neighbour = mine
differ = []
# %% 5.1 wrong: one is left out -> leave open what the words do not tell
mine = {one: "unclear" for one in eight[:-1]}
neighbour = mine
differ = []
# %% 5.1 wrong: one too many
mine = dict.fromkeys([*eight, "r001"], "unclear")
neighbour = mine
differ = []
# %% 5.1 wrong: a list of codes
mine = ["unclear"] * 8
neighbour = ["unclear"] * 8
differ = []
# %% 5.1 wrong: None where nothing is clear
mine = dict.fromkeys(eight)
neighbour = mine
differ = []
# %% 5.1 wrong: a code misspelt
mine = dict.fromkeys(eight, "supply chain")
neighbour = mine
differ = []
# %% 5.1 wrong: the neighbour is forgotten -> neighbour is not there yet
mine = dict.fromkeys(eight, "unclear")
differ = []
# %% 5.1 wrong: the neighbour coded half
mine = dict.fromkeys(eight, "unclear")
neighbour = dict.fromkeys(eight[:4], "unclear")
differ = []
# %% 5.1 wrong: those on which they agree -> the two of you agree
mine = dict.fromkeys(eight, "unclear")
neighbour = dict(mine, r019="finance")
differ = [one for one in eight if mine[one] == neighbour[one]]
# %% 5.1 wrong: the number of differences
mine = dict.fromkeys(eight, "unclear")
neighbour = dict(mine, r019="finance")
differ = 1
# %% 5.1 wrong: one difference overlooked -> differ, too
mine = dict.fromkeys(eight, "unclear")
neighbour = dict(mine, r019="finance", r008="baas-infrastructure")
differ = ["r019"]
# %% 5.1 wrong: the codes in the place of the ids
mine = dict.fromkeys(eight, "unclear")
neighbour = dict(mine, r019="finance")
differ = ["finance"]
# %% 5.1 wrong: differences of the sets of codes
mine = dict.fromkeys(eight, "unclear")
neighbour = dict(mine, r019="finance")
differ = list(set(mine.values()) ^ set(neighbour.values()))
# %% 5.1 wrong: one text
mine = dict.fromkeys(eight, "unclear")
neighbour = dict(mine, r019="finance")
differ = "r019"
# %% 5.1 wrong: an id twice
mine = dict.fromkeys(eight, "unclear")
neighbour = dict(mine, r019="finance")
differ = ["r019", "r019"]


# %% 5.2 right: loops
def by_keyword(name, keywords):
    found = []
    for sector in keywords:
        for word in keywords[sector]:
            if re.search(r"\b" + word.lower() + r"\b", name.lower()) and sector not in found:
                found.append(sector)
    if len(found) == 1:
        return found[0]
    return "unclear"


# %% 5.2 right: blanks around it
def by_keyword(name, keywords):
    clean = lambda text: " " + " ".join(re.findall("[a-z0-9]+", text.lower().replace("-", " hyphen "))) + " "
    found = {s for s, words in keywords.items() if any(clean(w) in clean(name) for w in words)}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 right: no letter before or after
def by_keyword(name, keywords):
    found = set()
    for sector, words in keywords.items():
        pattern = "(?i)(?<![a-z])(" + "|".join(map(re.escape, words)) + ")(?![a-z])"
        if re.search(pattern, name):
            found.add(sector)
    return "unclear" if len(found) != 1 else list(found)[0]


# %% 5.2 right: positions by hand
def by_keyword(name, keywords):
    name = "." + name.lower() + "."

    def holds(word):
        word = word.lower()
        at = name.find(word)
        while at >= 0:
            if not name[at - 1].isalpha() and not name[at + len(word)].isalpha():
                return True
            at = name.find(word, at + 1)
        return False

    found = [sector for sector, words in keywords.items() if any([holds(word) for word in words])]
    return found[0] if len(found) == 1 else "unclear"


# %% 5.2 right: by pandas
def by_keyword(name, keywords):
    text = pd.Series([name])
    hits = [s for s in keywords if any(text.str.contains(rf"\b{w}\b", case=False, regex=True)[0] for w in keywords[s])]
    return hits[0] if len(hits) == 1 else "unclear"


# %% 5.2 wrong: parts of words -> tea is not in team
def by_keyword(name, keywords):
    found = {s for s, words in keywords.items() if any(w.lower() in name.lower() for w in words)}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 wrong: two words of one sector compete -> two keywords of one sector do not compete
def by_keyword(name, keywords):
    found = [s for s, words in keywords.items() for w in words if re.search(rf"\b{re.escape(w)}\b", name, re.I)]
    return found[0] if len(found) == 1 else "unclear"


# %% 5.2 wrong: the first sector wins -> abstain
def by_keyword(name, keywords):
    for sector, words in keywords.items():
        for word in words:
            if re.search(rf"\b{re.escape(word)}\b", name, re.I):
                return sector
    return "unclear"


# %% 5.2 wrong: the sector with most keywords wins
def by_keyword(name, keywords):
    hits = {s: sum(bool(re.search(rf"\b{re.escape(w)}\b", name, re.I)) for w in ws) for s, ws in keywords.items()}
    best = max(hits.values())
    top = [s for s in hits if hits[s] == best]
    return top[0] if best and len(top) == 1 else "unclear"


# %% 5.2 wrong: capitals matter
def by_keyword(name, keywords):
    found = {s for s, words in keywords.items() if any(re.search(rf"\b{re.escape(w)}\b", name) for w in words)}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 wrong: only the name in small letters
def by_keyword(name, keywords):
    found = {s for s, words in keywords.items() if any(re.search(rf"\b{re.escape(w)}\b", name.lower()) for w in words)}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 wrong: split at blanks
def by_keyword(name, keywords):
    found = {s for s, words in keywords.items() if any(w.lower() in name.lower().split() for w in words)}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 wrong: single words only, hyphens cut
def by_keyword(name, keywords):
    parts = re.findall(r"\w+", name.lower())
    found = {s for s, words in keywords.items() if any(w.lower() in parts for w in words)}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 wrong: any word of a keyword
def by_keyword(name, keywords):
    parts = set(re.findall(r"\w+", name.lower()))
    found = {s for s, words in keywords.items() for w in words if parts & set(re.findall(r"\w+", w.lower()))}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 wrong: None in the place of unclear
def by_keyword(name, keywords):
    found = {s for s, words in keywords.items() if any(re.search(rf"\b{re.escape(w)}\b", name, re.I) for w in words)}
    return found.pop() if len(found) == 1 else None


# %% 5.2 wrong: edge before the word only
def by_keyword(name, keywords):
    found = {s for s, words in keywords.items() if any(re.search(rf"\b{re.escape(w)}", name, re.I) for w in words)}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 wrong: edge behind the word only
def by_keyword(name, keywords):
    found = {s for s, words in keywords.items() if any(re.search(rf"{re.escape(w)}\b", name, re.I) for w in words)}
    return found.pop() if len(found) == 1 else "unclear"


# %% 5.2 wrong: the set itself
def by_keyword(name, keywords):
    return {
        s for s, words in keywords.items() if any(re.search(rf"\b{re.escape(w)}\b", name, re.I) for w in words)
    } or "unclear"


# %% 5.2 wrong: the examples by heart
def by_keyword(name, keywords):
    return {"payment service": "finance", "fine tea": "agriculture-food", "bank payment": "finance"}.get(
        name, "unclear"
    )


# %% 5.2 wrong: words without their signs
def by_keyword(name, keywords):
    import string

    w = [x.strip(string.punctuation).lower() for x in name.split()]
    f = {s for s, k in keywords.items() if any(x.lower() in w for x in k)}
    return f.pop() if len(f) == 1 else "unclear"


# %% 5.2 wrong: plurals count
def by_keyword(name, keywords):
    f = {s for s, k in keywords.items() if any(re.match(rf".*\b{x}s?\b", name, re.I) for x in k)}
    return f.pop() if len(f) == 1 else "unclear"


# %% 5.2 wrong: only at the beginning of the name
def by_keyword(name, keywords):
    f = {s for s, k in keywords.items() if any(re.match(rf"{x}\b", name, re.I) for x in k)}
    return f.pop() if len(f) == 1 else "unclear"


# %% 5.2 right: match of the whole name
def by_keyword(name, keywords):
    f = {s for s, k in keywords.items() if any(re.match(rf".*\b{re.escape(x)}\b", name, re.I) for x in k)}
    return f.pop() if len(f) == 1 else "unclear"


# %% 5.3 right: a loop
def observed(a, b):
    if len(a) != len(b):
        raise ValueError("lists of different lengths")
    same = 0
    for i in range(len(a)):
        if a[i] == b[i]:
            same += 1
    return same / len(a)


# %% 5.3 right: an array
def observed(a, b):
    return (np.array(a) == np.array(b)).mean() if len(a) == len(b) else observed_error()


def observed_error():
    raise ValueError("not as long")


# %% 5.3 right: a Series
def observed(a, b):
    if len(a) != len(b):
        raise ValueError
    return (pd.Series(list(a)) == pd.Series(list(b))).mean()


# %% 5.3 right: exact fractions
def observed(a, b):
    from fractions import Fraction

    return Fraction(len([1 for x, y in zip(a, b, strict=True) if x == y]), len(a))


# %% 5.3 wrong: lengths are not compared -> do not belong together
def observed(a, b):
    return sum(x == y for x, y in zip(a, b)) / len(a)


# %% 5.3 wrong: the number
def observed(a, b):
    return sum(x == y for x, y in zip(a, b, strict=True))


# %% 5.3 wrong: in percent
def observed(a, b):
    return 100 * sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


# %% 5.3 wrong: codes in common -> three of five are coded alike
def observed(a, b):
    if len(a) != len(b):
        raise ValueError
    return len(set(a) & set(b)) / len(set(a) | set(b))


# %% 5.3 wrong: any place
def observed(a, b):
    if len(a) != len(b):
        raise ValueError
    return sum(x in b for x in a) / len(a)


# %% 5.3 wrong: the share that differs
def observed(a, b):
    return sum(x != y for x, y in zip(a, b, strict=True)) / len(a)


# %% 5.3 wrong: an assert in the place of the error
def observed(a, b):
    assert len(a) == len(b)
    return sum(x == y for x, y in zip(a, b)) / len(a)


# %% 5.3 wrong: only a longer b is found
def observed(a, b):
    if len(b) > len(a):
        raise ValueError
    return sum(x == y for x, y in zip(a, b)) / len(a)


# %% 5.3 wrong: rounded to one place
def observed(a, b):
    return round(sum(x == y for x, y in zip(a, b, strict=True)) / len(a), 1)


# %% 5.3 wrong: printed
def observed(a, b):
    print(sum(x == y for x, y in zip(a, b, strict=True)) / len(a))


# %% 5.4 right: counters
def by_chance(a, b):
    from collections import Counter

    first, second = Counter(a), Counter(b)
    return sum(first[code] * second[code] for code in first) / (len(a) * len(b))


# %% 5.4 right: all codes of both
def by_chance(a, b):
    total = 0
    for code in set(a + b):
        total += (a.count(code) / len(a)) * (b.count(code) / len(b))
    return total


# %% 5.4 right: pandas
def by_chance(a, b):
    first, second = pd.Series(a).value_counts(normalize=True), pd.Series(b).value_counts(normalize=True)
    return (first * second).sum()


# %% 5.4 right: every item against every item
def by_chance(a, b):
    return np.mean([x == y for x in a for y in b])


# %% 5.4 wrong: the constant -> the worked example
def by_chance(a, b):
    return 0.5


# %% 5.4 wrong: the shares of the first, squared
def by_chance(a, b):
    return sum((a.count(code) / len(a)) ** 2 for code in set(a))


# %% 5.4 wrong: the shares of both together, squared
def by_chance(a, b):
    both = list(a) + list(b)
    return sum((both.count(code) / len(both)) ** 2 for code in set(both))


# %% 5.4 wrong: one in the number of codes
def by_chance(a, b):
    return 1 / len(set(a) | set(b))


# %% 5.4 wrong: each item of the first, not each code
def by_chance(a, b):
    return sum(a.count(code) / len(a) * b.count(code) / len(b) for code in a)


# %% 5.4 wrong: counts, not shares
def by_chance(a, b):
    return sum(a.count(code) * b.count(code) for code in set(a))


# %% 5.4 wrong: divided by the number once
def by_chance(a, b):
    return sum(a.count(code) * b.count(code) for code in set(a)) / len(a)


# %% 5.4 wrong: a share of the products
def by_chance(a, b):
    return sum(a.count(code) / len(a) * b.count(code) / len(b) for code in set(a)) / len(set(a))


# %% 5.4 wrong: what they agree on
def by_chance(a, b):
    return sum(x == y for x, y in zip(a, b)) / len(a)


# %% 5.4 wrong: the last code only
def by_chance(a, b):
    for code in sorted(set(a)):
        total = a.count(code) / len(a) * b.count(code) / len(b)
    return total


# %% 5.4 wrong: shares added, not multiplied
def by_chance(a, b):
    return sum(a.count(code) / len(a) + b.count(code) / len(b) for code in set(a) & set(b))


# %% 5.4 wrong: the smaller share
def by_chance(a, b):
    return sum(min(a.count(code), b.count(code)) / len(a) for code in set(a))


# %% 5.5 right: helpers beside it
def agreement(a, b):
    return sum(x == y for x, y in zip(a, b)) / len(a)


def at_random(a, b):
    return sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2


def kappa(a, b):
    chance = at_random(a, b)
    return None if chance == 1 else (agreement(a, b) - chance) / (1 - chance)


# %% 5.5 right: a table of pandas
def kappa(a, b):
    table = pd.crosstab(pd.Series(a), pd.Series(b))
    codes = sorted({*a, *b})
    table = table.reindex(index=codes, columns=codes, fill_value=0).to_numpy() / len(a)
    chance = (table.sum(axis=0) * table.sum(axis=1)).sum()
    if len(codes) == 1:
        return None
    return (np.trace(table) - chance) / (1 - chance)


# %% 5.5 right: one less the ratio of disagreement
def kappa(a, b):
    n = len(a)
    expected = n * n - sum(a.count(c) * b.count(c) for c in {*a, *b})
    if expected == 0:
        return None
    return 1 - n * sum(x != y for x, y in zip(a, b)) / expected


# %% 5.5 right: a number of NumPy
def kappa(a, b):
    a, b = np.array(a), np.array(b)
    chance = sum(np.mean(a == c) * np.mean(b == c) for c in np.union1d(a, b))
    if np.isclose(chance, 1):
        return None
    return np.float64((np.mean(a == b) - chance) / (1 - chance))


# %% 5.5 right: the error of the division
def kappa(a, b):
    from fractions import Fraction

    agreed = Fraction(sum(x == y for x, y in zip(a, b)), len(a))
    chance = Fraction(sum(a.count(c) * b.count(c) for c in set(a)), len(a) ** 2)
    try:
        return float((agreed - chance) / (1 - chance))
    except ZeroDivisionError:
        return None


# %% 5.5 wrong: chance is one half
def kappa(a, b):
    if len({*a, *b}) == 1:
        return None
    return (sum(x == y for x, y in zip(a, b)) / len(a) - 0.5) / 0.5


# %% 5.5 wrong: all codes are equally likely
def kappa(a, b):
    chance = 1 / len({*a, *b})
    return None if chance == 1 else (sum(x == y for x, y in zip(a, b)) / len(a) - chance) / (1 - chance)


# %% 5.5 wrong: divides by zero -> stopped with ZeroDivisionError
def kappa(a, b):
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum(a.count(c) / len(a) * b.count(c) / len(b) for c in set(a))
    return (agreed - chance) / (1 - chance)


# %% 5.5 wrong: None if one coder used a single code -> defined, and zero
def kappa(a, b):
    if len(set(a)) == 1 or len(set(b)) == 1:
        return None
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return (agreed - chance) / (1 - chance)


# %% 5.5 wrong: None if each used a single code, whichever
def kappa(a, b):
    if len(set(a)) == 1 and len(set(b)) == 1:
        return None
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return (agreed - chance) / (1 - chance)


# %% 5.5 wrong: one where it is not defined
def kappa(a, b):
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


# %% 5.5 wrong: not a number where it is not defined
def kappa(a, b):
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return float("nan") if chance == 1 else (agreed - chance) / (1 - chance)


# %% 5.5 wrong: cut at zero -> below zero
def kappa(a, b):
    if {*a} == {*b} and len({*a}) == 1:
        return None
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return max(0, (agreed - chance) / (1 - chance))


# %% 5.5 wrong: Scott's pi
def kappa(a, b):
    both = [*a, *b]
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum((both.count(c) / len(both)) ** 2 for c in set(both))
    return None if chance == 1 else (agreed - chance) / (1 - chance)


# %% 5.5 wrong: not divided
def kappa(a, b):
    if {*a} == {*b} and len({*a}) == 1:
        return None
    return sum(x == y for x, y in zip(a, b)) / len(a) - sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2


# %% 5.5 wrong: brackets forgotten
def kappa(a, b):
    if {*a} == {*b} and len({*a}) == 1:
        return None
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return agreed - chance / (1 - chance)


# %% 5.5 wrong: shares of the first, squared
def kappa(a, b):
    if {*a} == {*b} and len({*a}) == 1:
        return None
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum((a.count(c) / len(a)) ** 2 for c in set(a))
    return (agreed - chance) / (1 - chance) if chance < 1 else 0.0


# %% 5.5 wrong: two places
def kappa(a, b):
    if {*a} == {*b} and len({*a}) == 1:
        return None
    agreed = sum(x == y for x, y in zip(a, b)) / len(a)
    chance = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return round((agreed - chance) / (1 - chance), 2)


# %% 5.5 wrong: None where chance is high
def kappa(a, b):
    po = sum(x == y for x, y in zip(a, b)) / len(a)
    pe = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return None if pe > 0.9 else (po - pe) / (1 - pe)


# %% 5.5 wrong: divided by what is left of the agreement
def kappa(a, b):
    po = sum(x == y for x, y in zip(a, b)) / len(a)
    pe = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return None if pe == 1 else (po - pe) / (1 - po) if po < 1 else 1.0


# %% 5.5 wrong: None at chance level
def kappa(a, b):
    po = sum(x == y for x, y in zip(a, b)) / len(a)
    pe = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return None if po == pe else (po - pe) / (1 - pe)


# %% 5.5 wrong: never negative
def kappa(a, b):
    po = sum(x == y for x, y in zip(a, b)) / len(a)
    pe = sum(a.count(c) * b.count(c) for c in set(a)) / len(a) ** 2
    return None if pe == 1 else abs(po - pe) / (1 - pe)


# %% 5.6 right: a counter
def worst_pair(a, b):
    from collections import Counter

    counts = Counter(pair for pair in zip(a, b) if pair[0] != pair[1])
    return min(counts, key=lambda pair: (-counts[pair], pair), default=None)


# %% 5.6 right: sorted, then the greatest
def worst_pair(a, b):
    pairs = [(x, y) for x, y in zip(a, b) if x != y]
    return max(sorted(set(pairs)), key=pairs.count) if pairs else None


# %% 5.6 right: a pair as a list
def worst_pair(a, b):
    pairs = [[x, y] for x, y in zip(a, b) if x != y]
    if len(pairs) == 0:
        return None
    most = max([pairs.count(pair) for pair in pairs])
    return sorted([pair for pair in pairs if pairs.count(pair) == most])[0]


# %% 5.6 right: by pandas
def worst_pair(a, b):
    table = pd.DataFrame({"a": a, "b": b}).query("a != b")
    if table.empty:
        return None
    sizes = table.groupby(["a", "b"]).size().reset_index(name="n")
    row = sizes.sort_values(["n", "a", "b"], ascending=[False, True, True]).iloc[0]
    return row.a, row.b


# %% 5.6 wrong: the first of the alphabet, however often -> z against y occurs twice
def worst_pair(a, b):
    return min({(x, y) for x, y in zip(a, b) if x != y}, default=None)


# %% 5.6 wrong: the order within a pair is lost
def worst_pair(a, b):
    from collections import Counter

    counts = Counter(tuple(sorted(pair)) for pair in zip(a, b) if pair[0] != pair[1])
    return min(counts, key=lambda pair: (-counts[pair], pair), default=None)


# %% 5.6 wrong: the first in the list of equals -> the first in the alphabet
def worst_pair(a, b):
    from collections import Counter

    counts = Counter(pair for pair in zip(a, b) if pair[0] != pair[1])
    return counts.most_common(1)[0][0] if counts else None


# %% 5.6 wrong: the last of equals
def worst_pair(a, b):
    from collections import Counter

    counts = Counter(pair for pair in zip(a, b) if pair[0] != pair[1])
    return max(counts, key=lambda pair: (counts[pair], pair), default=None)


# %% 5.6 wrong: equal codes are pairs, too
def worst_pair(a, b):
    pairs = sorted(zip(a, b))
    return max(pairs, key=pairs.count)


# %% 5.6 wrong: crashes where all agree
def worst_pair(a, b):
    pairs = sorted((x, y) for x, y in zip(a, b) if x != y)
    return max(pairs, key=pairs.count)


# %% 5.6 wrong: an empty pair where all agree
def worst_pair(a, b):
    pairs = sorted((x, y) for x, y in zip(a, b) if x != y)
    return max(pairs, key=pairs.count) if pairs else ()


# %% 5.6 wrong: with its number
def worst_pair(a, b):
    pairs = sorted((x, y) for x, y in zip(a, b) if x != y)
    return (max(pairs, key=pairs.count), max(map(pairs.count, pairs))) if pairs else None


# %% 5.6 wrong: the other way round
def worst_pair(a, b):
    pairs = sorted((y, x) for x, y in zip(a, b) if x != y)
    return max(pairs, key=pairs.count) if pairs else None


# %% 5.6 wrong: only the first code of equals is compared
def worst_pair(a, b):
    pairs = [(x, y) for x, y in zip(a, b) if x != y]
    return min(pairs, key=lambda pair: (-pairs.count(pair), pair[0]), default=None)


# %% 5.6 wrong: only the second code of equals is compared
def worst_pair(a, b):
    pairs = [(x, y) for x, y in zip(a, b) if x != y]
    return min(pairs, key=lambda pair: (-pairs.count(pair), pair[1]), default=None)


# %% 5.6 wrong: the rarest
def worst_pair(a, b):
    pairs = sorted((x, y) for x, y in zip(a, b) if x != y)
    return min(pairs, key=pairs.count, default=None)


# %% 5.6 wrong: joined to a text
def worst_pair(a, b):
    pairs = sorted((x, y) for x, y in zip(a, b) if x != y)
    return "-".join(max(pairs, key=pairs.count)) if pairs else None
