// Runs before anything is painted, so that a dark page never flashes white. "auto" follows the system.
(() => {
  const kept = localStorage.getItem("diskvault.theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
})();
