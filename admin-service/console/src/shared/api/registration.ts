/** Who may make an account of one's own, as it is in force: also where no administrator has set it. */

import { useQuery } from "@tanstack/react-query";

import { json } from "./client";

export type RegistrationMode = "open" | "invitation" | "closed";

export function useRegistration() {
  return useQuery({
    queryKey: ["registration"],
    queryFn: () => json<{ mode: RegistrationMode }>("/api/auth/registration"),
  });
}
