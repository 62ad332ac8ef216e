/** Clicks through the emitted React screens in Chromium (`CHROMIUM` names one), over a stub of their server. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, beforeEach, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { serve, StubServer } from "./stub_server.mjs";

const TASKS = [
  { taskId: "T1", title: "보고서 작성", content: "", status: "TODO", assignee: "김민수", dueDate: "2026-01-05", progress: 10 },
  { taskId: "T2", title: "예산 검토", content: "", status: "DOING", assignee: "이서연", dueDate: "2026-02-10", progress: 50 },
];
const ORDERS = [
  { orderNo: "O1", customerName: "한빛", orderDate: "2026-03-01", amount: 1200000 },
  { orderNo: "O2", customerName: "두레", orderDate: "2026-03-02", amount: 35000 },
];
const ITEMS = [
  { orderNo: "O1", itemNo: 1, productName: "모니터", quantity: 2, unitPrice: 300000 },
  { orderNo: "O2", itemNo: 1, productName: "키보드", quantity: 1, unitPrice: 35000 },
];

let browser, page, errors, server;

before(async () => {
  server = await serve("dist");
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
});

after(async () => {
  await browser?.close();
  server?.close();
});

beforeEach(async () => {
  await page?.close();
  page = await browser.newPage();
  errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !message.text().includes("422") && errors.push(message.text()));
});

async function open(fixture, rows = {}) {
  const spec = JSON.parse(readFileSync(`screens/${fixture}/spec.json`));
  server.stub.current = new StubServer(spec, rows);
  await page.goto(`${server.url}/?screen=${fixture}/${spec.screen_id}`);
  await page.getByText(spec.title, { exact: true }).first().waitFor();
  return { spec, stub: server.stub.current };
}

const agree = async (text) => {
  const asked = page.getByRole("alertdialog");
  await asked.getByText(text).waitFor();
  await asked.getByRole("button", { name: /^(확인|OK)$/ }).click();
};
const button = (name) => page.getByRole("button", { name, exact: true });
const rows = () => page.locator("tbody tr:not([style])");

describe("every screen", () => {
  for (const fixture of readdirSync("screens")) {
    test(`${fixture} opens without an error`, async () => {
      const { spec } = await open(fixture);
      await page.waitForTimeout(100);
      const shown = spec.regions.filter((region) => !region.popup);
      assert.equal(await page.locator(".fw-grid").count(), shown.filter((region) => region.kind === "grid").length);
      assert.equal(await page.locator(".fw-form").count(), shown.filter((region) => region.kind === "form").length);
      assert.deepEqual(errors, []);
    });
  }
});

test("a list searches by its conditions, and by Enter", async () => {
  const { stub } = await open("task_list_popup", { task: TASKS });
  await rows().nth(1).waitFor();
  assert.deepEqual(await rows().nth(0).getByRole("cell").allTextContents(), ["", "T1", "보고서 작성", "대기", "김민수", "2026-01-05", "10"]);
  await page.getByLabel("제목").fill("예산");
  await page.getByLabel("제목").press("Enter");
  await page.getByText("총 1건").waitFor();
  assert.equal(stub.requests.at(-1).datasets.search[0].title, "예산");
  await page.getByLabel("제목").fill("없는 것");
  await button("조회").click();
  await agree("조회 결과가 없습니다.");
  assert.deepEqual(errors, []);
});

test("a popup adds, edits and is checked before it saves", async () => {
  const { stub } = await open("task_list_popup", { task: TASKS });
  await button("신규").click();
  const popup = page.getByRole("dialog", { name: "Task 등록/수정" });
  await popup.getByRole("button", { name: "저장" }).click();
  await agree("Task ID: 필수 입력 항목입니다.");
  await popup.getByLabel("Task ID").fill("T3");
  await popup.getByLabel("제목").fill("새 일");
  await popup.getByLabel("진행률").fill("30");
  await popup.getByRole("button", { name: "저장" }).click();
  await agree("저장하시겠습니까?");
  await agree("저장되었습니다.");
  await page.getByText("총 3건").waitFor();
  assert.equal(stub.table({ entity: "task" })[2].progress, 30);
  await rows().nth(0).dblclick();
  await page.waitForFunction(() => document.querySelector("dialog input")?.value === "T1");
  assert.equal(await popup.getByLabel("Task ID").isDisabled(), true);
  await popup.getByLabel("제목").fill("고친 제목");
  await popup.getByRole("button", { name: "저장" }).click();
  await agree("저장하시겠습니까?");
  await agree("저장되었습니다.");
  await page.getByRole("cell", { name: "고친 제목" }).waitFor();
  assert.deepEqual(errors, []);
});

test("checked rows are deleted after a question", async () => {
  const { stub } = await open("task_list_popup", { task: TASKS });
  await rows().nth(1).waitFor();
  await button("삭제").click();
  await agree("삭제할 행을 선택하세요.");
  await rows().nth(0).getByRole("checkbox").check();
  await button("삭제").click();
  await agree("삭제하시겠습니까?");
  await agree("삭제되었습니다.");
  await page.getByText("총 1건").waitFor();
  assert.deepEqual(stub.requests.find((item) => item.path === "task/delete.do").datasets.list.map((row) => [row.taskId, row.rowState]), [["T1", "deleted"]]);
});

test("details follow the chosen master, and edited rows are saved with their states", async () => {
  const { stub } = await open("order_master_detail", { orders: ORDERS, order_item: ITEMS });
  await page.getByRole("textbox", { name: "상품명" }).waitFor();
  assert.equal(await page.getByRole("textbox", { name: "상품명" }).inputValue(), "모니터");
  await page.getByRole("cell", { name: "두레" }).click();
  await page.waitForFunction(() => document.querySelector("input[aria-label='상품명']")?.value === "키보드");
  await page.getByRole("textbox", { name: "수량" }).fill("7");
  await button("추가").click();
  await page.getByRole("textbox", { name: "순번" }).fill("2");
  await page.getByRole("textbox", { name: "상품명" }).nth(1).fill("마우스");
  await page.getByRole("cell", { name: "한빛" }).click();
  const asked = page.getByRole("alertdialog");
  await asked.getByText("저장하지 않은 내용이 있습니다").waitFor();
  await asked.getByRole("button", { name: "취소" }).click();
  await button("저장").click();
  await agree("저장하시겠습니까?");
  await agree("저장되었습니다.");
  const sent = stub.requests.find((item) => item.path === "order/save.do").datasets.detail;
  assert.deepEqual(sent.map((row) => [row.orderNo, row.itemNo, row.productName, row.quantity, row.rowState]), [
    ["O2", 1, "키보드", 7, "updated"],
    ["O2", 2, "마우스", null, "inserted"],
  ]);
  assert.deepEqual(errors, []);
});

test("what the server refuses is said, and nothing is lost", async () => {
  const { stub } = await open("order_master_detail", { orders: ORDERS, order_item: ITEMS });
  await page.getByRole("textbox", { name: "수량" }).fill("9");
  stub.refuse = "재고가 부족합니다.";
  await button("저장").click();
  await agree("저장하시겠습니까?");
  await agree("재고가 부족합니다.");
  assert.equal(await page.getByRole("textbox", { name: "수량" }).inputValue(), "9");
});

test("a grid of 10,000 rows draws what is seen, sorts, and moves by keys", async () => {
  const many = Array.from({ length: 10_000 }, (_, place) => ({ ...TASKS[0], taskId: `T${place}`, title: `일 ${place}`, progress: (place * 7) % 101 }));
  await open("task_list_popup", { task: many });
  await page.getByText("총 10,000건").waitFor();
  assert.ok((await rows().count()) < 100);
  await button("진행률").click();
  await page.getByRole("columnheader", { name: "진행률", exact: false }).and(page.locator("[aria-sort=ascending]")).waitFor();
  await page.getByRole("region", { name: "Task 목록" }).press("End");
  await page.waitForFunction(() => document.querySelector("tr[aria-selected='true'] td:last-child")?.textContent === "100");
  assert.deepEqual(errors, []);
});

test("pages are asked for one by one", async () => {
  const employee = Array.from({ length: 45 }, (_, place) => ({ empNo: `E${place}`, empName: `사원 ${place}`, useYn: true }));
  const { spec, stub } = await open("employee_list_pages", { employee });
  const size = spec.transactions[0].page_size;
  const pages = page.getByRole("navigation", { name: /페이지$/ });
  await pages.waitFor();
  await page.getByText("총 45건").waitFor();
  assert.equal(await pages.getByRole("button", { name: /^\d+$/ }).count(), Math.ceil(45 / size));
  await pages.getByRole("button", { name: "2", exact: true }).click();
  await pages.locator("[aria-current=page]", { hasText: "2" }).waitFor();
  assert.equal(stub.requests.at(-1).datasets.page[0].pageNo, 2);
  await page.getByRole("cell", { name: `사원 ${size}`, exact: true }).waitFor();
  assert.deepEqual(errors, []);
});

test("tabs, radio buttons, and a popup that fills fields", async () => {
  const { stub } = await open("staff_form_options", { department: [{ deptCode: "D1", deptName: "기획팀", manager: "박서준" }] });
  await page.getByRole("textbox", { name: "사번" }).nth(1).fill("E1");
  await page.getByRole("textbox", { name: "성명" }).fill("김하늘");
  await page.getByRole("radio", { name: "여성" }).check();
  await page.getByLabel("생년월일").fill("1990-05-01");
  await button("부서 찾기").click();
  await page.getByRole("dialog").getByRole("cell", { name: "기획팀" }).dblclick();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await page.getByRole("textbox", { name: "부서명" }).inputValue(), "기획팀");
  await page.getByRole("tab", { name: "근무 정보" }).click();
  await page.getByRole("radio", { name: "예" }).check();
  await page.getByRole("tab", { name: "근무 정보" }).press("ArrowLeft");
  assert.equal(await page.getByRole("textbox", { name: "성명" }).inputValue(), "김하늘");
  await button("저장").click();
  await agree("저장하시겠습니까?");
  await agree("저장되었습니다.");
  const [sent] = stub.requests.at(-1).datasets.detail;
  assert.deepEqual([sent.empNo, sent.gender, sent.deptCode, sent.remoteYn, sent.rowState], ["E1", "F", "D1", true, "inserted"]);
  assert.deepEqual(errors, []);
});

test("a picker gives the row that is chosen by keyboard alone", async () => {
  const product = [{ productCode: "P1", productName: "모니터" }, { productCode: "P2", productName: "키보드" }];
  await open("product_popup_picker", { product });
  await page.getByText("총 2건").waitFor();
  const grid = page.getByRole("region", { name: "상품 선택" });
  await grid.press("ArrowDown");
  await grid.press("Enter");
  const chosen = JSON.parse(await page.locator("body").getAttribute("data-result"));
  assert.deepEqual([chosen.productCode, chosen.productName], ["P2", "키보드"]);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("body").getAttribute("data-result"), "null");
  assert.deepEqual(errors, []);
});
