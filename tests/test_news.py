"""News in: reading, coding, what is known, deciding, accepting. No network but 127.0.0.1; test_lab.py has a browser."""

import csv
import dataclasses
import io
import json
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from chainregistry import checks, cli, news
from chainregistry import data as data_package
from chainregistry.news import measure, places, store
from chainregistry.official import fetch


@pytest.fixture(scope="module")
def coder(data):
    return news.Coder(data)


KEYS = {
    "title", "url", "publisher", "date", "date_precision", "country", "province", "province_code", "city", "level",
    "body", "sector", "kind", "stage", "digital_yuan", "incentive", "why", "nearest",
}  # fmt: skip
TITLE = "Hangzhou Internet Court launches blockchain evidence platform"
URL = "https://example.org/court"
FIELDS = {"title": TITLE, "date": "2018-09-18", "source": "Example Daily", "url": URL, "text": "It is in Zhejiang."}


def run(*arguments):
    return CliRunner().invoke(cli.main, ["news", *map(str, arguments)])


def table(rows=(FIELDS,), headings=None, encoding="utf-8", separator=",") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(headings or list(FIELDS))
    writer.writerows([list(row.values()) for row in rows])
    return text.getvalue().encode(encoding)


def items(*titles, **more) -> list[dict]:
    return [
        FIELDS | {"title": title, "url": f"https://example.org/{n}", "text": ""} | more
        for n, title in enumerate(titles)
    ]


def workbook() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Export of 1 document"])
    for row in (["Headline", "Publication Date", "Publication", "Link", "Abstract"], list(FIELDS.values())):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Example Daily</title><item>
<title>{TITLE.replace("launches", "&lt;b&gt;launches&lt;/b&gt;")}</title><link>{URL}</link>
<pubDate>Tue, 18 Sep 2018 09:00:00 +0800</pubDate>
<description>It is&amp;nbsp;in &lt;a href="x"&gt;Zhejiang&lt;/a&gt;.</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Example Daily</title><entry><title>{TITLE}</title>
<link href="{URL}"/><updated>2018-09-18T01:00:00Z</updated><summary>It is in Zhejiang.</summary></entry></feed>"""
GDELT = {"url": URL, "title": TITLE, "seendate": "20180918T010000Z", "domain": "Example Daily", "language": "English"}
SOURCES = {
    "rss": RSS.encode(),
    "atom": ATOM.encode(),
    "gdelt.json": json.dumps({"articles": [GDELT]}).encode(),
    "gdelt.csv": table([GDELT], list(GDELT)),
    "ris": f"TY  - NEWS\nTI  - {TITLE}\nT2  - Example Daily\nDA  - 2018/09/18\nUR  - {URL}\nER  - \n".encode(),
    "bib": (
        f"@article{{a, title = {{{{{TITLE}}}}}, journal = {{Example Daily}}, date = {{2018-09-18}}, url = {{{URL}}}}}"
    ).encode(),
    "csv": table(),
    "semicolons": table(separator=";"),
    "chinese headings, GB 18030": table(headings=["标题", "日期", "来源", "链接", "摘要"], encoding="gb18030"),
    "traditional headings, UTF-16": table(headings=["標題", "發佈日期", "媒體", "網址", "內容"], encoding="utf-16"),
    "xlsx": workbook(),
}


@pytest.mark.parametrize("name", SOURCES)
def test_each_format_comes_to_the_same_candidate(tmp_path, name):
    (tmp_path / "source").write_bytes(SOURCES[name])
    result = run(tmp_path / "source", "--json")
    assert result.exit_code == 0, result.stderr
    (found,) = json.loads(result.stdout)
    assert set(found) == KEYS
    told = {key: found[key] for key in KEYS - {"why", "nearest"}}
    assert told == {
        "title": TITLE, "url": URL, "publisher": "Example Daily", "date": "2018-09-18", "date_precision": "day",
        "country": "China", "province": "zhejiang", "province_code": "33", "city": "Hangzhou", "level": "court",
        "body": "Hangzhou Internet Court", "sector": "judiciary", "kind": "deployment", "stage": "live",
        "digital_yuan": "", "incentive": "",
    }  # fmt: skip
    assert found["nearest"]["event"] == "e133" and found["nearest"]["score"] > 80
    assert list(tmp_path.iterdir()) == [tmp_path / "source"], "--json alone writes nothing"


def zip_bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for n in range(5):
            file.writestr(f"xl/{n}.xml", b"0" * 100_000_000)
    return content.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>'
LEAK = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>'
BAD = {
    "web page": (b"<!DOCTYPE html><html><body>News</body></html>", "is a web page, not a feed"),
    "other XML": (b"<svg/>", "neither RSS nor Atom"),
    "truncated XML": (RSS[:-40].encode(), "broken XML (line 4"),
    "bomb": (BOMB, "declares XML entities"),
    "file of the machine": (LEAK, "declares XML entities"),
    "truncated JSON": (b'{"articles": [{"title": "a"', "broken JSON"),
    "JSON of something else": (b'{"title": "a"}', "without a list of articles"),
    "nested JSON": (b"[" * 100_000, "broken JSON"),
    "truncated RIS": (b"TY  - NEWS\nTI  - a\n", "breaks off"),
    "truncated BibTeX": (b"@article{a, title = {x", "broken BibTeX"),
    "no title": (table(headings=["a", "b", "c", "d", "e"]), "has no heading title, headline or 标题"),
    "a title alone": (b"title\nA court uses a chain\n", "has one column only"),
    "same heading twice": (table(headings=["title", "date", "Title", "url", "text"]), "heading 'title' twice"),
    "cells without headings": (b"title,date\na,b,c\n", "line 2 has 3 cells, but 2 headings"),
    "open quote": (b'title,date\n"a,2020\n', "broken CSV"),
    "wrong encoding": ("title,date\ncafé,é\n".encode("latin-1"), "neither in UTF-8 nor in GB 18030"),
    "zero bytes": (b"title,date\n\x00\x00,\n", "zero bytes"),
    "empty": (b" \n", "is empty"),
    "PDF": (b"%PDF-1.7", "is a PDF"),
    "no workbook": (b"PK\x03\x04 not a zip", "no readable XLSX"),
    "workbook bomb": (zip_bomb, "unpacks to more than"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_source_is_refused_in_one_line_and_nothing_is_written(tmp_path, name):
    content, words = BAD[name]
    (tmp_path / "good").write_bytes(table())
    (tmp_path / "bad").write_bytes(content() if callable(content) else content)
    result = run(tmp_path / "good", tmp_path / "bad", "--out", tmp_path / "out" / "candidates.csv")
    assert result.exit_code == 2 and result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: bad: ") and words in line
    assert not list((tmp_path / "out").iterdir())


def test_an_answer_without_articles_is_no_error(tmp_path):
    (tmp_path / "gdelt").write_bytes(b"{}")
    result = run(tmp_path / "gdelt", "--json")
    assert result.exit_code == 0 and json.loads(result.stdout) == [] and "0 items read" in result.stderr


def test_sources_that_cannot_be_had(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "MAX_BYTES", 100)
    (tmp_path / "large").write_bytes(b"x" * 101)
    for source, words in ((tmp_path / "large", "larger than"), (tmp_path, "not a file"), ("ftp://a/b", "only http")):
        result = run(source, "--json")
        assert result.exit_code == 2 and words in result.stderr and result.stdout == ""


@pytest.mark.parametrize(
    ("title", "text", "province", "city"),
    [
        ("Suzhou launches a blockchain platform", "", "", ""),
        ("Suzhou launches a blockchain platform", "The city lies in Jiangsu.", "jiangsu", "Suzhou"),
        ("Suzhou launches a blockchain platform", "The Anhui city said so.", "anhui", "Suzhou"),
        ("Suzhou's Xiangcheng district tries a blockchain", "", "jiangsu", "Suzhou"),
        ("Taizhou government tests a blockchain", "It is next to Hangzhou.", "zhejiang", "Taizhou"),
        ("泰州市上线区块链平台", "", "jiangsu", "Taizhou"),
        ("臺州市上線區塊鏈平台", "", "zhejiang", "Taizhou"),
        ("Chaoyang district court uses blockchain evidence", "", "", ""),
        ("Beijing's Chaoyang district court uses blockchain evidence", "", "beijing", "Beijing"),
        ("鼓楼区启用区块链公证平台", "", "", ""),
        ("福州市鼓楼区启用区块链公证平台", "", "fujian", "Fuzhou"),
        ("Golmud government tests a blockchain", "", "qinghai", "Haixi"),
        ("霍尔果斯市试点区块链发票", "", "xinjiang", "Ili"),
        ("石河子市上线区块链平台", "", "xinjiang", "Shihezi"),
        ("仙桃市上线区块链平台", "", "hubei", "Xiantao"),
        ("杭州余杭区块链发票上线", "", "zhejiang", "Hangzhou"),
        ("海南上线“链上海南”区块链政务平台", "", "hainan", ""),
        ("Shanxi tax bureau tests blockchain", "", "shanxi", ""),
        ("Shaanxi tax bureau tests blockchain", "", "shaanxi", ""),
        ("Beijing bans initial coin offerings", "China's regulators acted.", "", ""),
        ("Shanghai and Guangdong courts share a blockchain", "", "", ""),
        ("Zhejiang government adopts blockchain with Shanghai as a model", "", "zhejiang", ""),
        ("State Grid tests blockchain", "HANGZHOU, Nov. 1 (Xinhua) -- The firm said so.", "", ""),
        ("Bank of Beijing joins a blockchain of China's central bank", "", "", ""),
        ("某法院链上存证，京网信备11010519864491550014号", "", "beijing", "Beijing"),
    ],
)
def test_places(coder, title, text, province, city):
    codes = coder.code(news.Item(title, text=text))
    assert (codes.values["province"], codes.values["city"]) == (province, city)
    assert bool(province) == ("province" in codes.why)


def test_the_english_name_of_a_county():
    names = {
        "浦东新区": "Pudong New Area",
        "长沙县": "Changsha",
        "台州市": "Taizhou",
        "鄂温克族自治旗": "Ewenkezuzizhiqi",
    }
    assert {name: places.english(name) for name in names} == names


@pytest.mark.parametrize(
    ("title", "kind", "stage", "sector", "level"),
    [
        (
            "Shenzhen Tax Service issues first blockchain invoice",
            "deployment",
            "live",
            "tax-invoicing",
            "central-branch",
        ),
        ("深圳市税务局开出首张区块链电子发票", "deployment", "live", "tax-invoicing", "central-branch"),
        ("深圳市税务局：区块链电子发票突破5800万张", "tally", "live", "tax-invoicing", "central-branch"),
        ("Tianjin port pilots blockchain customs clearance", "deployment", "pilot", "logistics-trade", "provincial"),
        (
            "Guangzhou plans a blockchain e-licence system",
            "deployment",
            "announced",
            "government-services",
            "prefecture",
        ),
        ("湖南省印发《湖南省区块链发展总体规划》", "policy", "policy", "other", "provincial"),
        ("Hebei party secretary calls for blockchain", "statement", "policy", "other", "provincial"),
        ("内蒙古清退虚拟货币“挖矿”企业", "restriction", "policy", "energy", "provincial"),
        ("CAC publishes second batch of registered blockchain services", "registration", "other", "other", "national"),
        ("Nanjing sets up a 10 billion yuan blockchain fund", "funding", "funding", "other", "prefecture"),
        ("苏州相城区发放数字人民币红包", "deployment", "pilot", "digital-currency", "county"),
        ("ICBC publishes a blockchain white paper", "market", "other", "", "state-owned"),
        ("成都高新区拟建区块链产业园", "policy", "announced", "other", "county"),
    ],
)
def test_codes_and_their_words(coder, title, kind, stage, sector, level):
    codes = coder.code(news.Item(title))
    values = codes.values
    assert (values["kind"], values["stage"], values["sector"], values["level"]) == (kind, stage, sector, level)
    for column, why in codes.why.items():
        assert why["in"] == "title" and title[why["at"] :].startswith(why["word"]), column


def test_a_new_sector_takes_keywords_that_the_news_gave_to_another(data, coder):
    """As sectors.csv grows, its words hold before those of the code; those of other sectors stay what they were."""
    item, other = news.Item("杭州慈善区块链平台上线"), news.Item("杭州上线农民工工资区块链平台")
    assert {coder.code(one).values["sector"] for one in (item, other)} == {"public-welfare"}
    chinese, english = data.sectors.keywords_zh, data.sectors.keywords_en
    moved = data.sectors.assign(
        keywords_zh=chinese.str.replace("慈善捐赠|", "").str.replace("慈善|", ""),
        keywords_en=english.str.replace("charity|", ""),
    )
    added = moved.iloc[:1].assign(sector="charity", yields_to="", keywords_zh="慈善", keywords_en="charities")
    grown = news.Coder(dataclasses.replace(data, sectors=pd.concat([added, moved])))
    assert grown.code(item).values["sector"] == "charity"
    assert grown.code(other).values["sector"] == "public-welfare"


def test_codes_keep_to_the_vocabulary_of_the_package(data, coder):
    fields = next(r for r in data.description["resources"] if r["name"] == "events")["schema"]["fields"]
    allowed = {
        field["name"]: field["constraints"]["enum"] for field in fields if "enum" in field.get("constraints", {})
    }
    for row in data.events.itertuples():
        values = coder.code(news.Item(row.title, text=row.summary, date=row.date)).values
        for column in ("level", "sector", "kind", "stage", "date_precision"):
            assert not values[column] or values[column] in allowed[column]


@pytest.mark.parametrize(
    ("printed", "text", "date", "precision"),
    [
        ("2019年11月3日", "", "2019-11-03", "day"),
        ("20191103T101500Z", "", "2019-11-03", "day"),
        ("Sun, 03 Nov 2019 23:30:00 -0500", "", "2019-11-03", "day"),
        ("Nov 3, 2019", "", "2019-11-03", "day"),
        ("13/11/2019", "", "2019-11-13", "day"),
        ("3/11/2019", "", "2019", "year"),
        ("2019-11", "", "2019-11", "month"),
        ("2019-11-03", "10月28日，杭州区块链平台上线。", "2019-10-28", "day"),
        ("2019-11-03", "On December 28 Hangzhou will open it.", "2019-11-03", "day"),
        ("2019-02-30", "", "2019-02", "month"),
        ("yesterday", "", "", ""),
        ("2999-01-01", "", "", ""),
    ],
)
def test_dates(coder, printed, text, date, precision):
    values = coder.code(news.Item("杭州上线区块链电子发票", date=printed, text=text)).values
    assert (values["date"], values["date_precision"]) == (date, precision)


def test_what_is_left_out_is_counted_by_reason(tmp_path):
    titles = [
        "Football in Hangzhou", "Seoul city government opens a blockchain", "Ant opens a blockchain in Hangzhou",
        "Ant sells a blockchain platform", TITLE, TITLE,
    ]  # fmt: skip
    (tmp_path / "a.csv").write_bytes(table([*items(*titles[:5]), items(*titles)[4]]))
    result = run(tmp_path / "a.csv", "--json")
    assert [found["title"] for found in json.loads(result.stdout)] == [TITLE]
    for words in (
        "6 items read, 1 candidate", "1 not about blockchain", "1 about another country", "1 about no public body",
        "1 nothing says that it is about mainland China", "1 seen before",
    ):  # fmt: skip
        assert words in result.stderr


def test_hostile_text_stays_text(tmp_path, data):
    title = "<script>alert(1)</script>Hangzhou court &lt;img src=x onerror=alert(2)&gt;launches blockchain\u202e"
    bad = items(title, text="</p><script>alert(3)</script>", source="=cmd|' /C calc'!A0", url="javascript:alert(4)")
    (tmp_path / "a.csv").write_bytes(table(bad))
    out = tmp_path / "candidates.csv"
    assert run(tmp_path / "a.csv", "--out", out).exit_code == 0
    (row,) = store.rows(out)
    assert row["title"] == "Hangzhou court launches blockchain" and row["url"] == "" and row["text"] == ""
    assert "'=cmd" in out.read_text(encoding="utf-8") and row["publisher"].startswith("=cmd")
    row |= {"title": "<img src=x onerror=alert(5)>", "text": "<b>", "url": 'https://a.b/"><script>'}
    store.save(out, [row])
    shown = news.panel(data, out).shown.value
    assert "<img" not in shown and "<script" not in shown and "<b>&lt;" not in shown and "&lt;b&gt;" in shown


def test_items_of_one_act_are_one_group_and_seen_items_are_not_shown_again(tmp_path):
    titles = [
        TITLE,
        "Internet court in Hangzhou launches evidence platform on blockchain",
        "Guiyang publishes blockchain white paper",
    ]
    (tmp_path / "a.csv").write_bytes(table(items(*titles)))
    out = tmp_path / "c" / "candidates.csv"
    result = run(tmp_path / "a.csv", "--out", out)
    assert "3 candidates, 2 acts" in result.stdout
    groups = [row["group"] for row in store.rows(out)]
    assert groups[0] == groups[1] != groups[2]
    before = out.read_bytes()
    assert "3 seen before" in run(tmp_path / "a.csv", "--out", out).stdout and out.read_bytes() == before


def test_ctrl_c_keeps_what_was_read(tmp_path, data):
    (tmp_path / "a.csv").write_bytes(table(items(*(f"{TITLE} {n}" for n in range(9)))))
    seen = iter(range(9))

    def report():
        if next(seen) == 4:
            raise KeyboardInterrupt

    out = tmp_path / "candidates.csv"
    result = news.collect(data, [str(tmp_path / "a.csv")], out, report)
    assert result.interrupted and len(list(store.rows(out))) == 4
    assert not list(tmp_path.glob(".*")), "no half-written file"
    assert len(list(store.rows(out))) + news.collect(data, [str(tmp_path / "a.csv")], out).candidates == 9


class Feed(BaseHTTPRequestHandler):
    """Serves RSS with an ETag, an endless answer, and an error."""

    def do_GET(self):
        if self.path == "/feed" and self.headers.get("If-None-Match") == '"1"':
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(500 if self.path == "/error" else 200)
        self.send_header("ETag", '"1"')
        self.end_headers()
        if self.path == "/feed":
            self.wfile.write(RSS.encode())
        while self.path == "/endless":
            try:
                self.wfile.write(b"x" * 10_000)
            except OSError:
                break
        if self.path == "/slow":
            threading.Event().wait(3)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Feed) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_feed_from_an_address_is_asked_whether_it_changed(tmp_path, server):
    out = tmp_path / "candidates.csv"
    assert "1 candidate" in run(f"{server}/feed", "--out", out).stdout
    assert "not changed since the last run" in run(f"{server}/feed", "--out", out).stdout
    out.unlink()
    assert "1 candidate" in run(f"{server}/feed", "--out", out).stdout, "without the file nothing counts as seen"


def test_servers_that_fail(server, monkeypatch):
    monkeypatch.setattr(fetch, "MAX_BYTES", 100_000)
    monkeypatch.setattr(fetch, "TIMEOUT", (1, 0.3))
    for path, words in (("error", "answered 500"), ("endless", "larger than"), ("slow", "did not answer in time")):
        result = run(f"{server}/{path}", "--json")
        assert result.exit_code == 2 and words in result.stderr and result.stderr.count("\n") == 1
    assert "cannot be reached" in run("http://127.0.0.1:1/", "--json").stderr


@pytest.fixture
def decided(tmp_path):
    """A file of candidates that all say yes: two items of one act, one of another."""
    titles = [TITLE, "Internet court in Hangzhou launches evidence platform on blockchain", "贵阳市发布区块链白皮书"]
    (tmp_path / "a.csv").write_bytes(table(items(*titles)))
    out = tmp_path / "candidates.csv"
    run(tmp_path / "a.csv", "--out", out)
    store.save(out, [row | {"accept": "yes"} for row in store.rows(out)])
    return out


def test_half_a_character_of_json_is_passed_over(tmp_path):
    (tmp_path / "a.json").write_text(r'{"articles": [{"title": "杭州区块链\ud800平台"}]}', encoding="utf-8")
    assert run(tmp_path / "a.json", "--out", tmp_path / "candidates.csv").exit_code == 0


@pytest.mark.parametrize("why", ["[]", '{"date": 3}', "{"])
def test_a_reason_that_somebody_wrote_over_hinders_no_acceptance(data_copy, decided, why):
    store.save(decided, [row | {"why": why} for row in store.rows(decided)][-1:])
    result = run("--accept", decided, "--data", data_copy)
    assert result.exit_code == 0 and "1 event and 1 source added" in result.stdout, result.output


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_accepted_rows_become_events_with_their_sources(data, data_copy, decided):
    result = run("--accept", decided, "--data", data_copy)
    assert result.exit_code == 0, result.stderr
    assert "2 events and 3 sources added" in result.stdout
    assert checks.check(data_copy) == []
    changed = data_package.load(data_copy)
    court, paper = changed.events.iloc[-2], changed.events.iloc[-1]
    assert court.title == TITLE and court.province_code == "33" and court.confidence == "low"
    assert len(court.source_ids.split()) == 2 and court.project_id > max(data.events.project_id)
    assert paper.title == "贵阳市发布区块链白皮书" and paper.kind == "policy" and paper.project_id == ""
    assert int(court.event_id[1:]) == max(int(key[1:]) for key in data.events.event_id) + 1
    assert "It is in Zhejiang" not in (data_copy / "events.csv").read_text(encoding="utf-8")
    assert (data_copy / "events.csv").read_bytes().startswith((data.folder / "events.csv").read_bytes())
    assert {row["accept"] for row in store.rows(decided)} == {court.event_id, paper.event_id}
    assert "nothing to accept" in run("--accept", decided, "--data", data_copy).stdout


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": ""}, "line 4: kind is empty"),
        ({"accept": "perhaps"}, "line 4: accept says 'perhaps'"),
        ({"province": "atlantis"}, "line 4: province says 'atlantis'"),
        ({"province_code": "11"}, "line 4: province says 'guizhou', province_code '11'"),
        ({"same_project_as": "e999"}, "line 4: same_project_as says 'e999'"),
        ({"url": "javascript:alert(1)"}, "line 4: url says"),
        ({"publisher": ""}, "line 4: publisher is empty"),
        ({"sector": "football"}, "events.csv, row"),
        ({"date": "2020-13-45"}, "2020-13-45"),
    ],
)
def test_a_refused_row_is_named_and_nothing_is_written(data_copy, decided, change, words):
    rows = list(store.rows(decided))
    rows[2] |= change
    store.save(decided, rows)
    before, file = contents(data_copy), decided.read_bytes()
    result = run("--accept", decided, "--data", data_copy)
    assert result.exit_code == 2 and words in result.stderr
    assert contents(data_copy) == before and decided.read_bytes() == file


def test_the_panel_writes_each_answer_and_change_at_once(data, decided):
    store.save(decided, [row | {"accept": ""} for row in store.rows(decided)])
    panel = news.panel(data, decided)
    panel.controls["sector"].value = "finance"
    panel.decide("yes")
    panel.controls["kind"].value = ""
    panel.keys.pressed = ["y", 1]
    assert "Fill first: kind" in panel.message.value
    panel.keys.pressed = ["n", 2]
    panel.controls["province"].value = "beijing"
    panel.controls["same_project_as"].value = True
    rows = list(store.rows(decided))
    assert [row["accept"] for row in rows] == ["yes", "no", ""]
    assert rows[0]["sector"] == "finance" and rows[2]["province_code"] == "11" and rows[2]["same_project_as"][0] == "e"
    again = news.panel(data, decided)
    assert again.row["id"] == rows[2]["id"], "a new kernel goes on where the old one ended"
    again.buttons["later"].click()
    assert "--accept" in again.message.value
    assert news.panel(data, decided).row["id"] == rows[2]["id"], "later comes again when nothing is open"


def test_without_candidates_the_panel_says_how_to_make_some(data, tmp_path):
    assert "chainregistry news SOURCE" in news.panel(data, tmp_path / "none.csv").message.value


@pytest.mark.parametrize("arguments", [[], ["a.csv", "--accept", "b.csv"], ["--accept", "b.csv", "--json"]])
def test_unclear_orders_are_refused(arguments):
    assert run(*arguments).exit_code == 2


def test_accuracy_is_measured_on_what_did_not_tune_the_rules(data):
    """The sets share no leading source, and the table says of each code how much is decided and how often rightly."""
    tuned = measure.tuning(data.events)
    first = data.events.source_ids.str.split().str[0]
    assert not set(first[tuned]) & set(first[~tuned]) and tuned.any() and not tuned.all()
    found = measure.measured(data).set_index(["set", "column"])
    rest = found.loc["rest"]
    assert rest.right_share["province"] > 0.95 and rest.share_decided["province"] > 0.8
    assert rest.right_share["sector"] > 0.8 and rest.right_share["kind"] > 0.8 and rest.right_share["stage"] > 0.7
    assert (found.right <= found.decided).all() and (found.right_low <= found.right_share).all()
    shown = news.accuracy(data)
    assert list(shown.columns) == ["measured_on", "question", "decided", "right_of_all_decided"]
    assert not shown["measured_on"].str.contains("were tuned on").any()


def test_a_code_that_contradicts_counts_as_wrong_and_an_empty_one_as_undecided():
    told = {"country": "China", "province": "hainan", "city": "", "level": "court", "sector": "other", "kind": "policy"}
    table = pd.DataFrame([told | {"stage": "policy", "digital_yuan": False, "incentive": False}] * 3)
    table = table.assign(set="headlines", relevant=[True, True, False])
    found = table[measure.COLUMNS].assign(left_out=["", "no public body", ""], digital_yuan="", incentive="")
    found.loc[0, ["province", "sector"]] = ["hebei", ""]
    scores = measure.scores(table, found).set_index("column")
    assert tuple(scores.loc["relevant", ["items", "decided", "right"]]) == (2, 2, 1)
    assert tuple(scores.loc["province", ["items", "decided", "right"]]) == (2, 1, 0)
    assert tuple(scores.loc["kind", ["items", "decided", "right"]]) == (2, 1, 1)
    assert tuple(scores.loc["sector", ["items", "decided", "right"]]) == (2, 0, 0)


def test_headlines_of_another_person_are_measured_first(data):
    rows = pd.DataFrame(
        [{"title": TITLE, "date": "2018-09-18", "text": "", "true_country": "China", "true_level": "court"}]
        * measure.ENOUGH
    )
    shown = news.accuracy(
        dataclasses.replace(data, headlines=rows.assign(true_province="zhejiang", true_kind="policy"))
    )
    first = shown[shown["measured_on"] == measure.SETS["headlines"]].set_index("question").right_of_all_decided
    assert first["province"].startswith(f"100% of {measure.ENOUGH} ") and first["kind of event"].startswith(
        f"0% of {measure.ENOUGH} "
    )
    assert shown["measured_on"].iloc[0] == measure.SETS["headlines"]
