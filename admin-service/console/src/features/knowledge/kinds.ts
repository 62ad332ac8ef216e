/** The kinds of entries, as rag-service has them. */
export const KINDS = ["component", "property", "event", "api", "pattern", "example", "rule", "wrong_form"] as const;
