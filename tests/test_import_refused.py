"""What is no list of this register, or in a format that is not read: refused by name, with a way out."""

import oddities
import printed
import pytest
import word_lists
from click.testing import CliRunner
from oddities import GRID

from chainregistry.cli import main


def other_register(title: str, heads: str, row: str) -> bytes:
    text = "".join(f"<tr>{oddities.tags(line.split())}</tr>" for line in (heads, row))
    return oddities.page(f"<p>{title}</p><table>{text}</table>")


REFUSED = {
    "algorithms.html": (
        lambda: other_register(
            "境内互联网信息服务算法备案清单",
            "序号 算法名称 主体名称 备案编号",
            "1 推荐算法 某公司 网信算备110105219685401240017号",
        ),
        "a list of algorithm filings (网信算备), which is another register",
    ),
    "deep.html": (
        lambda: other_register(
            "境内深度合成服务算法备案清单",
            "序号 算法名称 主体名称 备案编号",
            "1 合成算法 某公司 网信算备110105219685401240017号",
        ),
        "a list of deep synthesis services (深度合成)",
    ),
    "generative.html": (
        lambda: other_register(
            "生成式人工智能服务已备案信息", "序号 属地 模型名称 备案单位 备案时间", "1 北京 某模型 某公司 2023-08-31"
        ),
        "a list of generative AI services (生成式人工智能服务备案), which is another register",
    ),
    "embedded.docx": (word_lists.embedded_in_word, "only embeds another document (altChunk)"),
    "hidden.xlsx": (oddities.only_hidden, "stand only in the hidden sheet 清单: make that visible"),
    "old.xls": (
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "an XML Spreadsheet 2003 (often called .xls): save it as XLSX",
    ),
    "archive.xls": (
        lambda: (
            b'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="--x"\r\n\r\n'
        ),
        "a web archive",
    ),
    "word.doc": (
        lambda: (
            b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
        ),
        "a Word 2003 XML document: save it as DOCX",
    ),
    "flat.xml": (lambda: b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>', "flat XML"),
    "text.rtf": (lambda: rb"{\rtf1\ansi}", "an RTF file: save it as DOCX"),
    "sheet.ods": (lambda: oddities.archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "(.ods): save"),
    "binary.xlsb": (lambda: oddities.archive(xl__workbook_dot_bin=""), "(.xlsb): save it as XLSX"),
    "slides.pptx": (lambda: oddities.archive(ppt__presentation_dot_xml="<a/>"), "a presentation (.pptx)"),
    "onward.html": (
        lambda: oddities.page("", "<META HTTP-EQUIV='Refresh' CONTENT='0;URL=/2020-04/24/c_1.htm'>"),
        "sends on to another address: import /2020-04/24/c_1.htm instead (on the site that",
    ),
    "script.html": (
        lambda: oddities.page("<script>window.location.href = '/c_2.htm';</script>"),
        "import /c_2.htm instead",
    ),
    "links.html": (
        lambda: oddities.page(
            "<a href='/cms/downloadfile.jsp?id=1'>附件1</a><a href='b.docx'>附件2</a>"
            "<table><tr><td>京ICP备19012345号</td></tr></table>"
        ),
        "try the address /cms/downloadfile.jsp?id=1 (2 links; others: b.docx)",
    ),
    "base.html": (
        lambda: oddities.page("<a href='3.pdf'>附件</a>", "<base href='http://a.example/b/'>"),
        "try the address http://a.example/b/3.pdf",
    ),
    "no-address.html": (
        lambda: oddities.page("<a href='http://[x/3.pdf'>附件</a>", "<base href='http://[y'>"),
        "try the address http://[x/3.pdf",
    ),
    "pages.html": (
        lambda: oddities.page("<a href='c_3.htm'>境内区块链信息服务备案清单</a>"),
        "pages that may: try c_3.htm",
    ),
    "big5.csv": (
        lambda: oddities.separated(
            ",", "big5", [oddities.OLD_HEADS, ["1", "甲", "乙", "京網信備11010519864491550014號"]]
        ),
        "reads 序號 | 主體名稱 | 服務名稱 | 備案編號; name",
    ),
    "columns.pdf": (lambda: printed.pdf(printed.without_rows), "table without lines between its rows"),
    "headless.html": (lambda: oddities.web_table(oddities.web_rows()[1:]), "has no row of headings"),
    "renamed.html": (
        lambda: oddities.web_table(["<tr><td>甲</td><td>乙</td></tr>", *oddities.web_rows()[1:]]),
        "reads 甲 | 乙",
    ),
    "unmapped.pdf": (printed.unmapped_headings, "a font that does not say which characters it shows"),
    "unclosed.csv": (
        lambda: oddities.separated(",", lines=[*GRID, ["7", '"某公司', "a", "b", "c"]]),
        "line 8: a quotation mark",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_named_with_a_way_out(name, tmp_path):
    make, why = REFUSED[name]
    (tmp_path / name).write_bytes(make())
    folder = tmp_path / "data"
    folder.mkdir()
    result = CliRunner().invoke(main, ["import", str(tmp_path / name), "--batch", "3", "--data", str(folder)])
    assert result.exit_code == 2 and why in result.stderr, result.output
    assert result.stderr.startswith(f"Error: {name}: ") and result.stderr.count("\n") == 1
    assert not any(folder.iterdir())
