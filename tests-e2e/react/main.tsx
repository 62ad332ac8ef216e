/** Shows the screen that the address names: `?screen=task_list_popup/TaskList`. */
import { StrictMode, type ComponentType } from "react";
import { createRoot } from "react-dom/client";
import { httpServer, type ScreenProps } from "./screens/task_list_popup/screenkit";

type Shown = ComponentType<ScreenProps & { onClose?: (result?: unknown) => void }>;

const modules = import.meta.glob<Record<string, Shown>>("./screens/*/*.tsx");
const asked = new URLSearchParams(location.search).get("screen") ?? "";
const load = modules[`./screens/${asked}.tsx`];
const root = createRoot(document.getElementById("root") as HTMLElement);

if (load === undefined) {
  root.render(<p>There is no screen "{asked}".</p>);
} else {
  void load().then((module) => {
    const Asked = module[asked.split("/")[1] ?? ""] as Shown;
    const given = (result?: unknown) => {
      document.body.dataset.result = JSON.stringify(result ?? null);
    };
    root.render(
      <StrictMode>
        <Asked server={httpServer("/api")} onClose={given} />
      </StrictMode>,
    );
  });
}
