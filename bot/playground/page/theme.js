/** Light or dark: the system's wish until the person says otherwise. */

const KEY = "latido-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** The theme now shown. */
export function currentTheme() {
  return localStorage.getItem(KEY) ?? (system.matches ? "dark" : "light");
}

/** Show the theme, now and whenever the system changes its mind. */
export function startTheme(onChange) {
  const apply = () => {
    document.documentElement.dataset.theme = currentTheme();
    onChange();
  };
  system.addEventListener("change", apply);
  document.documentElement.dataset.theme = currentTheme();
}

/** Change to the other theme and remember it. */
export function toggleTheme() {
  const next = currentTheme() === "dark" ? "light" : "dark";
  localStorage.setItem(KEY, next);
  document.documentElement.dataset.theme = next;
}
