/** An engine's settings; "test" asks the server itself what it is. */

import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Admin } from "@/shared/api/client";

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
      {engine === null ? null : (
        <EngineForm
          key={engine === "new" ? "new" : engine.id}
          engine={engine === "new" ? null : engine}
          others={others}
          onClose={onClose}
        />
      )}
    </Drawer>
  );
}
