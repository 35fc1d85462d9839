# What students answer to the exercises of lesson 3, right and wrong; one after the other, hence long. See tests/test_lessons.py.
# %% 3.1 right: the running remainder
def check_character(digits):
    state = 0
    for digit in digits:
        state = (state + int(digit)) * 2 % 11
    return "0123456789X"[(12 - state) % 11]


# %% 3.1 right: with the package
def check_character(digits):
    return mod_11_2.calc_check_digit(digits)


# %% 3.1 right: powers of two
def check_character(digits):
    total = sum(int(d) * 2 ** (len(digits) - i) for i, d in enumerate(digits))
    value = (1 - total) % 11
    return "X" if value == 10 else str(value)


# %% 3.1 right: by trial
def check_character(digits):
    for sign in "0123456789X":
        if mod_11_2.is_valid(digits + sign):
            return sign


# %% 3.1 wrong: a number -> since it may be X
def check_character(digits):
    state = 0
    for digit in digits:
        state = (state + int(digit)) * 2 % 11
    return (12 - state) % 11


# %% 3.1 wrong: remainder of the whole number
def check_character(digits):
    return str(int(digits) % 11)


# %% 3.1 wrong: ten instead of X -> a value of ten is written X
def check_character(digits):
    state = 0
    for digit in digits:
        state = (state + int(digit)) * 2 % 11
    return str((12 - state) % 11)


# %% 3.1 wrong: last remainder forgotten
def check_character(digits):
    state = 0
    for digit in digits:
        state = (state + int(digit)) * 2 % 11
    return "X" if 12 - state == 10 else str(12 - state)


# %% 3.1 wrong: doubled before adding
def check_character(digits):
    state = 0
    for digit in digits:
        state = (state * 2 + int(digit)) % 11
    return "0123456789X"[(12 - state) % 11]


# %% 3.1 wrong: from the right
def check_character(digits):
    state = 0
    for digit in reversed(digits):
        state = (state + int(digit)) * 2 % 11
    return "0123456789X"[(12 - state) % 11]


# %% 3.1 wrong: subtracted from eleven
def check_character(digits):
    state = 0
    for digit in digits:
        state = (state + int(digit)) * 2 % 11
    return "0123456789X"[(11 - state) % 11]


# %% 3.1 wrong: the remainder itself
def check_character(digits):
    state = 0
    for digit in digits:
        state = (state + int(digit)) * 2 % 11
    return "0123456789X"[state]


# %% 3.1 wrong: a small x
def check_character(digits):
    state = 0
    for digit in digits:
        state = (state + int(digit)) * 2 % 11
    return "0123456789x"[(12 - state) % 11]


# %% 3.1 wrong: the whole number
def check_character(digits):
    return digits + mod_11_2.calc_check_digit(digits)


# %% 3.2 right: form, then check
def is_valid(code):
    if len(code) != 20 or not all(sign in "0123456789" for sign in code[:-1]):
        return False
    return mod_11_2.calc_check_digit(code[:-1]) == code[-1]


# %% 3.2 right: isascii and isdecimal
def is_valid(code):
    d = code[:-1]
    return len(code) == 20 and d.isascii() and d.isdecimal() and mod_11_2.calc_check_digit(d) == code[-1]


# %% 3.2 right: a regular expression
import re


def is_valid(code):
    return re.fullmatch("[0-9]{19}[0-9X]", code) is not None and mod_11_2.is_valid(code)


# %% 3.2 right: NumPy's truth
def is_valid(code):
    signs = np.array(list(code[:-1]))
    if len(code) != 20 or not np.isin(signs, list("0123456789")).all():
        return np.False_
    return np.bool_(mod_11_2.calc_check_digit(code[:-1]) == code[-1])


# %% 3.2 right: own arithmetic
def is_valid(code):
    if len(code) != 20:
        return False
    total = 0
    for place, sign in enumerate(code):
        if sign in list("0123456789"):
            value = int(sign)
        elif sign == "X" and place == 19:
            value = 10
        else:
            return False
        total = (total * 2 + value) % 11
    return total == 1


# %% 3.2 wrong: the package alone -> nineteen characters are too few
def is_valid(code):
    return mod_11_2.is_valid(code)


# %% 3.2 wrong: length and the package -> X may stand in the last place only
def is_valid(code):
    return len(code) == 20 and mod_11_2.is_valid(code)


# %% 3.2 wrong: isdecimal takes full-width digits -> a full-width digit
def is_valid(code):
    return len(code) == 20 and code[:-1].isdecimal() and mod_11_2.calc_check_digit(code[:-1]) == code[-1]


# %% 3.2 wrong: isdigit
def is_valid(code):
    return len(code) == 20 and code[:-1].isdigit() and mod_11_2.calc_check_digit(code[:-1]) == code[-1]


# %% 3.2 wrong: small x made large -> the check character ten is a capital X
def is_valid(code):
    code = code.upper()
    d = code[:-1]
    return len(code) == 20 and d.isascii() and d.isdecimal() and mod_11_2.calc_check_digit(d) == code[-1]


# %% 3.2 wrong: no length
def is_valid(code):
    d = code[:-1]
    return d.isascii() and d.isdecimal() and mod_11_2.calc_check_digit(d) == code[-1]


# %% 3.2 wrong: crash on another form -> stopped with
def is_valid(code):
    return len(code) == 20 and mod_11_2.calc_check_digit(code[:-1]) == code[-1] or int(code[:-1]) < 0


# %% 3.2 wrong: blanks taken away
def is_valid(code):
    code = code.strip()
    d = code[:-1]
    return len(code) == 20 and d.isascii() and d.isdecimal() and mod_11_2.calc_check_digit(d) == code[-1]


# %% 3.2 wrong: at least twenty
def is_valid(code):
    d = code[:-1]
    return len(code) >= 20 and d.isascii() and d.isdecimal() and mod_11_2.calc_check_digit(d) == code[-1]


# %% 3.2 wrong: X never
def is_valid(code):
    return len(code) == 20 and code.isascii() and code.isdecimal() and mod_11_2.calc_check_digit(code[:-1]) == code[-1]


# %% 3.2 wrong: a match object -> where True or False is asked
import re


def is_valid(code):
    return re.fullmatch("[0-9]{19}[0-9X]", code) if mod_11_2.is_valid(code) else False


# %% 3.2 wrong: the form alone
def is_valid(code):
    return len(code) == 20 and code[:-1].isascii() and code[:-1].isdecimal()


# %% 3.3 right: a power
def luck(n):
    return (1 / 11) ** n


# %% 3.3 right: a product
def luck(n):
    chance = 1.0
    for _ in range(n):
        chance /= 11
    return chance


# %% 3.3 right: a fraction
from fractions import Fraction


def luck(n):
    return Fraction(1, 11) ** n


# %% 3.3 right: negative exponent
def luck(n):
    return 11.0**-n


# %% 3.3 right: NumPy
def luck(n):
    return np.prod(np.full(n, 1 / 11))


# %% 3.3 wrong: added up
def luck(n):
    return n / 11


# %% 3.3 wrong: divided
def luck(n):
    return 1 / (11 * n)


# %% 3.3 wrong: at least one passes
def luck(n):
    return 1 - (10 / 11) ** n


# %% 3.3 wrong: upside down
def luck(n):
    return 11**n


# %% 3.3 wrong: ten signs
def luck(n):
    return (1 / 10) ** n


# %% 3.3 wrong: no number cannot pass -> no number cannot fail
def luck(n):
    return (1 / 11) ** n if n else 0


# %% 3.3 wrong: always one in eleven
def luck(n):
    return 1 / 11


# %% 3.3 wrong: none passes
def luck(n):
    return (10 / 11) ** n


# %% 3.3 wrong: rounded
def luck(n):
    return round((1 / 11) ** n, 4)


# %% 3.4 right: two loops
def unseen_swaps(code):
    pairs = []
    for i in range(len(code)):
        for j in range(i + 1, len(code)):
            signs = list(code)
            signs[i], signs[j] = signs[j], signs[i]
            if code[i] != code[j] and "X" not in (code[i], code[j]) and mod_11_2.is_valid("".join(signs)):
                pairs.append((i, j))
    return pairs


distance = 10
# %% 3.4 right: combinations, pairs as lists
from itertools import combinations


def unseen_swaps(code):
    found = []
    for i, j in combinations(range(len(code)), 2):
        a, b = code[i], code[j]
        if a == b or a == "X" or b == "X":
            continue
        if mod_11_2.is_valid(code[:i] + b + code[i + 1 : j] + a + code[j + 1 :]):
            found.append([i, j])
    return found


distance = unseen_swaps("11010519864491550014")[0][1] - unseen_swaps("11010519864491550014")[0][0]


# %% 3.4 right: from the distance
def unseen_swaps(code):
    n = len(code)
    return sorted(
        (i, j) for i in range(n) for j in range(i + 10, n, 10) if code[i] != code[j] and "X" not in code[i] + code[j]
    )


distance = 10.0


# %% 3.4 right: by weights, an array
def unseen_swaps(code):
    w = [pow(2, len(code) - 1 - i, 11) for i in range(len(code))]
    digits = [int(c) if c != "X" else -1 for c in code]
    return np.array(
        [
            (i, j)
            for i in range(len(code))
            for j in range(i + 1, len(code))
            if digits[i] != digits[j] and min(digits[i], digits[j]) >= 0 and w[i] == w[j]
        ]
    ).reshape(-1, 2)


distance = np.int64(10)


# %% 3.4 wrong: equal characters kept -> so leave it out
def unseen_swaps(code):
    return [(i, j) for i in range(len(code)) for j in range(i + 10, len(code), 10) if "X" not in (code[i], code[j])]


distance = 10


# %% 3.4 wrong: both orders
def unseen_swaps(code):
    n = range(len(code))
    return [(i, j) for i in n for j in n if abs(i - j) == 10 and code[i] != code[j] and "X" not in (code[i], code[j])]


distance = 10


# %% 3.4 wrong: X swapped -> an X has to stay in the last place
def unseen_swaps(code):
    return [(i, j) for i in range(len(code)) for j in range(i + 10, len(code), 10) if code[i] != code[j]]


distance = 10


# %% 3.4 wrong: the swaps that are noticed -> the check notices this swap
def unseen_swaps(code):
    pairs = []
    for i in range(len(code)):
        for j in range(i + 1, len(code)):
            if code[i] != code[j] and "X" not in (code[i], code[j]) and (j - i) % 10:
                pairs.append((i, j))
    return pairs


distance = 10


# %% 3.4 wrong: neighbours only
def unseen_swaps(code):
    return [(i, i + 1) for i in range(len(code) - 1) if code[i] != code[i + 1]]


distance = 1


# %% 3.4 wrong: the characters, not the places
def unseen_swaps(code):
    return [(code[i], code[i + 10]) for i in range(len(code) - 10) if code[i] != code[i + 10]]


distance = 10


# %% 3.4 wrong: equal characters -> swapping them changes nothing
def unseen_swaps(code):
    return [(i, j) for i in range(len(code)) for j in range(i, len(code)) if code[i] == code[j] and i < j]


distance = 10


# %% 3.4 wrong: counted from one
def unseen_swaps(code):
    return [
        (i + 1, i + 11) for i in range(len(code) - 10) if code[i] != code[i + 10] and "X" not in (code[i], code[i + 10])
    ]


distance = 10


# %% 3.4 wrong: twenty characters taken for granted
def unseen_swaps(code):
    return [(i, i + 10) for i in range(10) if code[i] != code[i + 10] and "X" not in (code[i], code[i + 10])]


distance = 10


# %% 3.4 wrong: only the first
def unseen_swaps(code):
    for i in range(len(code)):
        for j in range(i + 1, len(code)):
            signs = list(code)
            signs[i], signs[j] = signs[j], signs[i]
            if code[i] != code[j] and mod_11_2.is_valid("".join(signs)):
                return [(i, j)]


distance = 10


# %% 3.4 wrong: the last place left out
def unseen_swaps(code):
    pairs = []
    for i in range(len(code) - 1):
        for j in range(i + 1, len(code) - 1):
            signs = list(code)
            signs[i], signs[j] = signs[j], signs[i]
            if code[i] != code[j] and "X" not in (code[i], code[j]) and mod_11_2.is_valid("".join(signs)):
                pairs.append((i, j))
    return pairs


distance = 10


# %% 3.4 wrong: a wrong distance -> the check notices their swap
def unseen_swaps(code):
    return [
        (i, i + 10) for i in range(len(code) - 10) if code[i] != code[i + 10] and "X" not in (code[i], code[i + 10])
    ]


distance = 11


# %% 3.4 wrong: no distance -> distance is not there yet
def unseen_swaps(code):
    return [
        (i, i + 10) for i in range(len(code) - 10) if code[i] != code[i + 10] and "X" not in (code[i], code[i + 10])
    ]


# %% 3.5 right: a table of signs
def clean(text):
    kept = [sign for sign in text if not sign.isspace() and sign != "\u200b"]
    return "".join(kept).translate(str.maketrans("０１２３４５６７８９xｘＸ", "0123456789XXX"))


# %% 3.5 right: sign by sign
def clean(text):
    out = ""
    for sign in text:
        if sign in "０１２３４５６７８９":
            out += str(int(sign))
        elif sign in "xｘＸ":
            out += "X"
        elif not sign.isspace() and sign != "\u200b":
            out += sign
    return out


# %% 3.5 right: a regular expression
import re


def clean(text):
    text = re.sub(r"[\s\u200b]+", "", text)
    text = re.sub("[xｘＸ]", "X", text)
    return re.sub("[０-９]", lambda m: chr(ord(m[0]) - ord("０") + ord("0")), text)


# %% 3.5 right: replace after replace
def clean(text):
    for wide, digit in zip("０１２３４５６７８９", range(10)):
        text = text.replace(wide, str(digit))
    text = text.replace("x", "X").replace("ｘ", "X").replace("Ｘ", "X").replace("\u200b", "")
    return "".join(text.split())


# %% 3.5 right: normal form of chosen signs only
def clean(text):
    wide = "０１２３４５６７８９ｘＸ"
    text = "".join(unicodedata.normalize("NFKC", s) if s in wide else s for s in text)
    return "".join(text.replace("\u200b", "").split()).replace("x", "X")


# %% 3.5 wrong: normal form of all -> circled and raised digits and brackets
def clean(text):
    return "".join(unicodedata.normalize("NFKC", text).replace("\u200b", "").split()).replace("x", "X")


# %% 3.5 wrong: all capital -> the letters O and l are no digits, and stay
def clean(text):
    text = "".join(text.replace("\u200b", "").split()).upper()
    return text.translate(str.maketrans("０１２３４５６７８９Ｘ", "0123456789X"))


# %% 3.5 wrong: repairs O and l -> the letters O and l are no digits
def clean(text):
    kept = [sign for sign in text if not sign.isspace() and sign != "\u200b"]
    text = "".join(kept).translate(str.maketrans("０１２３４５６７８９xｘＸ", "0123456789XXX"))
    return text.replace("O", "0").replace("l", "1")


# %% 3.5 wrong: the invisible blank stays -> blanks of every kind should go
def clean(text):
    return "".join(text.split()).translate(str.maketrans("０１２３４５６７８９xｘＸ", "0123456789XXX"))


# %% 3.5 wrong: only the plain blank
def clean(text):
    text = text.replace(" ", "").replace("\u200b", "")
    return text.translate(str.maketrans("０１２３４５６７８９xｘＸ", "0123456789XXX"))


# %% 3.5 wrong: drops every sign but digits
def clean(text):
    text = text.translate(str.maketrans("０１２３４５６７８９xｘＸ", "0123456789XXX"))
    return "".join(s for s in text if s in "0123456789X")


# %% 3.5 wrong: only at the ends
def clean(text):
    text = text.strip().replace("\u200b", "")
    return text.translate(str.maketrans("０１２３４５６７８９xｘＸ", "0123456789XXX"))


# %% 3.5 wrong: small x forgotten -> a small x becomes a capital one
def clean(text):
    kept = [sign for sign in text if not sign.isspace() and sign != "\u200b"]
    return "".join(kept).translate(str.maketrans("０１２３４５６７８９", "0123456789"))


# %% 3.5 wrong: full-width digits forgotten
def clean(text):
    return "".join(text.replace("\u200b", "").split()).replace("x", "X")


# %% 3.5 wrong: mends the check character
def clean(text):
    kept = [sign for sign in text if not sign.isspace() and sign != "\u200b"]
    text = "".join(kept).translate(str.maketrans("０１２３４５６７８９xｘＸ", "0123456789XXX"))
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) == 20 and code[:-1].isdecimal():
        text = text.replace(code, code[:-1] + mod_11_2.calc_check_digit(code[:-1]))
    return text


# %% 3.5 wrong: int of any decimal digit
def clean(text):
    out = ""
    for s in text:
        if s.isdecimal():
            out += str(int(s))
        elif s in "xｘＸ":
            out += "X"
        elif not s.isspace() and s != "\u200b":
            out += s
    return out


# %% 3.5 wrong: int of any digit
def clean(text):
    out = ""
    for s in text:
        if s.isdigit():
            out += str(unicodedata.digit(s))
        elif s in "xｘＸ":
            out += "X"
        elif not s.isspace() and s != "\u200b":
            out += s
    return out


# %% 3.6 right: in the order of the list
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "wrong length"
    if not all(s in "0123456789" for s in code[:-1]):
        return "not a digit"
    if mod_11_2.calc_check_digit(code[:-1]) != code[-1]:
        return "wrong check character"
    return ""


# %% 3.6 right: capital letters
def fault(text):
    if "网信算备" in text:
        return "Register: this is a filing of algorithms."
    code = text.split("网信备")[-1].removesuffix("号") if "网信备" in text else ""
    if len(code) != 20:
        return f"Length should be twenty, is {len(code)}."
    if not (code[:-1].isascii() and code[:-1].isdecimal()):
        return "Digits should stand before the last place."
    if mod_11_2.calc_check_digit(code[:-1]) != code[-1]:
        return "Check character is wrong."
    return ""


# %% 3.6 right: a regular expression
import re


def fault(text):
    if re.search("网信算备", text):
        return "REGISTER of algorithms"
    found = re.search("网信备(.*)号", text)
    code = found[1] if found else ""
    problem = ""
    if len(code) != 20:
        problem = f"the LENGTH is {len(code)}"
    elif not re.fullmatch("[0-9]{19}", code[:19]):
        problem = "no DIGIT"
    elif mod_11_2.calc_check_digit(code[:19]) != code[19]:
        problem = "the CHECK fails"
    return problem


# %% 3.6 right: nested
def fault(text):
    if text.find("网信算备") >= 0:
        return "It stands in the register of algorithms."
    start = text.find("网信备")
    code = text[start + 3 :].replace("号", "") if start >= 0 else ""
    if len(code) == 20:
        bad = [s for s in code[:19] if s not in list("0123456789")]
        if bad:
            return f"{bad[0]} is no digit."
        return "" if mod_11_2.is_valid(code) and code[19] != "x" else "The last character should be another: check it."
    return "The length is wrong."


# %% 3.6 wrong: the first model -> should hold the word 'digit'
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "the length is wrong"
    if not mod_11_2.is_valid(code):
        return "the check character is wrong"
    return ""


# %% 3.6 wrong: by the place in the text
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text[4:-1]
    if len(code) != 20:
        return "the length is wrong"
    if not (code[:-1].isascii() and code[:-1].isdigit()):
        return "no digit"
    return "" if mod_11_2.calc_check_digit(code[:-1]) == code[-1] else "the check character is wrong"


# %% 3.6 wrong: any other text is another register
def fault(text):
    if "网信备" not in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "the length is wrong"
    if not (code[:-1].isascii() and code[:-1].isdigit()):
        return "no digit"
    return "" if mod_11_2.calc_check_digit(code[:-1]) == code[-1] else "the check character is wrong"


# %% 3.6 wrong: all words at once -> should not hold
def fault(text):
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) == 20 and code[:-1].isascii() and code[:-1].isdecimal() and mod_11_2.is_valid(code):
        return ""
    return "register, length, digit or check is wrong"


# %% 3.6 wrong: crash for letters -> stopped with
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "the length is wrong"
    if mod_11_2.calc_check_digit(code[:-1]) != code[-1]:
        return "the check character is wrong"
    return "" if code[:-1].isdecimal() else "no digit"


# %% 3.6 wrong: length before register
def fault(text):
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "the length is wrong"
    if "网信算备" in text:
        return "another register"
    if not (code[:-1].isascii() and code[:-1].isdecimal()):
        return "no digit"
    if mod_11_2.calc_check_digit(code[:-1]) != code[-1]:
        return "the check character is wrong"
    return ""


# %% 3.6 wrong: full-width digits accepted -> a full-width digit is no ordinary one
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "the length is wrong"
    if not code[:-1].isdecimal():
        return "no digit"
    if mod_11_2.calc_check_digit(code[:-1]) != code[-1]:
        return "the check character is wrong"
    return ""


# %% 3.6 wrong: valid for anything else
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) < 20:
        return "the length is wrong"
    return ""


# %% 3.6 wrong: True and False
def fault(text):
    code = text.partition("网信备")[2].removesuffix("号")
    return len(code) == 20 and mod_11_2.is_valid(code)


# %% 3.6 wrong: None for valid -> is a return missing?
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "the length is wrong"
    if not (code[:-1].isascii() and code[:-1].isdecimal()):
        return "no digit"
    if mod_11_2.calc_check_digit(code[:-1]) != code[-1]:
        return "the check character is wrong"


# %% 3.6 wrong: says valid
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "the length is wrong"
    if not (code[:-1].isascii() and code[:-1].isdecimal()):
        return "no digit"
    return "valid" if mod_11_2.calc_check_digit(code[:-1]) == code[-1] else "the check character is wrong"


# %% 3.6 wrong: too long goes through
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) < 20:
        return "the length is wrong"
    if not (code[:-1].isascii() and code[:-1].isdecimal()):
        return "no digit"
    return "" if mod_11_2.calc_check_digit(code[:-1]) == code[-1] else "the check character is wrong"


# %% 3.6 wrong: small x accepted
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号").upper()
    if len(code) != 20:
        return "the length is wrong"
    if not (code[:-1].isascii() and code[:-1].isdecimal()):
        return "no digit"
    return "" if mod_11_2.calc_check_digit(code[:-1]) == code[-1] else "the check character is wrong"


# %% 3.6 wrong: an X anywhere
def fault(text):
    if "网信算备" in text:
        return "another register"
    code = text.partition("网信备")[2].removesuffix("号")
    if len(code) != 20:
        return "the length is wrong"
    if not all(s in "0123456789X" for s in code):
        return "no digit"
    return "" if mod_11_2.is_valid(code) else "the check character is wrong"


# %% 3.7 right: groups
def services_behind(table):
    return table.groupby("subject").service_no.max().sum()


not_seen = services_behind(numbers) - len(numbers)


# %% 3.7 right: a dictionary
def services_behind(table):
    largest = {}
    for row in table.itertuples():
        largest[row.subject] = max(largest.get(row.subject, 0), row.service_no)
    return sum(largest.values())


not_seen = services_behind(numbers) - numbers.number.nunique()


# %% 3.7 right: sorted and unique
def services_behind(table):
    return table.sort_values("service_no").drop_duplicates("subject", keep="last").service_no.sum()


not_seen = float(services_behind(numbers) - numbers.shape[0])


# %% 3.7 right: gaps of each
def services_behind(table):
    return sum(max(table.service_no[table.subject == who]) for who in set(table.subject))


seen = numbers.groupby("subject").agg(top=("service_no", "max"), rows=("service_no", "size"))
not_seen = (seen.top - seen.rows).sum()


# %% 3.7 wrong: all rows added up -> registrant 7 has at least four services
def services_behind(table):
    return int(table.service_no.sum())


not_seen = services_behind(numbers) - len(numbers)


# %% 3.7 wrong: the rows
def services_behind(table):
    return len(table)


not_seen = services_behind(numbers) - len(numbers)


# %% 3.7 wrong: the registrants
def services_behind(table):
    return table.subject.nunique()


not_seen = len(numbers) - services_behind(numbers)


# %% 3.7 wrong: the largest number
def services_behind(table):
    return int(table.service_no.max())


not_seen = int(numbers.groupby("subject").service_no.max().sum()) - len(numbers)


# %% 3.7 wrong: the smallest of each
def services_behind(table):
    return int(table.groupby("subject").service_no.min().sum())


not_seen = services_behind(numbers) - len(numbers)


# %% 3.7 wrong: a column -> where one value is asked
def services_behind(table):
    return table.groupby("subject").service_no.max()


not_seen = int(services_behind(numbers).sum()) - len(numbers)


# %% 3.7 wrong: the last of each in the table
def services_behind(table):
    return int(table.groupby("subject").service_no.last().sum())


not_seen = services_behind(numbers) - len(numbers)


# %% 3.7 wrong: the first of each in the table
def services_behind(table):
    return int(table.drop_duplicates("subject").service_no.sum())


not_seen = services_behind(numbers) - len(numbers)


# %% 3.7 wrong: the highest for all
def services_behind(table):
    return int(table.service_no.max()) * table.subject.nunique()


not_seen = services_behind(numbers) - len(numbers)


# %% 3.7 wrong: registrants taken away, not rows
def services_behind(table):
    return int(table.groupby("subject").service_no.max().sum())


not_seen = services_behind(numbers) - numbers.subject.nunique()


# %% 3.7 wrong: nothing taken away -> some of them are in the table
def services_behind(table):
    return int(table.groupby("subject").service_no.max().sum())


not_seen = services_behind(numbers)
