/** Chat: sessions at the side, the conversation beside them. */

import { Drawer } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { usePageTitle } from "@/shared/ui/PageHeader";

import classes from "./chat.module.css";
import { ChatView } from "./ChatView";
import { NewChat } from "./NewChat";
import { Sessions } from "./sessions/Sessions";

export function Component() {
  const { t } = useTranslation("chat");
  const { sessionId } = useParams();
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const [opened, { open, close }] = useDisclosure(false);
  usePageTitle(t("title"));
  const sessions = <Sessions current={sessionId ?? null} onChosen={close} />;
  return (
    <div className={classes.page}>
      {wide ? (
        <aside className={classes.side} aria-label={t("sessions")}>
          {sessions}
        </aside>
      ) : (
        <Drawer
          opened={opened}
          onClose={close}
          title={t("sessions")}
          size={320}
          padding={0}
          closeButtonProps={{ "aria-label": t("common:action.close"), mr: "md" }}
          classNames={{ body: classes.drawer, title: classes.drawerTitle }}
        >
          {sessions}
        </Drawer>
      )}
      {sessionId ? (
        <ChatView key={sessionId} sessionId={sessionId} onSessions={wide ? null : open} />
      ) : (
        <NewChat onSessions={wide ? null : open} />
      )}
    </div>
  );
}
