/** One generation, whole: the time of each stage, what was found, what was sent, what came back, what was mended. */

import { Accordion, Alert, Anchor, Code, List, Skeleton, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { admin, dataOf } from "@/shared/api/client";
import { ProblemAlert } from "@/shared/ui/ProblemAlert";

import type { LogRecordDocument } from "./records";
import { Waterfall } from "./Waterfall";

export function LogRecord({ id }: { id: string }) {
  const { t } = useTranslation("logs");
  const record = useQuery({
    queryKey: ["log", id],
    queryFn: async () => {
      const params = { path: { generation_id: id } };
      return (await dataOf(admin.GET("/api/admin/generations/{generation_id}", { params }))) as unknown as LogRecordDocument;
    },
  });
  if (record.error) return <ProblemAlert problem={record.error} onRetry={() => void record.refetch()} />;
  if (!record.data) return <Skeleton height={240} />;
  const found = record.data;
  return (
    <Stack>
      <Text style={{ whiteSpace: "pre-wrap" }}>{found.prompt}</Text>
      <Text size="xs" c="dimmed">
        <Code>{found.id}</Code>{" "}
        <Anchor component={Link} to={`/studio/${found.id}`} size="xs" underline="always">
          {t("open_in_studio")}
        </Anchor>
      </Text>
      {found.problem ? (
        <Alert color="red" title={found.problem.title ?? found.problem.code ?? ""}>
          {found.problem.detail}
        </Alert>
      ) : null}
      <Waterfall timings={found.timings ?? {}} />
      <Facts record={found} />
      <Accordion multiple variant="separated">
        <Part value="knowledge" title={t("knowledge", { count: found.knowledge?.length ?? 0 })}>
          <List size="sm">
            {(found.knowledge ?? []).map((hit) => (
              <List.Item key={hit.id}>
                {hit.title ?? hit.id} {hit.score === undefined ? "" : `(${hit.score.toFixed(2)})`}
              </List.Item>
            ))}
          </List>
        </Part>
        <Part value="prompts" title={t("prompts")}>
          {(found.prompts ?? []).flatMap((sent) => sent.messages ?? []).map((message, place) => (
            <Block key={place} title={message.role} text={message.content} />
          ))}
        </Part>
        <Part value="answers" title={t("answers")}>
          {(found.raw_answers ?? []).map((answer, place) => (
            <Block key={place} title={String(place + 1)} text={typeof answer.text === "string" ? answer.text : JSON.stringify(answer, null, 1)} />
          ))}
        </Part>
        <Part value="fixes" title={t("fixes", { count: (found.fixes?.length ?? 0) + (found.diagnostics?.length ?? 0) })}>
          <List size="sm">
            {[...(found.fixes ?? []), ...(found.diagnostics ?? [])].map((note, place) => (
              <List.Item key={place}>{note.message}</List.Item>
            ))}
          </List>
        </Part>
        <Part value="retrieval" title={t("retrieval")}>
          <Block title="" text={JSON.stringify(found.retrieval, null, 1)} />
        </Part>
        <Part value="intent" title={t("intent")}>
          <Block title="" text={JSON.stringify(found.intent, null, 1)} />
        </Part>
      </Accordion>
    </Stack>
  );
}

function Part({ value, title, children }: { value: string; title: string; children: ReactNode }) {
  return (
    <Accordion.Item value={value}>
      <Accordion.Control>{title}</Accordion.Control>
      <Accordion.Panel>{children}</Accordion.Panel>
    </Accordion.Item>
  );
}

function Block({ title, text }: { title: string; text: string }) {
  return (
    <Stack gap={2} mb="sm">
      {title ? <Text size="xs" c="dimmed">{title}</Text> : null}
      <Code block mah={360} style={{ overflow: "auto" }} tabIndex={0}>
        {text}
      </Code>
    </Stack>
  );
}

function Facts({ record }: { record: LogRecordDocument }) {
  const { t } = useTranslation("logs");
  const facts: [string, string][] = [
    [t("user"), record.user_id],
    [t("engine"), [record.engine, record.engine_model].filter(Boolean).join(" · ") || "–"],
    [t("mode"), record.mode],
    [t("framework"), record.framework ?? "–"],
    [t("tokens"), `${String(record.usage?.prompt_tokens ?? 0)} → ${String(record.usage?.completion_tokens ?? 0)}`],
    [t("files"), (record.artifacts ?? []).map((file) => file.path).join(", ") || "–"],
    ...(record.feedback ? [[t("feedback"), [record.feedback.rating ? `${String(record.feedback.rating)}/5` : "", record.feedback.comment ?? ""].filter(Boolean).join(" · ") || "–"] as [string, string]] : []),
    ...(record.warnings ?? []).map((warning): [string, string] => [t("warning"), warning.message]),
  ];
  return (
    <Table withRowBorders={false} verticalSpacing={4}>
      <Table.Tbody>
        {facts.map(([name, value], place) => (
          <Table.Tr key={place}>
            <Table.Th w={140}>{name}</Table.Th>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
