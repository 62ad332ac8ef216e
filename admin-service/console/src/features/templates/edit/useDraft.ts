/** The text that is being written. It is this page's until it is saved, whatever is read anew meanwhile. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { admin, dataOf, type Admin } from "@/shared/api/client";
import { ApiProblem } from "@/shared/api/problem";
import { notifyDone } from "@/shared/ui/notify";

type Template = Admin["TemplateDetailResponse"];
export interface TemplatePath {
  framework: string;
  name: string;
}

/** A version that somebody else saved while this text was written. */
export interface OtherVersion {
  version: number;
  note: string;
  created_by_name: string;
  created_at: string;
}

export interface Overtaken {
  latest: number;
  since: readonly OtherVersion[];
}

export function useDraft(template: Template, path: TemplatePath) {
  const { t } = useTranslation("templates");
  const queries = useQueryClient();
  const [base, setBase] = useState({ version: template.latest_version, content: template.content });
  const [text, setText] = useState(template.content);
  const [note, setNote] = useState("");
  const save = useMutation({
    mutationFn: (onto: number) =>
      dataOf(
        admin.POST("/api/admin/templates/{framework}/{name}/versions", {
          params: { path },
          body: { content: text, note, base_version: onto },
        }),
      ),
    onSuccess: async (made) => {
      setBase({ version: made.latest_version, content: made.content });
      setText((now) => (now === text ? made.content : now));
      setNote("");
      notifyDone(t("saved", { version: made.latest_version }));
      await queries.invalidateQueries({ queryKey: ["templates"] });
    },
  });
  const overtaken = overtakenBy(save.error);
  const adopt = (version: number, content: string) => {
    setBase({ version, content });
    save.reset();
  };
  return {
    base,
    text,
    setText,
    note,
    setNote,
    changed: text !== base.content,
    saving: save.isPending,
    problem: overtaken ? null : save.error,
    overtaken,
    save: () => { save.mutate(base.version); },
    /** On top of what the other one wrote: both versions are kept. */
    saveOnto: (version: number) => { save.mutate(version); },
    /** The other's text instead of this one. */
    take: (version: number, content: string) => {
      adopt(version, content);
      setText(content);
    },
    dismiss: () => { save.reset(); },
  };
}

export type Draft = ReturnType<typeof useDraft>;

function overtakenBy(error: unknown): Overtaken | null {
  if (!(error instanceof ApiProblem) || error.code !== "version_conflict") return null;
  const { latest_version: latest, since } = error.members as { latest_version?: number; since?: OtherVersion[] };
  return latest === undefined ? null : { latest, since: since ?? [] };
}
