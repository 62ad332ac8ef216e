// Before the first paint: the theme and the language that were chosen, so that nothing flashes. A file, not inline: see the CSP.
(function () {
  var root = document.documentElement;
  var chosen = null;
  try {
    chosen = localStorage.getItem("framewright.theme");
    var language = localStorage.getItem("framewright.language");
    if (language === "ko" || language === "en") root.lang = language;
  } catch {
    chosen = null;
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
