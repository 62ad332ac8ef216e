// The same users as load/locustfile.py, for k6: `k6 run -e URL=… -e KEY=… -e PROFILE=steady scenarios.js`.
import http from "k6/http";
import { check, sleep } from "k6";
import exec from "k6/execution";

const URL = __ENV.URL || "http://127.0.0.1:8080";
const PROFILE = __ENV.PROFILE || "smoke";
const MODEL = __ENV.MODEL;
const JSON_HEADERS = { Authorization: `Bearer ${__ENV.KEY}`, "Content-Type": "application/json" };
const STREAM_HEADERS = { ...JSON_HEADERS, Accept: "text/event-stream" };

const ENTITIES = "사원 고객 상품 주문 부서 계약 자산 재고 거래처 예산 급여 설비 이슈 견적 발주".split(" ");
const FIELDS = "이름 등록일 상태 금액 수량 담당자 비고 코드 시작일 종료일 구분".split(" ");
const SUBJECTS = "그리드 데이터셋 팝업 콤보 트랜잭션 탭 체크박스 엑셀 메시지 트리 정렬 달력 버튼".split(" ");
const ACTIONS = ["추가하는 방법", "삭제", "값 읽기", "초기화", "필수 입력 검사", "열기", "바뀐 행만 보내기"];

const STAGES = {
  smoke: [{ duration: "30s", target: 8 }],
  steady: [{ duration: "20s", target: 40 }, { duration: "280s", target: 40 }],
  spike: [
    { duration: "60s", target: 10 }, { duration: "2s", target: 100 }, { duration: "58s", target: 100 },
    { duration: "2s", target: 10 }, { duration: "118s", target: 10 },
  ],
  soak: [{ duration: "20s", target: 20 }, { duration: "2h", target: 20 }],
};
const WEIGHTS = { makeScreens: 3, ask: 2, look: 4, administer: 1 };

function share(stages, weight) {
  return stages.map((stage) => ({ ...stage, target: Math.max(1, Math.round((stage.target * weight) / 10)) }));
}

function targetScenarios() {
  const rate = { executor: "constant-arrival-rate", timeUnit: "1s", duration: __ENV.DURATION || "10m" };
  return {
    searches: { ...rate, rate: 100, preAllocatedVUs: 50, maxVUs: 400, exec: "searchOnce" },
    generations: { ...rate, rate: 10, preAllocatedVUs: 20, maxVUs: 200, exec: "generateOnce" },
  };
}

function userScenarios() {
  return Object.fromEntries(
    Object.entries(WEIGHTS).map(([name, weight]) => [
      name,
      { executor: "ramping-vus", startVUs: 0, stages: share(STAGES[PROFILE], weight), exec: name },
    ]),
  );
}

export const options = {
  scenarios: PROFILE === "target" ? targetScenarios() : userScenarios(),
  thresholds: {
    checks: ["rate==1"],
    "http_req_duration{name:search}": [PROFILE === "target" ? "p(95)<100" : "p(95)<500"],
  },
};

/** Digits of a number that no other iteration has: each picks one word, so that texts repeat late. */
function words(...lists) {
  let left = exec.scenario.iterationInTest * 7 + exec.vu.idInTest;
  return lists.map((list) => {
    const word = list[left % list.length];
    left = Math.floor(left / list.length);
    return word;
  });
}

function search() {
  const query = words(SUBJECTS, ACTIONS, ENTITIES, FIELDS).join(" ");
  const answer = http.post(`${URL}/api/v1/search`, JSON.stringify({ query, framework: "xframe5" }), {
    headers: JSON_HEADERS,
    tags: { name: "search" },
  });
  check(answer, { "search answers": (r) => r.status === 200 });
}

function stream(path, body, name) {
  const asked = MODEL ? { ...body, model: MODEL } : body;
  const answer = http.post(`${URL}${path}`, JSON.stringify(asked), {
    headers: STREAM_HEADERS,
    tags: { name },
    timeout: "120s",
  });
  check(answer, { [`${name} completes`]: (r) => r.status === 200 && String(r.body).includes("event: completed") });
}

function generate() {
  const [entity, first, second] = words(ENTITIES, FIELDS, FIELDS);
  stream("/api/v1/generations", { prompt: `${entity} 관리 화면 만들어줘. ${first}, ${second} 컬럼` }, "generate");
}

function get(path, name) {
  const answer = http.get(`${URL}${path}`, { headers: JSON_HEADERS, tags: { name } });
  check(answer, { [`${name} answers`]: (r) => r.status === 200 });
}

export function searchOnce() {
  search();
}

export function generateOnce() {
  generate();
}

export function makeScreens() {
  search();
  generate();
  get("/api/v1/generations?limit=10", "list generations");
  sleep(4 + Math.random() * 8);
}

export function ask() {
  const session = http.post(`${URL}/api/sessions`, "{}", { headers: JSON_HEADERS, tags: { name: "new session" } });
  const id = session.json("id");
  for (let turn = 0; turn < 5; turn += 1) {
    const [subject, action] = words(SUBJECTS, ACTIONS);
    stream(`/api/sessions/${id}/messages`, { message: `${subject} ${action} 예제 ${turn + 1}개를 보여줘` }, "chat");
    sleep(3 + Math.random() * 7);
  }
}

export function look() {
  search();
  sleep(0.5 + Math.random() * 1.5);
}

export function administer() {
  for (const path of ["users", "engines", "generations?limit=20", "audit?limit=20", "templates"]) {
    get(`/api/admin/${path}`, `admin ${path.split("?")[0]}`);
  }
  sleep(2 + Math.random() * 6);
}
