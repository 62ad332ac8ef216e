/** An engine's settings; "test" asks the server itself what it is. */

import { Drawer, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";

import { Adapters } from "./adapters/Adapters";
import { EngineForm } from "./EngineForm";

type Engine = Admin["EngineResponse"];

interface Props {
  engine: Engine | "new" | null;
  others: readonly string[];
  onClose: () => void;
}

export function EngineDrawer({ engine, others, onClose }: Props) {
  const { t } = useTranslation("engines");
  return (
    <Drawer
      opened={engine !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={engine === "new" ? t("add") : engine?.name}
      closeButtonProps={{ "aria-label": t("common:action.close") }}
    >
      {engine === "new" ? <EngineForm key="new" engine={null} others={others} onClose={onClose} /> : null}
      {engine !== null && engine !== "new" ? (
        <Tabs key={engine.id} defaultValue="settings" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="settings">{t("settings_tab")}</Tabs.Tab>
            <Tabs.Tab value="adapters">{t("adapters.title")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="settings">
            <EngineForm engine={engine} others={others} onClose={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="adapters">
            <Adapters engineId={engine.id} />
          </Tabs.Panel>
        </Tabs>
      ) : null}
    </Drawer>
  );
}
