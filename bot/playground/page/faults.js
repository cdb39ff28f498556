/** The drawer in which Slack is made to misbehave. */

import { dialogHead, openDialog } from "./dialogs.js";
import { el, fill } from "./dom.js";
import { icon } from "./icons.js";

const KINDS = ["rate_limited", "server_error", "drop_after_accepting", "drop_before", "slow", "file_not_ready"];
const METHODS = ["chat.postMessage", "chat.postEphemeral", "chat.update", "views.open", "views.update", "views.publish", "response_url", "upload", "files.getUploadURLExternal", "files.completeUploadExternal", "conversations.info", "users.info"];
const WITH_SECONDS = new Set(["rate_limited", "slow", "file_not_ready"]);

/**
 * Open the drawer.
 * @param {Object} ctx
 * @param {{list: () => Array<Object>, add: (fault: Object) => Promise<void>, clear: () => Promise<void>}} faults
 */
export function openFaults(ctx, faults) {
  const method = choice("faultMethod", METHODS.map((name) => [name, name]), ctx);
  const kind = choice("faultKind", KINDS.map((name) => [name, ctx.t(`fault_${name}`)]), ctx);
  const times = number("faultTimes", 1, 20, ctx);
  const seconds = number("faultSeconds", 2, 60, ctx);
  const active = el("div", { class: "fault-list", role: "status" });
  const showActive = () => fill(active, activeFaults(faults.list(), ctx));
  const form = el("form", { class: "fault-form" }, kind.row, method.row, el("div", { class: "fault-numbers" }, times.row, seconds.row), el("button", { class: "button button-primary", type: "submit" }, ctx.t("faultAdd")));
  const clear = el("button", { class: "button", type: "button" }, ctx.t("faultClear"));
  const fit = () => {
    seconds.row.hidden = !WITH_SECONDS.has(kind.input.value);
    if (kind.input.value === "file_not_ready") method.input.value = "files.completeUploadExternal";
  };
  kind.input.addEventListener("change", fit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await faults.add({ method: method.input.value, kind: kind.input.value, times: Number(times.input.value), seconds: Number(seconds.input.value) });
    showActive();
  });
  clear.addEventListener("click", async () => {
    await faults.clear();
    showActive();
  });
  const dialog = el(
    "dialog",
    { class: "dialog drawer", "aria-labelledby": "faults-title" },
    dialogHead(ctx.t("faults"), ctx.t("close"), () => close(), "faults-title"),
    el("div", { class: "dialog-body" }, el("p", { class: "muted" }, ctx.t("faultsIntro")), form, active, clear),
  );
  const close = openDialog(dialog, () => close());
  fit();
  showActive();
  kind.input.focus();
}

function activeFaults(faults, ctx) {
  if (faults.length === 0) return el("p", { class: "muted" }, ctx.t("faultsNone"));
  return [el("h3", {}, ctx.t("faultsActive")), el("ul", {}, faults.map((fault) => faultRow(fault, ctx)))];
}

function faultRow({ method, kind, times }, ctx) {
  const known = snakeCase(kind);
  const words = KINDS.includes(known) ? ctx.t(`fault_${known}`) : kind;
  return el("li", {}, icon("bolt"), el("span", {}, el("code", {}, method), " ", words), el("span", { class: "count" }, `× ${times}`));
}

/** `RateLimited` and `rate_limited` are the same kind. */
function snakeCase(kind) {
  return kind.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
}

function choice(label, options, ctx) {
  const input = el("select", { class: "input" }, options.map(([value, text]) => el("option", { value }, text)));
  return { input, row: el("label", { class: "fault-field" }, ctx.t(label), input) };
}

function number(label, value, max, ctx) {
  const input = el("input", { class: "input", type: "number", min: 1, max, value });
  return { input, row: el("label", { class: "fault-field" }, ctx.t(label), input) };
}
