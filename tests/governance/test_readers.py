"""Ballot files: what each format may look like, and how errors are told."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tierslieux_governance_domain import readers
from tierslieux_governance_domain.ballots import OVERVOTE, BallotError
from tierslieux_governance_domain.readers import FormatError
from tierslieux_governance_domain.tally import METHODS, tally

few = settings(max_examples=100, deadline=None)


def read(name, text):
    return readers.read(name, text.encode() if isinstance(text, str) else text)


def refusal(name, text):
    with pytest.raises(FormatError) as error:
        read(name, text)
    return error.value


SCOTTISH = """\
3,2,
5,1,2,
4,2,
1,3,1,2,
"Candidate 1","Ann O'Hara, MBE","Labour (Lab)",
"Candidate 2","Bob","Green (Gr)",
"Candidate 3","Cy","Independent (Ind)",
"Calton ward",
"""
VARIANTS = {
    "as published": SCOTTISH,
    "BOM and CRLF": "\ufeff" + SCOTTISH.replace("\n", "\r\n"),
    "blank lines": SCOTTISH.replace("4,2,\n", "4,2,\n\n,,,\n") + "\n\n\n",
    "no ward": SCOTTISH.replace('"Calton ward",\n', ""),
    "ward in doubled quotation marks": SCOTTISH.replace(
        '"Calton ward"', '""Ward 11 - Bishopton, Bridge of Weir""'
    ),
    "no parties": SCOTTISH.replace(',"Labour (Lab)"', "").replace(',"Green (Gr)"', ""),
    "no numbers": SCOTTISH.replace('"Candidate 1",', "")
    .replace('"Candidate 2",', "")
    .replace('"Candidate 3",', ""),
    "no trailing commas": SCOTTISH.replace(",\n", "\n"),
    "old line ends": SCOTTISH.replace("\n", "\r"),
    "equal ballots apart": SCOTTISH.replace("5,1,2,\n", "2,1,2,\n3,1,2,\n"),
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_scottish(text):
    profile = read("ward.csv", text)
    assert profile.candidates == ("Ann O'Hara, MBE", "Bob", "Cy")
    assert profile.ballots == {(0, 1): 5, (1,): 4, (2, 0, 1): 1}
    assert profile.seats == 2


def test_scottish_without_names():
    profile = read("ward.csv", "".join(SCOTTISH.splitlines(True)[:4]))
    assert profile.candidates == ("Candidate 1", "Candidate 2", "Candidate 3")
    assert profile.notes


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("4,2,", "4,4,", 3),
        ("4,2,", "4,x,", 3),
        ("4,2,", "0,2,", 3),
        ("3,2,\n", "3,0,\n", 1),
        ('"Candidate 2"', '"Candidate 7"', 6),
        ('"Candidate 3","Cy","Independent (Ind)",\n"Calton ward",\n', "", 7),
        ('"Calton ward",', '"Calton ward",\n"And more",', 9),
        ("5,1,2,\n4,2,\n1,3,1,2,\n", "", 2),
    ],
)
def test_scottish_malformed(old, new, line):
    error = refusal("ward.csv", SCOTTISH.replace(old, new))
    assert error.line == line
    assert str(error).startswith(f"line {line}: expected ")


COUNTED = """\
count,"ranking (first to last, separated by >)"
3,Ann > "Bob" ,
2,$OVERVOTE>$UNDERVOTE
2,Write-in>Ann
1,
"""


def test_counts_and_rankings():
    text = 'Count,ranking\r\n3,"Ann, MBE>Bob"\r\n2,Bob>$OVERVOTE>Write-in\r\n1,\r\n'
    profile = read("mayor.csv", text)
    assert profile.candidates == ("Ann, MBE", "Bob", "Write-in")
    assert profile.ballots == {(0, 1): 3, (1, OVERVOTE, 2): 2, (): 1}
    assert profile.write_in == 2


@pytest.mark.parametrize(
    ("row", "line"),
    [("x,Ann", 3), ("0,Ann", 3), ("2,Ann>>Bob", 3), ("2,Ann,Bob", 3), ("-2,Ann", 3)],
)
def test_counts_and_rankings_malformed(row, line):
    assert refusal("mayor.csv", f"count,ranking\n1,Ann\n{row}\n").line == line


CAST = """\
Cast Vote Record,Precinct,Ballot Style,Mayor 1st Choice (57),Mayor 2nd Choice (58)
1,P1,A,"Mills, Janet",undervote
2,P1,A,overvote,Cote
3,P2,A,skipped,Cote
4,P2,A,,
5,P2,A,Write-in,"Mills, Janet"
6,P2,A,Cote,Cote
"""


def test_cast_votes():
    profile = read("cvr.csv", CAST)
    assert profile.candidates == ("Mills, Janet", "Cote", "Write-in")
    assert profile.ballots == {
        (0,): 1,
        (OVERVOTE, 1): 1,
        (1,): 1,
        (): 1,
        (2, 0): 1,
        (1, 1): 1,
    }
    assert profile.write_in == 2


@pytest.mark.parametrize(
    "heading",
    [
        "rank1,rank2",
        "Rank 1,Rank 2",
        "rank_1,rank_2",
        "1st Choice,2nd Choice",
        "First Choice,Second Choice",
        "1ST CHOICE MAYOR MINNEAPOLIS,2ND CHOICE MAYOR MINNEAPOLIS",
        "DEM Mayor Choice 1 of 5 Citywide (0269),DEM Mayor Choice 2 of 5 Citywide (13)",
        "Rep. to Congress 1st Choice District 2,Rep. to Congress 2nd Choice District 2",
        "Choix 1,Choix 2",
        "1er choix,2e choix",
        "Preference 1,Preference 2",
        "rank1 choice,rank2 choice",
        "1,2",
    ],
)
def test_headings_of_ranks(heading):
    text = f"Ballot,2nd Ward,{heading}\n7,x,Ann,Bob\n8,y,Bob,undervote\n"
    profile = read("cvr.csv", text)
    assert profile.ballots == {(0, 1): 1, (1,): 1}
    first, second = heading.split(",")
    swapped = f"Ballot,{second},{first}\n7,Bob,Ann\n8,undervote,Bob\n"
    assert read("cvr.csv", swapped).ballots == {(0, 1): 1, (1,): 1}


def test_semicolons_between_cells():
    text = CAST.replace('"Mills, Janet"', '"Mills; Janet"').replace(",", ";")
    assert read("cvr.csv", text).ballots == read("cvr.csv", CAST).ballots
    assert read("a.csv", "count;ranking\n3;Ann>Bob, MBE\n").ballots == {(0, 1): 3}


def test_cast_votes_with_counts():
    text = "Precinct,1st Choice,2nd Choice,Count\nP,Ann,XXX,12.0\nP,UWI,Ann,1\n"
    profile = read("cvr.csv", text)
    assert profile.ballots == {(0,): 12, (1, 0): 1}
    assert profile.candidates == ("Ann", "Write-in")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("Ann,Bob\nBob,Ann\n", 1),
        ("rank1,rank3\nAnn,Bob\n", 1),
        ("rank1,rank1\nAnn,Bob\n", 1),
        ("Mayor rank1,Council rank1\nAnn,Bob\n", 1),
        ("rank1,rank2\nAnn,Bob\nAnn,Bob,Cy\n", 3),
        ("rank1,rank2\novervote,skipped\n", 2),
        ("rank1,count\nAnn,many\n", 2),
        ('rank1\n"Ann\n', 2),
        ("rank1,count,ballots\nAnn,1,1\n", 1),
    ],
)
def test_cast_votes_malformed(text, line):
    assert refusal("cvr.csv", text).line == line


def workbook(rows, shared=True):
    """A workbook as small as can be, numbers as numbers."""
    texts, cells = [], []
    for number, row in enumerate(rows, start=1):
        line = ""
        for column, value in enumerate(row):
            if value is None:
                continue
            place = f'r="{chr(65 + column)}{number}"'
            if isinstance(value, (int, float)):
                line += f"<c {place}><v>{value}</v></c>"
            elif shared:
                texts.append(
                    f"<si><r><t>{value[:1]}</t></r><r><t>{value[1:]}</t></r></si>"
                )
                line += f'<c {place} t="s"><v>{len(texts) - 1}</v></c>'
            else:
                line += f'<c {place} t="inlineStr"><is><t>{value}</t></is></c>'
        cells.append(f'<row r="{number}">{line}</row>')
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="CVR" sheetId="1" r:id="rId7"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}">'
        '<Relationship Id="rId7" Target="worksheets/cvr.xml"/></Relationships>',
        "xl/worksheets/cvr.xml": f"<worksheet {main}><sheetData>{''.join(cells)}"
        "</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {main}>{''.join(texts)}</sst>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


TABLE = [
    ["Ballot", "rank1", "rank2", "count"],
    [1, "Ann", "undervote", 2],
    [],
    [2, None, "Bob", 1.0],
    [3, "overvote", None, 4],
]


@pytest.mark.parametrize("shared", [True, False])
def test_workbooks(shared):
    profile = read("cvr.xlsx", workbook(TABLE, shared))
    assert profile.candidates == ("Ann", "Bob")
    assert profile.ballots == {(0,): 2, (1,): 1, (OVERVOTE,): 4}


def test_workbooks_tell_the_row():
    assert refusal("cvr.xlsx", workbook([*TABLE, [4, "Ann", None, "x"]])).line == 6


def test_what_is_no_workbook():
    whole = workbook(TABLE)
    for content in (b"", b"PK\x03\x04", whole[:-40], whole.replace(b"sheets", b"s")):
        assert refusal("cvr.xlsx", content).line is None


def test_workbooks_of_other_makers():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    stream = io.BytesIO()
    book.create_sheet("Legend").append(["rank1", "who is first"])
    book.save(stream)
    profile = read("cvr.xlsx", stream.getvalue())
    assert profile.ballots == {(0,): 2, (1,): 1, (OVERVOTE,): 4}
    assert profile.notes == ("Of 2 sheets the first was read: Sheet.",)


MODERN = """\
# FILE NAME: 00001-00000001.toi
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: Ann: the first
# ALTERNATIVE NAME 2: Bob, MBE
# ALTERNATIVE NAME 3: Cy
# ALTERNATIVE NAME 4: Dee
3: 1,{2,3},4
2: {4}, 1
1: {1, 2, 3, 4}
"""
OLD = """\
4
1,Ann: the first
2,"Bob, MBE"
3,Cy
4,Dee
6,6,3
3,1,{2,3},4
2,{4},1,{}
1,{1,2,3,4}
"""


@pytest.mark.parametrize("text", [MODERN, OLD, "\ufeff" + OLD.replace("\n", "\r\n")])
def test_preflib(text):
    profile = read("00001.toi", text)
    assert profile.candidates == ("Ann: the first", "Bob, MBE", "Cy", "Dee")
    assert profile.ballots == {
        (0, (1, 2), 3): 3,
        (3, 0): 2,
        ((0, 1, 2, 3),): 1,
    }


def test_preflib_write_in():
    profile = read("a.toi", MODERN.replace("3: Cy", "3: Write-in"))
    assert profile.write_in == 2
    assert read("a.toi", MODERN).write_in is None


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("a.soi", "", "", 10),
        ("a.toc", "2: {4}, 1\n", "2: {4}, 1,2\n", 11),
        ("a.toi", "2: {4}, 1", "2: {4}, 5", 11),
        ("a.toi", "2: {4}, 1", "2: {4, 1", 11),
        ("a.toi", "2: {4}, 1", "2: 4,4", 11),
        ("a.toi", "2: {4}, 1", "x: 4", 11),
        ("a.toi", "2: {4}, 1", "2 4,1", 11),
        ("a.toi", "2: {4}, 1", "3: 4,1", 4),
        ("a.toi", "NUMBER ALTERNATIVES: 4", "NUMBER ALTERNATIVES: 5", 3),
        ("a.toi", "# NUMBER ALTERNATIVES: 4\n", "", 1),
        ("a.toi", "ALTERNATIVE NAME 3", "ALTERNATIVE NAME 2", 8),
    ],
)
def test_preflib_malformed(name, old, new, line):
    assert refusal(name, MODERN.replace(old, new)).line == line


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("6,6,3", "6,6", 6), ("3,Cy", "4,Cy", 4), ("6,6,3", "7,7,3", 6)],
)
def test_preflib_old_malformed(old, new, line):
    assert refusal("a.toi", OLD.replace(old, new)).line == line


PB = """\
META
key;value
budget;100,5
vote_type;approval
num_projects;3
num_votes;3
PROJECTS
project_id;cost;name
a1;50;"Garden; and bench"
7;30.25;The "big" tree
x;0;Free
VOTES
voter_id;age;vote
1;30;a1,7
2;;
3;44;x, 7
"""


def test_pabulib():
    profile = read("pb.pb", PB)
    assert profile.candidates == ("a1", "7", "x")
    assert profile.ballots == {(0, 1): 1, (): 1, (1, 2): 1}
    assert float(profile.budget) == 100.5
    assert [float(cost) for cost in profile.costs] == [50, 30.25, 0]
    assert read("pb.pb", "\ufeff" + PB.replace("\n", "\r\n")).ballots == profile.ballots


def test_pabulib_kinds():
    points = (
        PB.replace("approval", "scoring")
        .replace("age;vote", "vote;points")
        .replace("1;30;a1,7", "1;a1,7;3,1.5")
        .replace("2;;", "2")
        .replace("3;44;x, 7", "3;x;2")
    )
    assert read("pb.pb", points).ballots[(0, 3), (1, 1.5)] == 1
    ordinal = read("pb.pb", PB.replace("approval", "ordinal"))
    assert ordinal.ballots[2, 1] == 1
    assert tally(ordinal, "stv", seats=1)["winners"]
    one = PB.replace("approval", "choose-1")
    assert read("pb.pb", one).kind == "approval"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("META\n", "", 1),
        ("key;value", "clef;valeur", 2),
        ("budget;100,5", "budget;0", 3),
        ("budget;100,5", "budget;lots", 3),
        ("budget;100,5\n", "", None),
        ("vote_type;approval", "vote_type;gut feeling", 4),
        ("num_votes;3", "num_votes;4", 6),
        ("num_projects;3", "num_projects;2", 5),
        ("project_id;cost", "id;cost", 8),
        ("a1;50;", "a1;-50;", 9),
        ("7;30.25", "a1;30.25", 10),
        ("1;30;a1,7", "1;30;a1,8", 14),
        ("1;30;a1,7", "1;30;a1,a1", 14),
        ("2;;", "1;;", 15),
        ("VOTES\n", "", 14),
        ("PROJECTS\n", "VOTES\n", 7),
    ],
)
def test_pabulib_malformed(old, new, line):
    assert old in PB
    error = refusal("pb.pb", PB.replace(old, new))
    if old == "VOTES\n":
        assert "project" in str(error) or "VOTES" in str(error)
    else:
        assert error.line == line


def test_encodings():
    latin = SCOTTISH.replace("Bob", "Höfer").encode("cp1252")
    profile = read("ward.csv", latin)
    assert profile.candidates[1] == "Höfer"
    assert profile.notes == ("The text is not UTF-8; it was read as Windows-1252.",)
    assert read("ward.csv", SCOTTISH.encode("utf-16")).seats == 2
    error = refusal("ward.csv", SCOTTISH.replace("Bob", "\x81").encode("latin-1"))
    assert error.line == 6


def test_unknown_extension():
    assert "expected a file named" in str(refusal("votes.ods", "1,2"))


def test_candidates_of_one_name_are_told_apart():
    profile = read("ward.csv", SCOTTISH.replace("Cy", "Bob"))
    assert profile.candidates == ("Ann O'Hara, MBE", "Bob (2)", "Bob (3)")


NAMES = ["a.pb", "a.csv", "a.xlsx", "a.soc", "a.soi", "a.toc", "a.toi"]
REAL = {
    "a.pb": PB.encode(),
    "a.csv": SCOTTISH.encode(),
    "b.csv": COUNTED.encode(),
    "c.csv": CAST.encode(),
    "a.toi": MODERN.encode(),
    "b.toi": OLD.encode(),
    "a.xlsx": workbook(TABLE),
}


def never_a_traceback(name, content):
    """A profile or a refusal; then a count or a refusal, in one sentence each."""
    try:
        profile = readers.read(name, content)
    except FormatError as error:
        assert "\n" not in str(error)
        return
    for method in METHODS:
        try:
            result = tally(profile, method, seed="fuzz")
        except BallotError as error:
            assert "\n" not in str(error)
        else:
            assert len(result["winners"]) <= len(profile.candidates)


@few
@given(st.sampled_from(NAMES), st.binary(max_size=80))
def test_bytes(name, content):
    never_a_traceback(name, content)


@few
@given(st.sampled_from(NAMES), st.text('0123,;:>{}"#\nArank\r\x00é ', max_size=80))
def test_texts(name, text):
    never_a_traceback(name, text.encode())


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(list(REAL)))
def test_damaged_files(data, name):
    content = bytearray(REAL[name])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 12))
        content[place : place + length] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b",", b"\n", b'"', b"9" * 20])
        )
    never_a_traceback(name, bytes(content))


@pytest.mark.parametrize("name", REAL)
def test_cut_files(name):
    for end in range(0, len(REAL[name]), 7):
        never_a_traceback(name, REAL[name][:end])
