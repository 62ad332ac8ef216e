import { readdirSync } from "node:fs";

import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

/** Imports flow one way: shared → features → app; features never import one another. */
const layers = [
  {
    files: ["src/shared/**/*.{ts,tsx}"],
    rules: { "no-restricted-imports": ["error", { patterns: ["@/features/*", "@/app/*"] }] },
  },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**/*.{ts,tsx}`],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: ["@/app/*", ...features.filter((other) => other !== feature).map((other) => `@/features/${other}/*`)] },
      ],
    },
  })),
];

export default tseslint.config(
  { ignores: ["dist", "src/shared/api/generated", "test-results", "playwright-report"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.recommended,
  {
    languageOptions: { globals: globals.browser },
    plugins: { "react-hooks": reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // TanStack's table and virtualiser return functions that the compiler can't memoise; the compiler is not in use.
      "react-hooks/incompatible-library": "off",
      "jsx-a11y/no-autofocus": "off", // the one field of a page or dialog that was just opened
      "max-lines": ["error", { max: 400 }],
      "no-console": "error",
    },
  },
  ...layers,
  { files: ["scripts/**", "*.config.{js,ts,cjs}", "public/**"], languageOptions: { globals: { ...globals.node, ...globals.browser } }, rules: { "no-console": "off" } },
);
