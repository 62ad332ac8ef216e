/** The look: celadon on paper and ink; every pair of text and ground meets WCAG 2.2 AA. */

import {
  createTheme,
  localStorageColorSchemeManager,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const celadon: MantineColorsTuple = [
  "#ecf8f5", "#d6efe8", "#acdfd2", "#7dcdb9", "#57bda5", "#3aaa92", "#1f9079", "#0e7565", "#0b6054", "#084a41",
];
const paper: MantineColorsTuple = [
  "#f8f8f6", "#f1f1ee", "#e6e6e1", "#d6d6d0", "#bdbdb6", "#94948c", "#6c6c66", "#52524d", "#363633", "#20201e",
];
/** Dark grounds, 7 is the page's; a trace of green keeps them from looking like dust. */
const ink: MantineColorsTuple = [
  "#d5dbda", "#b8c2c0", "#9aa7a5", "#667371", "#46514f", "#323c3a", "#232c2a", "#161d1c", "#111716", "#0b100f",
];
const amber: MantineColorsTuple = [
  "#fff7e6", "#feecc8", "#fbd98f", "#f7c455", "#f2b233", "#dd9a17", "#b5790a", "#8c5c05", "#6d4704", "#4f3302",
];

const SANS =
  'Pretendard, "Pretendard Variable", Inter, -apple-system, BlinkMacSystemFont, "Apple SD Gothic Neo", "Noto Sans KR", "Segoe UI", "Malgun Gothic", "NanumGothic", sans-serif';
const MONO = 'ui-monospace, "JetBrains Mono", "SF Mono", "D2Coding", Consolas, "DejaVu Sans Mono", monospace';

export const theme = createTheme({
  primaryColor: "celadon",
  primaryShade: { light: 7, dark: 7 },
  colors: { celadon, gray: paper, dark: ink, amber },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: SANS, fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 400 } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 2 } } },
    Paper: { defaultProps: { radius: "md" } },
    Table: { defaultProps: { verticalSpacing: "xs" } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { "--fw-sidebar-width": "236px" },
  light: {
    "--mantine-color-body": "#fbfbf9",
    "--mantine-color-text": "#1b1f1e",
    "--mantine-color-dimmed": "#5b625f",
    "--mantine-color-placeholder": "#6a716e",
    "--mantine-color-anchor": "#0b6054",
    "--mantine-color-error": "#b42318",
    "--fw-surface": "#ffffff",
    "--fw-sunken": "#f3f4f1",
    "--fw-line": "#e3e4df",
    "--fw-line-strong": "#868c88",
    "--fw-accent-text": "#0b6054",
    "--fw-accent-ground": "#e4f4ef",
    "--fw-warn-text": "#7a4d00",
    "--fw-warn-ground": "#fff4dc",
    "--fw-bad-text": "#a11d13",
    "--fw-bad-ground": "#fdecea",
    "--fw-good-text": "#12643b",
    "--fw-good-ground": "#e5f5ec",
    "--fw-chart-1": "#0e7565",
    "--fw-chart-2": "#b5790a",
    "--fw-chart-3": "#5b6fae",
    "--fw-chart-bad": "#c0392b",
    "--fw-chart-quiet": "#868c88",
  },
  dark: {
    "--mantine-color-body": "#111716",
    "--mantine-color-text": "#dfe5e3",
    "--mantine-color-dimmed": "#9faba8",
    "--mantine-color-placeholder": "#8b9794",
    "--mantine-color-anchor": "#6fd0bb",
    "--mantine-color-error": "#ff9a8f",
    "--fw-surface": "#171f1d",
    "--fw-sunken": "#0c1110",
    "--fw-line": "#28322f",
    "--fw-line-strong": "#6f7b78",
    "--fw-accent-text": "#7fd8c4",
    "--fw-accent-ground": "#12322c",
    "--fw-warn-text": "#f5c667",
    "--fw-warn-ground": "#332810",
    "--fw-bad-text": "#ffa59b",
    "--fw-bad-ground": "#3a1a17",
    "--fw-good-text": "#82d8a6",
    "--fw-good-ground": "#12301f",
    "--fw-chart-1": "#3aaa92",
    "--fw-chart-2": "#dd9a17",
    "--fw-chart-3": "#8fa2e0",
    "--fw-chart-bad": "#f0796b",
    "--fw-chart-quiet": "#7d8986",
  },
});

export const colorSchemes = localStorageColorSchemeManager({ key: "framewright.theme" });
