/** The variables of a sample request, as a person edits them and as the API takes them. */

import type { Admin } from "@/shared/api/client";

export type Order = Admin["TrialRequest"];

export interface Sample {
  prompt: string;
  language: "ko" | "en";
  pattern: string | null;
  knowledge: boolean;
  /** The screen and its data model, as JSON. */
  variables: string;
}

export const PATTERNS = ["list", "form", "list_detail", "master_detail", "list_popup", "popup_picker", "multi_save"] as const;

/** A small screen of tasks, with labels in the language that it is asked for in. */
function variablesIn(korean: boolean): object {
  const field = (name: string, label: string, type: string, more: object = {}) => ({ name, label, type, origin: "inferred", ...more });
  const fields = [
    field("task_id", "Task ID", "integer", { key: true, required: true }),
    field("title", korean ? "제목" : "Title", "string", { length: 200, required: true }),
    field("due_date", korean ? "마감일" : "Due date", "date"),
  ];
  return {
    screen: { id: "TaskList", title: korean ? "Task 관리" : "Tasks" },
    data_model: { entities: [{ name: "task", label: "Task", table: "task", fields }], relations: [] },
  };
}

const MEMBERS = new Set(["screen", "data_model", "base_spec"]);

export function firstSample(language: string): Sample {
  const korean = language.startsWith("ko");
  return {
    prompt: korean ? "Task 관리 화면 만들어줘" : "Make a screen to manage tasks",
    language: korean ? "ko" : "en",
    pattern: "list",
    knowledge: true,
    variables: JSON.stringify(variablesIn(korean), null, 2),
  };
}

/** What is wrong with the variables; null where nothing is. */
export function fault(variables: string): string | null {
  try {
    const parsed = variables.trim() ? (JSON.parse(variables) as unknown) : {};
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return "not_an_object";
    return Object.keys(parsed).every((name) => MEMBERS.has(name)) ? null : "unknown_member";
  } catch {
    return "no_json";
  }
}

export function orderOf(sample: Sample, task: string, content: string, engine: string | null): Order {
  const variables = (sample.variables.trim() ? JSON.parse(sample.variables) : {}) as Partial<Order>;
  return {
    task: task as Order["task"],
    content,
    prompt: sample.prompt,
    language: sample.language,
    pattern: sample.pattern,
    knowledge: sample.knowledge,
    engine,
    ...variables,
  };
}
