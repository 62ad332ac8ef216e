/** What is rarely set: the model, and whether server code is wanted. */

import { ActionIcon, Popover, Select, Stack, Switch } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { dataOf, gateway } from "@/shared/api/client";

interface OptionsProps {
  model: string | null;
  onModel: (model: string | null) => void;
  server: boolean;
  onServer: (server: boolean) => void;
}

export function Options({ model, onModel, server, onServer }: OptionsProps) {
  const { t } = useTranslation("studio");
  const engines = useQuery({ queryKey: ["models"], queryFn: () => dataOf(gateway.GET("/api/llm/models")), staleTime: 30_000 });
  return (
    <Popover position="top-start" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={36} radius="xl" aria-label={t("options")}>
          <IconAdjustmentsHorizontal size={19} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm" w={260}>
          <Select
            label={t("model")}
            placeholder={t("model_default")}
            clearable
            comboboxProps={{ withinPortal: false }}
            data={engines.data?.models.map(({ id, model: name }) => ({ value: id, label: id === name ? id : `${id} · ${name ?? ""}` })) ?? []}
            value={model}
            onChange={onModel}
          />
          <Switch
            label={t("server_code")}
            description={t("server_code_text")}
            checked={server}
            onChange={(event) => {
              onServer(event.currentTarget.checked);
            }}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
