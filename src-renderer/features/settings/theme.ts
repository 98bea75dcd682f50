/** How the till looks; `auto`: as the machine is set up. */
export type Theme = "auto" | "light" | "dark" | "contrast";
export const THEMES: readonly Theme[] = ["auto", "light", "dark", "contrast"];

const THEME_KEY = "onetill.theme";
const MORE_CONTRAST = matchMedia("(prefers-contrast: more)");
const DARK = matchMedia("(prefers-color-scheme: dark)");

export function currentTheme(): Theme {
  const kept = localStorage.getItem(THEME_KEY);
  return THEMES.find((theme) => theme === kept) ?? "auto";
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(THEME_KEY, theme);
  show();
}

/** Shows the theme that was chosen, and follows the machine where it is to; called once. */
export function wearTheme(): void {
  show();
  for (const wish of [MORE_CONTRAST, DARK]) wish.addEventListener("change", show);
}

function show(): void {
  const theme = currentTheme();
  document.documentElement.dataset.theme = theme === "auto" ? ofMachine() : theme;
}

function ofMachine(): Exclude<Theme, "auto"> {
  if (MORE_CONTRAST.matches) return "contrast";
  return DARK.matches ? "dark" : "light";
}
