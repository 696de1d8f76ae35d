// What the API's words are called on the page, and how they are coloured.

const JOB_STATUS = {
  Queued: ["Queued", "muted"],
  InProgress: ["In progress", "info"],
  Completed: ["Completed", "ok"],
  CompletedWithWarnings: ["Completed with warnings", "warn"],
  Failed: ["Failed", "bad"],
  Cancelling: ["Cancelling", "warn"],
  Cancelled: ["Cancelled", "muted"],
};
const OPERATION = { Backup: "Backup", Restore: "Restore", RestoreTest: "Restore test", Verify: "Verify", Collect: "Collect" };
const HEALTH = {
  Healthy: ["Healthy", "ok"],
  Degraded: ["Degraded", "warn"],
  Unhealthy: ["Unhealthy", "bad"],
  NotProtected: ["Not protected", "muted"],
};
const PROTECTION = {
  ProtectionConfigured: ["Protected", "ok"],
  ProtectionStopped: ["Protection stopped", "warn"],
  BackupsSuspended: ["Backups suspended", "warn"],
  SoftDeleted: ["Deleted", "bad"],
};
const SLOT = {
  Queued: ["Queued", "muted"],
  Running: ["Running", "info"],
  OnTime: ["On time", "ok"],
  Late: ["Late", "warn"],
  Missed: ["Missed", "bad"],
  Coalesced: ["Left out for a newer one", "muted"],
  Skipped: ["Skipped", "warn"],
  Failed: ["Failed", "bad"],
};
const FORMATS = {
  raw: "Raw image", qcow2: "QCOW2", vhd: "VHD", "vhd-fixed": "VHD of fixed size", vhdx: "VHDX", vmdk: "VMDK", vdi: "VDI",
};
const SEVERITY = { Critical: ["Critical", "bad"], Warning: ["Warning", "warn"], Information: ["Information", "info"] };
const ALERT_STATE = { New: ["New", "info"], Acknowledged: ["Acknowledged", "muted"], Closed: ["Closed", "muted"] };

/** "NoGoodPoint" as "No good point", for words that are newer than this page. */
export const spaced = (word) => {
  const text = String(word).replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const lookUp = (words) => (word) => {
  const [text, tone] = words[word] ?? [spaced(word), "muted"];
  return { text, tone };
};

export const jobStatus = lookUp(JOB_STATUS);
export const health = lookUp(HEALTH);
export const protection = lookUp(PROTECTION);
export const slotState = lookUp(SLOT);
export const severity = lookUp(SEVERITY);
export const alertState = lookUp(ALERT_STATE);
export const diskFormat = (word) => FORMATS[word] ?? spaced(word);
export const DISK_FORMATS = Object.entries(FORMATS);
export const operation = (word) => OPERATION[word] ?? spaced(word);

export const JOB_STATUSES = Object.keys(JOB_STATUS);
export const OPERATIONS = ["Backup", "Restore", "RestoreTest"];
export const HEALTHS = Object.keys(HEALTH);
export const PROTECTIONS = Object.keys(PROTECTION);
export const SEVERITIES = Object.keys(SEVERITY);

/** Tags by how long they are meant to be kept, the longest first. */
export const TAGS = ["Yearly", "Monthly", "Weekly", "Daily", "Default"];

export const isRunning = (job) => ["Queued", "InProgress", "Cancelling"].includes(job.status);
