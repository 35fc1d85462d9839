# %% 6.1 right: a loop
def effective(counts):
    total = sum(counts)
    if total == 0:
        return None
    entropy = 0
    for count in counts:
        if count > 0:
            entropy -= count / total * math.log(count / total)
    return math.exp(entropy)


# %% 6.1 right: by NumPy
def effective(counts):
    counts = np.array([count for count in counts if count > 0], dtype=float)
    if counts.size == 0:
        return None
    p = counts / counts.sum()
    return np.exp(-(p * np.log(p)).sum())


# %% 6.1 right: a power of two for bits
def effective(counts):
    present = [c for c in counts if c]
    return 2 ** -sum(c / sum(present) * math.log2(c / sum(present)) for c in present) if present else None


# %% 6.1 right: a product of powers
def effective(counts):
    if not sum(counts):
        return None
    return math.prod((c / sum(counts)) ** (-c / sum(counts)) for c in counts if c)


# %% 6.1 right: a Series
def effective(counts):
    p = pd.Series(counts, dtype=float)
    p = p[p > 0] / p.sum()
    return None if p.empty else math.exp(-(p * np.log(p)).sum())


# %% 6.1 wrong: the number of kinds -> one kind rules
def effective(counts):
    return float(len([c for c in counts if c])) or None


# %% 6.1 wrong: inverse Simpson
def effective(counts):
    total = sum(counts)
    return 1 / sum((c / total) ** 2 for c in counts) if total else None


# %% 6.1 wrong: one in the largest share
def effective(counts):
    return sum(counts) / max(counts) if counts and sum(counts) else None


# %% 6.1 wrong: the entropy itself
def effective(counts):
    present = [c / sum(counts) for c in counts if c]
    return -sum(p * math.log(p) for p in present) if present else None


# %% 6.1 wrong: exp of bits
def effective(counts):
    present = [c / sum(counts) for c in counts if c]
    return math.exp(-sum(p * math.log2(p) for p in present)) if present else None


# %% 6.1 wrong: the logarithm of zero -> stopped with ValueError (math domain error)
def effective(counts):
    if not sum(counts):
        return None
    return math.exp(-sum(c / sum(counts) * math.log(c / sum(counts)) for c in counts))


# %% 6.1 wrong: zero where nothing was counted
def effective(counts):
    present = [c / sum(counts) for c in counts if c]
    return math.exp(-sum(p * math.log(p) for p in present)) if present else 0


# %% 6.1 wrong: one where nothing was counted -> no count at all
def effective(counts):
    present = [c / sum(counts) for c in counts if c]
    return math.exp(-sum(p * math.log(p) for p in present))


# %% 6.1 wrong: None for the empty list only -> zeros only
def effective(counts):
    if not counts:
        return None
    present = [c / sum(counts) for c in counts if c]
    return math.exp(-sum(p * math.log(p) for p in present))


# %% 6.1 wrong: the sign forgotten
def effective(counts):
    present = [c / sum(counts) for c in counts if c]
    return math.exp(sum(p * math.log(p) for p in present)) if present else None


# %% 6.1 wrong: zeros weigh in the shares
def effective(counts):
    if not sum(counts):
        return None
    present = [(c + 1) / (sum(counts) + len(counts)) for c in counts]
    return math.exp(-sum(p * math.log(p) for p in present))


# %% 6.1 wrong: two places
def effective(counts):
    present = [c / sum(counts) for c in counts if c]
    return round(math.exp(-sum(p * math.log(p) for p in present)), 2) if present else None


# %% 6.1 wrong: logarithm to base ten
def effective(counts):
    p = [c / sum(counts) for c in counts if c]
    return math.exp(-sum(x * math.log10(x) for x in p)) if p else None


# %% 6.1 right: entropy of SciPy
def effective(counts):
    from scipy.stats import entropy

    return np.exp(entropy(counts)) if sum(counts) else None


# %% 6.2 right: a permutation
def kinds_in_draw(kinds, size, generator):
    return len(set(generator.permutation(kinds)[:size]))


# %% 6.2 right: places in the list
def kinds_in_draw(kinds, size, generator):
    places = generator.choice(len(kinds), size=size, replace=False)
    return len({kinds[place] for place in places})


# %% 6.2 right: one after the other, out of a copy
def kinds_in_draw(kinds, size, generator):
    left, seen = list(kinds), set()
    for _ in range(size):
        seen.add(left.pop(generator.integers(len(left))))
    return len(seen)


# %% 6.2 right: unique
def kinds_in_draw(kinds, size, generator):
    return np.unique(generator.choice(np.array(kinds), size, replace=False)).size


# %% 6.2 right: shuffled in place
def kinds_in_draw(kinds, size, generator):
    generator.shuffle(kinds)
    return len(set(kinds[:size]))


# %% 6.2 wrong: with putting back -> none is put back
def kinds_in_draw(kinds, size, generator):
    return len(set(generator.choice(kinds, size)))


# %% 6.2 wrong: the first rows -> by luck
def kinds_in_draw(kinds, size, generator):
    return len(set(kinds[:size]))


# %% 6.2 wrong: a new generator of a fixed seed in every draw
def kinds_in_draw(kinds, size, generator):
    generator = np.random.default_rng(1)
    return len(set(generator.choice(kinds, size, replace=False)))


# %% 6.2 wrong: a new generator in every draw -> a new generator of the same seed leads to the same draws
def kinds_in_draw(kinds, size, generator):
    return len(set(np.random.default_rng().choice(kinds, size, replace=False)))


# %% 6.2 wrong: another luck
def kinds_in_draw(kinds, size, generator):
    import random

    return len(set(random.sample(list(kinds), size)))


# %% 6.2 wrong: the rows, not their kinds
def kinds_in_draw(kinds, size, generator):
    return len(generator.choice(kinds, size, replace=False))


# %% 6.2 wrong: the set of the kinds
def kinds_in_draw(kinds, size, generator):
    return set(generator.choice(kinds, size, replace=False))


# %% 6.2 wrong: drawn from the set of the kinds
def kinds_in_draw(kinds, size, generator):
    different = sorted(set(kinds))
    return len(set(generator.choice(different, min(size, len(different)), replace=False)))


# %% 6.2 wrong: as many as there can be
def kinds_in_draw(kinds, size, generator):
    return min(size, len(set(kinds)))


# %% 6.2 wrong: one row too few
def kinds_in_draw(kinds, size, generator):
    return len(set(generator.choice(kinds, max(size - 1, 1), replace=False)))


# %% 6.2 wrong: any number of kinds
def kinds_in_draw(kinds, size, generator):
    most = min(size, len(set(kinds)))
    return most if size == len(kinds) else int(generator.integers(1, most + 1))


# %% 6.2 wrong: the average
def kinds_in_draw(kinds, size, generator):
    return cr.spread.expected_kinds([kinds.count(kind) for kind in set(kinds)], size)


# %% 6.3 right: loops
def fair(samples):
    size = None
    for kinds in samples.values():
        if size is None or len(kinds) < size:
            size = len(kinds)
    result = {}
    for label in samples:
        counts = [samples[label].count(kind) for kind in sorted(set(samples[label]))]
        result[label] = cr.spread.rarefied(counts, size)
    return result


only_local = []
for sector in samples["local projects"]:
    if sector not in samples["registered services"] and sector not in only_local:
        only_local.append(sector)


# %% 6.3 right: a Series
def fair(samples):
    size = min(map(len, samples.values()))
    return pd.Series({k: cr.spread.rarefied(np.unique(v, return_counts=True)[1], size) for k, v in samples.items()})


only_local = set(samples["local projects"]) - set(samples["registered services"])


# %% 6.3 right: value counts
def fair(samples):
    counts = {label: pd.Series(kinds).value_counts().tolist() for label, kinds in samples.items()}
    size = min(sum(numbers) for numbers in counts.values())
    return {label: cr.spread.rarefied(numbers, size) for label, numbers in counts.items()}


only_local = pd.Index(samples["local projects"]).difference(samples["registered services"])


# %% 6.3 right: the tables
def fair(samples):
    from collections import Counter

    smallest = sorted(samples.values(), key=len)[0]
    return {label: float(cr.spread.rarefied(list(Counter(v).values()), len(smallest))) for label, v in samples.items()}


only_local = list(projects.sector[~projects.sector.isin(named.sector)].unique())


# %% 6.3 wrong: the size of the first sample
def fair(samples):
    size = len(next(iter(samples.values())))
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: the sample with the fewest kinds -> the size of the smallest sample
def fair(samples):
    size = len(min(samples.values(), key=lambda kinds: len(set(kinds))))
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], min(size, len(v))) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: the fewest kinds as the size
def fair(samples):
    size = min(len(set(kinds)) for kinds in samples.values())
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: at the own size -> seen through draws of three rows
def fair(samples):
    return {k: cr.spread.effective([v.count(one) for one in set(v)]) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: the number of kinds
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.expected_kinds([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: a count for each row
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.rarefied([v.count(one) for one in v], size) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: every kind once
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.effective([1 for one in set(v)]) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: the first rows of each
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.effective([v[:size].count(one) for one in set(v)]) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: the largest size
def fair(samples):
    size = max(map(len, samples.values()))
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: the numbers without labels -> should have the labels
def fair(samples):
    size = min(map(len, samples.values()))
    return [cr.spread.rarefied([v.count(one) for one in set(v)], size) for v in samples.values()]


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.3 wrong: the other way round -> not complete
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = sorted(set(samples["registered services"]) - set(samples["local projects"]))


# %% 6.3 wrong: all sectors of the projects -> occur among the registered services, too
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]))


# %% 6.3 wrong: those in both
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = sorted(set(samples["local projects"]) & set(samples["registered services"]))


# %% 6.3 wrong: sectors of the vocabulary that the services lack
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = sorted(set(data.sectors.sector) - set(samples["registered services"]))


# %% 6.3 wrong: one row each, with repeats -> once
def fair(samples):
    size = min(map(len, samples.values()))
    return {k: cr.spread.rarefied([v.count(one) for one in set(v)], size) for k, v in samples.items()}


only_local = [one for one in samples["local projects"] if one not in samples["registered services"]]


# %% 6.3 wrong: a mean of few draws
def fair(samples):
    n = min(map(len, samples.values()))
    g = np.random.default_rng(0)
    return {
        k: np.mean(
            [cr.spread.effective(np.unique(g.choice(v, n, replace=False), return_counts=True)[1]) for _ in range(50)]
        )
        for k, v in samples.items()
    }


only_local = sorted(set(samples["local projects"]) - set(samples["registered services"]))


# %% 6.4 right: by products
def expected_kinds(counts, size):
    total = sum(counts)
    if size > total:
        raise ValueError("too large a draw")
    result = 0
    for count in counts:
        missed = 1.0
        for i in range(size):
            missed *= max(total - count - i, 0) / (total - i)
        result += 1 - missed
    return result


# %% 6.4 right: fractions
def expected_kinds(counts, size):
    from fractions import Fraction

    if size > sum(counts):
        raise ValueError
    all_draws = math.comb(sum(counts), size)
    return Fraction(sum(all_draws - math.comb(sum(counts) - n, size) for n in counts), all_draws)


# %% 6.4 right: by NumPy
def expected_kinds(counts, size):
    counts = np.array(counts)
    if size > counts.sum():
        raise ValueError(size)
    return np.sum([1 - math.comb(int(counts.sum() - n), size) / math.comb(int(counts.sum()), size) for n in counts])


# %% 6.4 right: the error of the division
def expected_kinds(counts, size):
    total = sum(counts)
    try:
        return sum(1 - math.comb(total - n, size) / math.comb(total, size) for n in counts)
    except ZeroDivisionError:
        raise ValueError(f"{size} rows cannot be drawn from {total}") from None


# %% 6.4 wrong: with putting back
def expected_kinds(counts, size):
    total = sum(counts)
    if size > total:
        raise ValueError
    return sum(1 - (1 - n / total) ** size for n in counts)


# %% 6.4 wrong: the chance to be missed
def expected_kinds(counts, size):
    total = sum(counts)
    if size > total:
        raise ValueError
    return sum(math.comb(total - n, size) / math.comb(total, size) for n in counts)


# %% 6.4 wrong: the number of kinds that can be seen
def expected_kinds(counts, size):
    if size > sum(counts):
        raise ValueError
    return float(min(len(counts), size))


# %% 6.4 wrong: the size is not tested -> three rows cannot be drawn from two
def expected_kinds(counts, size):
    total = sum(counts)
    return sum(1 - math.comb(total - n, size) / max(math.comb(total, size), 1) for n in counts)


# %% 6.4 wrong: a division by zero for a large draw -> stopped with ZeroDivisionError
def expected_kinds(counts, size):
    total = sum(counts)
    return sum(1 - math.comb(total - n, size) / math.comb(total, size) for n in counts)


# %% 6.4 wrong: all rows may not be drawn -> expected_kinds([3, 1], 4) stopped with ValueError
def expected_kinds(counts, size):
    total = sum(counts)
    if size >= total:
        raise ValueError
    return sum(1 - math.comb(total - n, size) / math.comb(total, size) for n in counts)


# %% 6.4 wrong: None for a large draw
def expected_kinds(counts, size):
    total = sum(counts)
    if size > total:
        return None
    return sum(1 - math.comb(total - n, size) / math.comb(total, size) for n in counts)


# %% 6.4 wrong: an average of simulated draws -> the table above
def expected_kinds(counts, size):
    if size > sum(counts):
        raise ValueError
    rows = [i for i, n in enumerate(counts) for _ in range(n)]
    g = np.random.default_rng(0)
    return np.mean([len(set(g.choice(rows, size, replace=False))) for _ in range(500)])


# %% 6.4 wrong: the other chance
def expected_kinds(counts, size):
    total = sum(counts)
    if size > total:
        raise ValueError
    return sum(1 - math.comb(total, size - n) / math.comb(total, size) for n in counts if n <= size)


# %% 6.4 wrong: one for all kinds together
def expected_kinds(counts, size):
    total = sum(counts)
    if size > total:
        raise ValueError
    return len(counts) - math.comb(total - min(counts), size) / math.comb(total, size)


# %% 6.4 wrong: whole kinds
def expected_kinds(counts, size):
    total = sum(counts)
    if size > total:
        raise ValueError
    return round(sum(1 - math.comb(total - n, size) / math.comb(total, size) for n in counts))


# %% 6.5 right: multinomial
def bootstrap(kinds, draws, seed):
    counts = np.unique(kinds, return_counts=True)[1]
    worlds = np.random.default_rng(seed).multinomial(len(kinds), counts / len(kinds), draws)
    return np.array([cr.spread.effective(world) for world in worlds])


# %% 6.5 right: random.choices, as a list
def bootstrap(kinds, draws, seed):
    import random

    luck, values = random.Random(seed), []
    for _ in range(draws):
        drawn = luck.choices(kinds, k=len(kinds))
        values.append(cr.spread.effective([drawn.count(kind) for kind in set(drawn)]))
    return values


# %% 6.5 right: places
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    places = generator.integers(0, len(kinds), (draws, len(kinds)))
    kinds = np.array(kinds)
    return np.array([cr.spread.effective(np.unique(kinds[row], return_counts=True)[1]) for row in places])


# %% 6.5 right: the old way to seed
def bootstrap(kinds, draws, seed):
    np.random.seed(seed)
    values = np.empty(draws)
    for i in range(draws):
        sample = pd.Series(np.random.choice(kinds, len(kinds)))
        values[i] = cr.spread.effective(sample.value_counts())
    return values


# %% 6.5 right: a column of a table
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    return pd.Series(
        [cr.spread.effective(pd.Series(generator.choice(kinds, len(kinds))).value_counts()) for _ in range(draws)]
    )


# %% 6.5 wrong: without putting back -> all draws are alike
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    drawn = [generator.choice(kinds, len(kinds), replace=False) for _ in range(draws)]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: some rows left out, without putting back
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    drawn = [generator.choice(kinds, len(kinds) - 2, replace=False) for _ in range(draws)]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: a new generator in every draw -> all draws are alike
def bootstrap(kinds, draws, seed):
    values = []
    for _ in range(draws):
        drawn = np.random.default_rng(seed).choice(kinds, len(kinds))
        values.append(cr.spread.effective(np.unique(drawn, return_counts=True)[1]))
    return np.array(values)


# %% 6.5 wrong: samples of half the size
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    drawn = [generator.choice(kinds, len(kinds) // 2) for _ in range(draws)]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: drawn from the set of the kinds
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    drawn = [generator.choice(sorted(set(kinds)), len(kinds)) for _ in range(draws)]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: noise
def bootstrap(kinds, draws, seed):
    return np.random.default_rng(seed).uniform(1, 2, draws)


# %% 6.5 wrong: a ramp
def bootstrap(kinds, draws, seed):
    return np.linspace(1, 2, draws)


# %% 6.5 wrong: noise around the estimate
def bootstrap(kinds, draws, seed):
    estimate = cr.spread.effective([list(kinds).count(kind) for kind in set(kinds)])
    return np.random.default_rng(seed).normal(estimate, 0.12, draws)


# %% 6.5 wrong: the number of kinds
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    return np.array([len(set(generator.choice(kinds, len(kinds)))) for _ in range(draws)])


# %% 6.5 wrong: one seed for all -> another seed should give other numbers
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(0)
    drawn = [generator.choice(kinds, len(kinds)) for _ in range(draws)]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: no seed -> the same seed should give the same numbers
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng()
    drawn = [generator.choice(kinds, len(kinds)) for _ in range(draws)]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: samples of the size of the draws
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    drawn = [generator.choice(kinds, draws) for _ in range(len(kinds))]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: the samples themselves
def bootstrap(kinds, draws, seed):
    return np.random.default_rng(seed).choice(kinds, (draws, len(kinds)))


# %% 6.5 wrong: their mean
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    drawn = [generator.choice(kinds, len(kinds)) for _ in range(draws)]
    return np.mean([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: as if all kinds were equally common
def bootstrap(kinds, draws, seed):
    generator, n = np.random.default_rng(seed), len(set(kinds))
    worlds = generator.multinomial(len(kinds), [1 / n] * n, draws)
    return np.array([cr.spread.effective(world) for world in worlds])


# %% 6.5 wrong: one row too few -> a sample of two holds one kind or both
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    drawn = [generator.choice(kinds, len(kinds) - 1) for _ in range(draws)]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: one row too many
def bootstrap(kinds, draws, seed):
    generator = np.random.default_rng(seed)
    drawn = [generator.choice(kinds, len(kinds) + 1) for _ in range(draws)]
    return np.array([cr.spread.effective(np.unique(sample, return_counts=True)[1]) for sample in drawn])


# %% 6.5 wrong: weights, not rows
def bootstrap(kinds, draws, seed):
    g = np.random.default_rng(seed)
    c = np.unique(kinds, return_counts=True)[1]
    return np.array([cr.spread.effective(g.dirichlet(c)) for _ in range(draws)])


# %% 6.5 wrong: counts drawn apart
def bootstrap(kinds, draws, seed):
    g = np.random.default_rng(seed)
    c = np.unique(kinds, return_counts=True)[1]
    return np.array([cr.spread.effective(g.poisson(c) + 1e-9) for _ in range(draws)])


# %% 6.6 right: by hand
def interval(estimate, values):
    mean = sum(values) / len(values)
    s = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
    return [estimate - 2 * s, estimate + 2 * s]


def difference(one, other):
    gaps = [x - y for x, y in zip(one[1], other[1])]
    return interval(one[0] - other[0], gaps)


# %% 6.6 right: the other divisor
def interval(estimate, values):
    s = np.std(values, ddof=1)
    return estimate - 2 * s, estimate + 2 * s


def difference(one, other):
    (a, x), (b, y) = one, other
    s = np.std(np.array(x) - np.array(y), ddof=1)
    return a - b - 2 * s, a - b + 2 * s


# %% 6.6 right: by pandas
def interval(estimate, values):
    s = pd.Series(values).std()
    return pd.Series([estimate - 2 * s, estimate + 2 * s])


def difference(one, other):
    return interval(one[0] - other[0], pd.Series(one[1]) - pd.Series(other[1]))


# %% 6.6 right: an array
def interval(estimate, values):
    return estimate + np.array([-2, 2]) * np.asarray(values).std()


def difference(one, other):
    return one[0] - other[0] + np.array([-2, 2]) * (one[1] - other[1]).std()


# %% 6.6 right: the statistics module
def interval(estimate, values):
    import statistics

    s = statistics.pstdev(list(values))
    return (float(estimate - 2 * s), float(estimate + 2 * s))


def difference(one, other):
    import statistics

    s = statistics.pstdev([float(x) - float(y) for x, y in zip(one[1], other[1])])
    return (one[0] - other[0] - 2 * s, one[0] - other[0] + 2 * s)


# %% 6.6 wrong: around the mean of the values
def interval(estimate, values):
    return values.mean() - 2 * values.std(), values.mean() + 2 * values.std()


def difference(one, other):
    return interval(one[0] - other[0], one[1] - other[1])


# %% 6.6 wrong: the middle of the values
def interval(estimate, values):
    return tuple(np.quantile(values, [0.025, 0.975]))


def difference(one, other):
    return tuple(np.quantile(one[1] - other[1], [0.025, 0.975]))


# %% 6.6 wrong: one standard deviation
def interval(estimate, values):
    return estimate - values.std(), estimate + values.std()


def difference(one, other):
    return interval(one[0] - other[0], one[1] - other[1])


# %% 6.6 wrong: the variance
def interval(estimate, values):
    return estimate - 2 * values.var(), estimate + 2 * values.var()


def difference(one, other):
    return interval(one[0] - other[0], one[1] - other[1])


# %% 6.6 wrong: the standard error of the mean
def interval(estimate, values):
    s = values.std() / len(values) ** 0.5
    return estimate - 2 * s, estimate + 2 * s


def difference(one, other):
    return interval(one[0] - other[0], one[1] - other[1])


# %% 6.6 wrong: high before low
def interval(estimate, values):
    return estimate + 2 * values.std(), estimate - 2 * values.std()


def difference(one, other):
    return interval(one[0] - other[0], one[1] - other[1])


# %% 6.6 wrong: cut at one -> nothing is cut off
def interval(estimate, values):
    return max(1, estimate - 2 * values.std()), estimate + 2 * values.std()


def difference(one, other):
    s = (one[1] - other[1]).std()
    return one[0] - other[0] - 2 * s, one[0] - other[0] + 2 * s


# %% 6.6 wrong: the two spreads added -> less than one spread plus the other
def interval(estimate, values):
    return estimate - 2 * values.std(), estimate + 2 * values.std()


def difference(one, other):
    s = one[1].std() + other[1].std()
    return one[0] - other[0] - 2 * s, one[0] - other[0] + 2 * s


# %% 6.6 wrong: independent, whatever the values -> rise and fall together
def interval(estimate, values):
    return estimate - 2 * values.std(), estimate + 2 * values.std()


def difference(one, other):
    s = (one[1].var() + other[1].var()) ** 0.5
    return one[0] - other[0] - 2 * s, one[0] - other[0] + 2 * s


# %% 6.6 wrong: the ends of the two intervals
def interval(estimate, values):
    return estimate - 2 * values.std(), estimate + 2 * values.std()


def difference(one, other):
    (a, b), (c, d) = interval(*one), interval(*other)
    return a - d, b - c


# %% 6.6 wrong: around the mean of the differences
def interval(estimate, values):
    return estimate - 2 * values.std(), estimate + 2 * values.std()


def difference(one, other):
    return interval((one[1] - other[1]).mean(), one[1] - other[1])


# %% 6.6 wrong: other minus one
def interval(estimate, values):
    return estimate - 2 * values.std(), estimate + 2 * values.std()


def difference(one, other):
    return interval(other[0] - one[0], other[1] - one[1])


# %% 6.6 wrong: always positive -> the other way round
def interval(estimate, values):
    return estimate - 2 * values.std(), estimate + 2 * values.std()


def difference(one, other):
    return interval(abs(one[0] - other[0]), one[1] - other[1])


# %% 6.6 wrong: do they overlap
def interval(estimate, values):
    return estimate - 2 * values.std(), estimate + 2 * values.std()


def difference(one, other):
    return interval(*one)[0] <= interval(*other)[1]


# %% 6.6 wrong: the quantile of the normal distribution
def interval(estimate, values):
    return estimate - 1.96 * values.std(), estimate + 1.96 * values.std()


def difference(one, other):
    return interval(one[0] - other[0], one[1] - other[1])


# %% 6.6 wrong: a difference of the spreads
def interval(estimate, values):
    return estimate - 2 * values.std(), estimate + 2 * values.std()


def difference(one, other):
    s = abs(one[1].std() - other[1].std())
    return one[0] - other[0] - 2 * s, one[0] - other[0] + 2 * s


# %% 6.6 wrong: sorted before the difference
def interval(e, v):
    return e - 2 * np.std(v), e + 2 * np.std(v)


def difference(a, b):
    return interval(a[0] - b[0], np.sort(a[1]) - np.sort(b[1]))


# %% 6.6 wrong: quantiles mirrored
def interval(e, v):
    return 2 * e - np.quantile(v, 0.975), 2 * e - np.quantile(v, 0.025)


def difference(a, b):
    return interval(a[0] - b[0], a[1] - b[1])


# %% 6.6 wrong: mean deviation
def interval(e, v):
    m = np.mean(np.abs(v - np.median(v)))
    return e - 2 * m, e + 2 * m


def difference(a, b):
    return interval(a[0] - b[0], a[1] - b[1])
