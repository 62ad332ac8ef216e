import type { Admin } from "@/shared/api/client";
import type { Tone } from "@/shared/ui/StatusBadge";

export type Status = Admin["ExampleLine"]["status"];
export const STATUSES: readonly Status[] = ["pending", "approved", "rejected", "retracted"];
export const TONES: Record<Status, Tone> = { pending: "warn", approved: "good", rejected: "bad", retracted: "quiet" };
