// Addresses are behind the #, so that the server has one page only and every view can be linked to.
import { alertsPage } from "./pages/alerts.js";
import { disksPage } from "./pages/disks.js";
import { instancePage } from "./pages/instance.js";
import { instancesPage } from "./pages/instances.js";
import { jobPage } from "./pages/job.js";
import { jobsPage } from "./pages/jobs.js";
import { missingPage } from "./pages/missing.js";
import { overviewPage } from "./pages/overview.js";
import { policiesPage } from "./pages/policies.js";
import { policyPage } from "./pages/policy.js";

const ROUTES = [
  ["", overviewPage],
  ["instances", instancesPage],
  ["instances/:vault/:instance", instancePage],
  ["jobs", jobsPage],
  ["jobs/:id", jobPage],
  ["alerts", alertsPage],
  ["policies", policiesPage],
  ["policies/:vault/:policy", policyPage],
  ["disks", disksPage],
];

/** What stands behind the #: the parts of the path, and the query. */
export function path() {
  const [address, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { parts: address.split("/").filter(Boolean).map(decode), query: Object.fromEntries(new URLSearchParams(search)) };
}

const decode = (part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

export function pageFor(app, { parts, query }) {
  for (const [route, page] of ROUTES) {
    const names = route.split("/").filter(Boolean);
    if (names.length === parts.length && names.every((name, i) => name.startsWith(":") || name === parts[i])) {
      const variables = names.map((name, i) => [name.slice(1), parts[i]]).filter((_, i) => names[i].startsWith(":"));
      return page(app, { ...query, ...Object.fromEntries(variables) });
    }
  }
  return missingPage();
}

/** Writes filters into the address without leaving the page, so that it can be kept and sent. */
export function rememberQuery(address, filters) {
  const given = Object.entries(filters).filter(([, value]) => value);
  const search = given.length ? `?${new URLSearchParams(given)}` : "";
  history.replaceState(null, "", `#/${address}${search}`);
}
