"""Readers of data models: what is stated is taken, what is broken is named."""

import base64
import io
import zipfile

import openpyxl
import pytest
from app.features.intents.schemas import Attachment
from app.parsing.declared import DeclaredEntity
from app.parsing.formal import Sources
from app.parsing.spreadsheets import UnusableSpreadsheet, read_spreadsheet

from ..reading import read_sources


def entity(text: str, *attachments: Attachment) -> DeclaredEntity:
    return read_sources(text, attachments).model.entities[0]


def names(found: DeclaredEntity) -> list[str]:
    return [field.name for field in found.fields]


def workbook(rows: list[list[object]], *, merge: str = "") -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode()


ORACLE = """CREATE TABLE TB_ORD (
  ORD_NO VARCHAR2(20 BYTE) NOT NULL, ORD_DT DATE DEFAULT SYSDATE, AMT NUMBER(15,2) DEFAULT 0, CNT NUMBER(5),
  ST CHAR(2) CHECK (ST IN ('01','02')), MEMO CLOB, CONSTRAINT PK_ORD PRIMARY KEY (ORD_NO)) TABLESPACE USERS;
COMMENT ON TABLE TB_ORD IS '주문';
COMMENT ON COLUMN TB_ORD.ORD_NO IS '주문번호';"""
MYSQL = """CREATE TABLE `t` (`id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT '번호', `ok` tinyint(1) DEFAULT '1',
 `kind` enum('a','b'), `price` decimal(12,2), PRIMARY KEY (`id`)) ENGINE=InnoDB COMMENT='물건';"""
MSSQL = """CREATE TABLE [dbo].[Item]([ItemID] [int] IDENTITY(1,1) NOT NULL, [Name] [nvarchar](max) NULL,
 [Ok] [bit] NOT NULL,
 CONSTRAINT [PK_Item] PRIMARY KEY CLUSTERED ([ItemID] ASC))
GO
EXEC sp_addextendedproperty @name=N'MS_Description', @value=N'이름', @level0type=N'SCHEMA', @level0name=N'dbo',
 @level1type=N'TABLE', @level1name=N'Item', @level2type=N'COLUMN', @level2name=N'Name'
GO"""
POSTGRES = """create table a (id bigserial primary key, at timestamptz default now(), doc jsonb, n numeric(10));
create table b (id int primary key, a_id bigint references a(id), constraint fk foreign key (a_id) references a (id));
alter table b add constraint u unique (a_id);"""


def test_oracle_and_tibero() -> None:  # R1.2
    found = entity(ORACLE)
    assert [(f.name, f.type, f.length, f.scale, f.key) for f in found.fields] == [
        ("ORD_NO", "string", 20, None, True),
        ("ORD_DT", "date", None, None, False),
        ("AMT", "decimal", 15, 2, False),
        ("CNT", "integer", 5, None, False),
        ("ST", "code", 2, None, False),
        ("MEMO", "text", None, None, False),
    ]
    assert found.label == "주문"
    assert found.fields[0].label == "주문번호"
    assert [code for code, _ in found.fields[4].values] == ["01", "02"]


def test_mysql() -> None:  # R1.2
    found = entity(MYSQL)
    assert [(f.name, f.type) for f in found.fields] == [
        ("id", "integer"),
        ("ok", "boolean"),
        ("kind", "code"),
        ("price", "decimal"),
    ]
    assert (found.label, found.fields[0].label, found.fields[1].default) == ("물건", "번호", "1")


def test_sql_server() -> None:  # R1.2
    found = entity(MSSQL)
    assert [(f.name, f.type, f.key) for f in found.fields] == [
        ("ItemID", "integer", True),
        ("Name", "text", False),
        ("Ok", "boolean", False),
    ]
    assert found.fields[1].label == "이름"


def test_postgres_with_a_foreign_key() -> None:  # R1.2
    model = read_sources(POSTGRES, []).model
    assert [(f.name, f.type) for f in model.entities[0].fields] == [
        ("id", "integer"),
        ("at", "datetime"),
        ("doc", "text"),
        ("n", "integer"),
    ]
    assert model.entities[1].references[0].parent == "a"


def test_broken_ddl_is_used_as_far_as_it_goes_and_its_lines_are_named() -> None:
    model = read_sources("create table x (\n  a int,\n  oops,\n  b varchar(10) comment 'it''s'\n);\n", []).model
    assert names(model.entities[0]) == ["a", "b"]
    assert model.entities[0].fields[1].label == "it's"
    assert [(problem.code, problem.line) for problem in model.problems] == [("ddl_column_unreadable", 3)]
    nothing = read_sources("create table y (\n\n);", []).model
    assert [problem.code for problem in nothing.problems] == ["ddl_unreadable"]


def test_the_fallback_reads_constraints() -> None:
    model = read_sources(
        "create table x (a int, b int, ???, primary key (a), foreign key (b) references y(c) on delete cascade)", []
    ).model
    found = model.entities[0]
    assert found.fields[0].key
    assert (found.references[0].parent, found.references[0].parent_fields) == ("y", ["c"])


def test_json_fields_schema_and_samples() -> None:  # R1.2
    listed = entity('{"entity":"car","fields":[{"name":"no","type":"string","length":5,"key":true},"model"]} 화면')
    assert (listed.name, names(listed), listed.fields[0].key) == ("car", ["no", "model"], True)
    schema = entity(
        '{"title":"E","properties":{"a":{"type":"number"},"d":{"type":"string","format":"date"}},"required":["a"]}'
    )
    assert [(f.name, f.type, f.required) for f in schema.fields] == [("a", "decimal", True), ("d", "date", False)]
    model = read_sources('{"no": 1, "at": "2024-01-02T03:04:05", "items": [{"sku": "x", "qty": 1.5}]}', []).model
    assert [(item.name, names(item)) for item in model.entities] == [("", ["no", "at"]), ("items", ["sku", "qty"])]


def test_yaml_in_a_fence_and_bare() -> None:  # R1.2
    fenced = entity("```yaml\nname: s\nfields:\n  code: string(20) key\n  ok: boolean\n```")
    assert [(f.name, f.type, f.key) for f in fenced.fields] == [("code", "string", True), ("ok", "boolean", False)]
    bare = entity("table: r\ncolumns:\n  - name: no\n    type: varchar(10)\n    key: true\n화면 만들어줘")
    assert names(bare) == ["no"]
    bomb = Attachment(name="bomb.yaml", content="a: &a [x]\nfields:\n  - *a\n")
    assert read_sources("화면", [bomb]).model.entities == []


def test_mermaid_with_a_relation() -> None:  # R1.2
    model = read_sources(
        'erDiagram\n  A ||--o{ B : has\n  A {\n int id PK "번호"\n }\n  B {\n int no PK\n int id FK\n }', []
    ).model
    assert [(item.name, names(item)) for item in model.entities] == [("A", ["id"]), ("B", ["no", "id"])]
    assert model.entities[1].references[0].parent == "A"
    assert model.entities[0].fields[0].label == "번호"


def test_a_query_gives_fields_and_conditions() -> None:  # R1.2
    sources = read_sources(
        "SELECT m.id, count(*) AS cnt, sum(m.x) total, cast(m.d as date) d FROM tb_m m WHERE m.name = #{name} 조회", []
    )
    found = sources.model.entities[0]
    assert [(f.name, f.type) for f in found.fields] == [
        ("id", None),
        ("cnt", "integer"),
        ("total", "decimal"),
        ("d", "date"),
    ]
    assert sources.searched == ["name"]
    assert read_sources("select an item from the list", []).model.entities == []


def test_java_and_typescript() -> None:  # R1.2
    java = read_sources(
        'class Order { @Id private Long id; @Column(name="ord_nm", length=20, nullable=false) private String name;'
        " private Status status; private List<Item> items; private static final int X = 1;"
        ' enum Status { NEW("신규"), DONE("완료") } }\nclass Item { private String sku; }',
        [],
    ).model
    order = java.entities[0]
    assert [(f.name, f.type, f.length, f.key) for f in order.fields] == [
        ("id", "integer", None, True),
        ("ord_nm", "string", 20, False),
        ("status", "code", None, False),
    ]
    assert order.fields[2].values == [("NEW", "신규"), ("DONE", "완료")]
    assert java.entities[1].references[0].parent == "Order"
    typescript = entity(
        "interface T {\n  id: string; // 번호\n  kind: 'a' | 'b';\n  at?: Date;\n"
        "  n: number | null;\n  tags: string[];\n}"
    )
    assert [(f.name, f.type) for f in typescript.fields] == [
        ("id", "string"),
        ("kind", "code"),
        ("at", "date"),
        ("n", "decimal"),
        ("tags", "string"),
    ]
    record = entity("public record Book(@Id Long id, String title) {}")
    assert [(f.name, f.type, f.key) for f in record.fields] == [("id", "integer", True), ("title", "string", False)]


def test_markdown_and_csv_column_lists() -> None:  # R1.2
    markdown = entity(
        "| 컬럼명 | 한글명 | 타입 | 길이 | 필수 |\n|---|---|---|---|---|\n| A_NO | 번호 | NUMBER | 10,2 | Y |\n"
    )
    field = markdown.fields[0]
    assert (field.name, field.label, field.type, field.length, field.scale, field.required) == (
        "A_NO",
        "번호",
        "decimal",
        10,
        2,
        True,
    )
    table = Attachment(
        name="x.csv", content="테이블명,컬럼명,타입,PK,코드값\nT1,A,VARCHAR(5),Y,\nT2,B,CHAR(1),,1:예/2:아니오\n"
    )
    model = read_sources("화면", [table]).model
    assert [(item.table, names(item)) for item in model.entities] == [("T1", ["A"]), ("T2", ["B"])]
    assert model.entities[1].fields[0].values == [("1", "예"), ("2", "아니오")]


def test_excel_with_a_merged_title_and_a_formula() -> None:  # R1.2
    rows: list[list[object]] = [
        ["테이블 정의서", None, None],
        ["컬럼명", "타입", "길이"],
        ["EMP_NO", "VARCHAR", 10],
        ["X", "NUMBER", "=1+2"],
    ]
    found = entity("화면", Attachment(name="e.xlsx", content=workbook(rows, merge="A1:C1")))
    assert [(f.name, f.type, f.length) for f in found.fields] == [("EMP_NO", "string", 10), ("X", "decimal", None)]


def test_an_excel_file_with_500_columns_of_data() -> None:
    rows: list[list[object]] = [[f"col{number}" for number in range(500)], list(range(500))]
    assert len(entity("화면", Attachment(name="e.xlsx", content=workbook(rows))).fields) == 500


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    with pytest.raises(UnusableSpreadsheet, match="larger"):
        read_spreadsheet(buffer.getvalue())
    with pytest.raises(UnusableSpreadsheet):
        read_spreadsheet(b"no zip")
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("x", b"y")
    with pytest.raises(UnusableSpreadsheet):
        read_spreadsheet(empty.getvalue())


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment(name="a.xls", content="x"),
        Attachment(name="a.xlsx", content="%%%"),
        Attachment(name="a.txt", content="%", encoding="base64"),
        Attachment(name="a.txt", content="nothing to see"),
        Attachment(name="a.json", content="{"),
        Attachment(name="a.yaml", content="a: [b"),
        Attachment(name="a.csv", content=""),
    ],
)
def test_what_can_not_be_read_is_named(attachment: Attachment) -> None:
    sources: Sources = read_sources("화면", [attachment])
    assert sources.model.entities == []
    assert sources.model.problems[0].code in {"attachment_unreadable", "attachment_ignored"}


def test_korean_excel_writes_csv_in_its_own_code_page() -> None:
    content = base64.b64encode("사번,이름\n1,김\n2,이\n".encode("cp949")).decode()
    assert names(entity("화면", Attachment(name="a.csv", content=content, encoding="base64"))) == ["사번", "이름"]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("사원 화면. 컬럼은 사번(PK), 이름(필수, 50자), 상태(재직/퇴직)", ["사번", "이름", "상태"]),
        ("이름, 전화번호, 주소를 관리하는 화면", ["이름", "전화번호", "주소"]),
        ("with name, phone number and address", ["name", "phone number", "address"]),
        ("제목/내용/작성자로 구성된 게시판", ["제목", "내용", "작성자"]),
        ("아래 컬럼으로 화면\n요청번호\n품목명\n수량", ["요청번호", "품목명", "수량"]),
        ("화면 - 이름 / 소속 / 연락처", ["이름", "소속", "연락처"]),
        ("- 사번: 문자 10자리, 필수\n- 이름\n- 급여 숫자(10)", ["사번", "이름", "급여"]),
        ("그리드 컬럼: 일자 | 거래처 | 금액", ["일자", "거래처", "금액"]),
        ("입력 항목이 이름, 나이, 성별인 설문 폼", ["이름", "나이", "성별"]),
        ("고객 등록 팝업이 있는 목록 화면", []),
        ("Make an order page with search and list", []),
    ],
)
def test_plain_words(prompt: str, expected: list[str]) -> None:  # R1.2
    entities = read_sources(prompt, []).model.entities
    assert [field.name for field in entities[0].fields] if entities else expected == []


def test_search_conditions_in_words() -> None:
    assert read_sources("고객 화면. 컬럼은 번호, 이름, 등급. 조회조건은 이름, 등급", []).searched == ["이름", "등급"]
    assert read_sources("customer list searchable by name and grade", []).searched == ["name", "grade"]
    assert read_sources("이름으로 검색할 수 있는 고객 목록", []).searched == ["이름"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| 항목 | 설명 | 비고 |\n|---|---|---|\n| 접종일 | 백신을 맞은 날 | 필수 |\n| 백신종류 | 독감/폐렴 | 콤보 |\n| 차수 | 1차, 2차 | 숫자 |",
            [("접종일", None, True, 0), ("백신종류", "code", False, 2), ("차수", "decimal", False, 0)],
        ),
        (
            "| No | 항목명 | 입력방식 |\n|---|---|---|\n| 1 | 요청일 | 달력 |\n| 2 | 요청부서 | 필수 |",
            [("요청일", "date", False, 0), ("요청부서", None, True, 0)],
        ),
        (
            "| Field | Description | Notes |\n|---|---|---|\n| guest name | who stays | required |\n| room | single/double | |",
            [("guest name", None, True, 0), ("room", "code", False, 2)],
        ),
    ],
)
def test_rows_with_remarks_describe_fields(
    text: str, expected: list[tuple[str, str | None, bool, int]]
) -> None:  # R1.2
    fields = entity(text).fields
    assert [(field.name, field.type, field.required, len(field.values)) for field in fields] == expected
    assert [field.label for field in fields] == [""] * len(fields)


def test_a_table_of_data_with_a_remark_stays_data() -> None:  # R1.2
    found = entity("| 품명 | 수량 | 비고 |\n|---|---|---|\n| 볼펜 | 10 | 검정 |\n| 노트 | 5 | |")
    assert names(found) == ["품명", "수량", "비고"]


@pytest.mark.parametrize(
    "source",
    [
        "enum Status { OPEN, DONE }\nclass Ticket { private Long ticketId; private Status status; }",
        'enum Status { OPEN = "OPEN", DONE = "DONE" }\ninterface Ticket { ticketId: number; status: Status; }',
        "type Status = 'OPEN' | 'DONE';\ninterface Ticket { ticketId: number; status: Status; }",
        'class Status(str, Enum):\n    OPEN = "OPEN"\n    DONE = "DONE"\n\nclass Ticket(BaseModel):\n    ticketId: int\n    status: Status\n',
        'class Ticket(BaseModel):\n    ticketId: int\n    status: Literal["OPEN", "DONE"]\n',
    ],
)
def test_closed_lists_in_a_source_are_codes_with_values(source: str) -> None:  # R1.2
    key, status = entity(source).fields
    assert (key.type, status.type) == ("integer", "code")
    assert status.values == [("OPEN", "OPEN"), ("DONE", "DONE")]


def test_a_closed_list_that_stands_elsewhere_is_a_code() -> None:  # R1.2
    reason, address = entity("class Move { private TransferReason reason; private Address address; }").fields
    assert (reason.type, address.type) == ("code", "string")


def test_objects_within_objects_are_parts_and_children() -> None:  # R1.2
    source = "type Invoice = { id: string; buyer: { name: string }; lines: { sku: string; qty: number }[] }"
    invoice, lines = read_sources(source).model.entities
    assert (names(invoice), names(lines)) == (["id", "buyer_name"], ["sku", "qty"])
    assert [reference.parent for reference in lines.references] == ["Invoice"]
    found = entity('{"data": [{"id": 1, "driver": {"name": "kim"}, "meta": {"page": 1}}]}')
    assert names(found) == ["id", "driver_name"]


def test_what_is_said_before_ddl_is_no_statement() -> None:  # R1.2
    found = entity(
        "alter table가 아니라 이걸로 해줘:\nCREATE TABLE asset(\n  asset_id uuid primary key, price numeric(12,2)\n);"
    )
    assert [(field.name, field.key) for field in found.fields] == [("asset_id", True), ("price", False)]


def test_an_enumeration_beside_a_class_is_no_prose() -> None:  # R1.2
    source = "enum class Level { LOW, HIGH }\ndata class Alarm(val alarmId: Long, val level: Level)\n알람 목록"
    assert read_sources(source).prose.strip() == "알람 목록"
