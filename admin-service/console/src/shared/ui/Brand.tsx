/** The sign and the name. */

import classes from "./brand.module.css";

export function Brand({ large = false }: { large?: boolean }) {
  return (
    <span className={classes.brand} data-large={large || undefined}>
      <svg viewBox="0 0 32 32" aria-hidden className={classes.sign}>
        <rect width="32" height="32" rx="8" fill="#0e7565" />
        <path d="M9 24V8h14v4.2H13.6v3.6h7.6v4.1h-7.6V24z" fill="#fff" />
        <rect x="19.4" y="19.4" width="4.6" height="4.6" rx="1" fill="#f2b84b" />
      </svg>
      Framewright
    </span>
  );
}
