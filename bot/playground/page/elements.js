/** Block elements: buttons, menus, pickers and inputs. What is chosen goes to the surface's form and, where Slack says so, to the app. */

import { avatar } from "./avatar.js";
import { askConfirm } from "./dialogs.js";
import { el, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { plainText, textObject } from "./mrkdwn.js";
import { picker } from "./picker.js";
import { attachPopover } from "./popover.js";

/**
 * One element of a block.
 * @param {Object} element
 * @param {string} blockId
 * @param {Object} ctx the render context
 * @param {{dispatch?: boolean, label?: string, describedBy?: string}} [options] `dispatch`: tell the app at each change; inputs in modals do so only if asked
 * @returns {Node}
 */
export function blockElement(element, blockId, ctx, options = {}) {
  const draw = ELEMENTS[element.type];
  if (!draw) return el("span", { class: "notice" }, ctx.t("unknownElement", { type: element.type }));
  return draw(element, blockId, ctx, { dispatch: true, label: element.accessibility_label ?? element.placeholder?.text ?? element.action_id, ...options });
}

/** A small picture, in a section or a context line. */
export function smallImage(element, ctx) {
  return el("img", { class: "small-image", src: imageAddress(element, ctx), alt: element.alt_text ?? "", title: element.alt_text ?? "" });
}

/** Where an image's bytes are: a file of the workspace, or a picture of this very server. */
export function imageAddress(image, ctx) {
  const file = image.slack_file?.id ?? /\/files-pri\/[^/]+-(F\w+)\//.exec(image.slack_file?.url ?? "")?.[1];
  return file ? ctx.fileUrl(file) : (image.image_url ?? "");
}

/** Tell the app about an element, with the element shown as busy until it answered. */
async function dispatch(node, element, blockId, ctx, value) {
  if (element.confirm && !(await askConfirm(element.confirm, ctx))) return false;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  try {
    return await ctx.act({ block_id: blockId, action_id: element.action_id, type: element.type, ...value });
  } finally {
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
  }
}

/** Keep a new value, and tell the app if this element does so. */
function changed(node, element, blockId, ctx, options, value) {
  ctx.form.set(blockId, element.action_id, { type: element.type, ...value });
  if (options.dispatch) dispatch(node, element, blockId, ctx, value);
}

function button(element, blockId, ctx) {
  const style = { primary: "button-primary", danger: "button-danger" }[element.style] ?? "";
  const node = el(
    element.url ? "a" : "button",
    {
      class: `button ${style}`, type: element.url ? null : "button", "aria-label": element.accessibility_label, dataset: { action: element.action_id ?? "" },
      ...(element.url && /^https?:/i.test(element.url) ? { href: element.url, target: "_blank", rel: "noopener noreferrer" } : {}),
    },
    el("span", { class: "button-text" }, plainText(element.text?.text)),
  );
  node.addEventListener("click", () => {
    if (node.getAttribute("aria-busy") !== "true") dispatch(node, element, blockId, ctx, { value: element.value });
  });
  return node;
}

function overflow(element, blockId, ctx) {
  const trigger = el("button", { class: "button button-square", type: "button", "aria-haspopup": "menu", "aria-label": ctx.t("moreActions") }, icon("more"));
  const items = element.options.map((option) =>
    el("button", { class: "menu-item", type: "button", role: "menuitem", tabindex: "-1", on: { click: () => pick(option) } }, plainText(option.text.text), option.description ? el("small", {}, plainText(option.description.text)) : null),
  );
  const panel = el("div", { class: "popover menu", popover: "auto", role: "menu", "aria-label": ctx.t("moreActions") }, items);
  const pick = (option) => {
    panel.hidePopover();
    if (option.url && /^https?:/i.test(option.url)) window.open(option.url, "_blank", "noopener");
    dispatch(trigger, element, blockId, ctx, { selected_option: option });
  };
  panel.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = items.indexOf(document.activeElement);
    items[(at + step + items.length) % items.length].focus();
  });
  attachPopover(trigger, panel, { onOpen: () => items[0]?.focus() });
  return el("div", { class: "picker" }, trigger, panel);
}

function optionChoice(option, ctx, group) {
  return {
    key: option.value, words: option.text.text, group, data: option,
    label: () => textObject(option.text, ctx),
    description: option.description ? () => textObject(option.description, ctx) : undefined,
  };
}

function optionChoices({ options, option_groups: groups }, ctx) {
  if (groups) return groups.flatMap((group) => group.options.map((option) => optionChoice(option, ctx, group.label.text)));
  return (options ?? []).map((option) => optionChoice(option, ctx));
}

function userChoices(ctx) {
  return [...ctx.users.values()].filter((user) => !user.is_bot).map((user) => ({
    key: user.id, words: `${user.real_name} ${user.name}`, data: user.id,
    label: () => el("span", { class: "person" }, avatar(user), user.real_name || user.name),
  }));
}

function channelChoices(ctx) {
  return [...ctx.channels.values()].filter((channel) => channel.kind !== "im").map((channel) => ({
    key: channel.id, words: channel.name, data: channel.id, label: () => document.createTextNode(`#${channel.name}`),
  }));
}

function conversationChoices({ filter }, ctx) {
  const hidden = filter?.exclude_external_shared_channels;
  return channelChoices(ctx).filter((choice) => !(hidden && ctx.channels.get(choice.key).external));
}

/** How a kind of select finds its choices, and under which names it reports them. */
const SELECTS = {
  static: { choices: optionChoices, one: "option" },
  external: { choices: () => [], one: "option", remote: true },
  users: { choices: (_, ctx) => userChoices(ctx), one: "user" },
  channels: { choices: (_, ctx) => channelChoices(ctx), one: "channel" },
  conversations: { choices: conversationChoices, one: "conversation" },
};

function select(kind, multiple) {
  const { choices, one, remote } = SELECTS[kind];
  const field = multiple ? `selected_${one}s` : `selected_${one}`;
  const initialField = multiple ? `initial_${one}s` : `initial_${one}`;
  return (element, blockId, ctx, options) => {
    const all = choices(element, ctx);
    const kept = ctx.form.start(blockId, element.action_id, { type: element.type, [field]: element[initialField] ?? (multiple ? [] : null) })[field];
    const report = (chosen) => ({ [field]: multiple ? chosen.map((choice) => choice.data) : (chosen[0]?.data ?? null) });
    const node = picker(
      {
        label: options.label, placeholder: element.placeholder ? plainText(element.placeholder.text) : ctx.t("choose"), choices: all, multiple, max: element.max_selected_items,
        chosen: [kept ?? []].flat().map((data) => all.find((choice) => choice.key === (data.value ?? data)) ?? (data.text ? optionChoice(data, ctx) : null)).filter(Boolean),
        search: remote ? (typed) => remoteChoices(element, blockId, ctx, typed) : undefined,
        onPick: (chosen) => ctx.form.set(blockId, element.action_id, { type: element.type, ...report(chosen) }),
        onDone: (chosen) => options.dispatch && dispatch(node, element, blockId, ctx, report(chosen)),
      },
      ctx,
    );
    describe(node.querySelector(".picker-trigger"), options);
    return node;
  };
}

async function remoteChoices(element, blockId, ctx, typed) {
  if (typed.length < (element.min_query_length ?? 3)) return [];
  return optionChoices(await ctx.options({ block_id: blockId, action_id: element.action_id, value: typed }), ctx);
}

function nativeInput(type, field, initialField, convert = (text) => text || null, show = (value) => value ?? "") {
  return (element, blockId, ctx, options) => {
    const kept = ctx.form.start(blockId, element.action_id, { type: element.type, [field]: element[initialField] ?? null })[field];
    const node = el("input", { class: "input input-date", type, value: show(kept), "aria-label": options.label });
    describe(node, options);
    node.addEventListener("change", () => changed(node, element, blockId, ctx, options, { [field]: convert(node.value) }));
    return node;
  };
}

function textInput(type, attributes = () => ({})) {
  return (element, blockId, ctx, options) => {
    const kept = ctx.form.start(blockId, element.action_id, { type: element.type, value: element.initial_value ?? null }).value;
    const node = el(element.multiline ? "textarea" : "input", {
      class: "input", type: element.multiline ? null : type, rows: element.multiline ? 4 : null, value: kept ?? "", placeholder: element.placeholder?.text,
      maxlength: element.max_length, "aria-label": options.label, autocomplete: "off", ...attributes(element),
    });
    describe(node, options);
    const value = () => ({ value: node.value === "" ? null : node.value });
    node.addEventListener("input", () => ctx.form.set(blockId, element.action_id, { type: element.type, ...value() }));
    const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
    if (options.dispatch && triggers.includes("on_character_entered")) node.addEventListener("change", () => dispatch(node, element, blockId, ctx, value()));
    if (options.dispatch && triggers.includes("on_enter_pressed")) {
      node.addEventListener("keydown", (event) => event.key === "Enter" && !event.shiftKey && dispatch(node, element, blockId, ctx, value()));
    }
    return node;
  };
}

function choiceBoxes(type, multiple) {
  const field = multiple ? "selected_options" : "selected_option";
  return (element, blockId, ctx, options) => {
    const initial = multiple ? (element.initial_options ?? []) : (element.initial_option ?? null);
    const kept = [ctx.form.start(blockId, element.action_id, { type: element.type, [field]: initial })[field] ?? []].flat().map((option) => option.value);
    const name = uniqueId("choice");
    const boxes = element.options.map((option) => el("input", { type, name, checked: kept.includes(option.value) }));
    const node = el(
      "div",
      { class: "choices", role: multiple ? "group" : "radiogroup", "aria-label": options.label },
      element.options.map((option, at) =>
        el("label", { class: "choice" }, boxes[at], el("span", { class: "mrkdwn" }, textObject(option.text, ctx), option.description ? el("small", {}, textObject(option.description, ctx)) : null)),
      ),
    );
    describe(node, options);
    node.addEventListener("change", () => {
      const chosen = element.options.filter((_, at) => boxes[at].checked);
      changed(node, element, blockId, ctx, options, { [field]: multiple ? chosen : (chosen[0] ?? null) });
    });
    return node;
  };
}

function describe(node, { describedBy }) {
  if (describedBy) node.setAttribute("aria-describedby", describedBy);
}

const fromLocal = (text) => (text ? Math.floor(new Date(text).getTime() / 1000) : null);
const toLocal = (seconds) => (seconds ? new Date(seconds * 1000 - new Date(seconds * 1000).getTimezoneOffset() * 60_000).toISOString().slice(0, 16) : "");

const ELEMENTS = {
  button,
  workflow_button: button,
  overflow,
  image: (element, _, ctx) => smallImage(element, ctx),
  radio_buttons: choiceBoxes("radio", false),
  checkboxes: choiceBoxes("checkbox", true),
  datepicker: nativeInput("date", "selected_date", "initial_date"),
  timepicker: nativeInput("time", "selected_time", "initial_time"),
  datetimepicker: nativeInput("datetime-local", "selected_date_time", "initial_date_time", fromLocal, toLocal),
  plain_text_input: textInput("text"),
  email_text_input: textInput("email"),
  url_text_input: textInput("url"),
  number_input: textInput("text", (element) => ({ inputmode: element.is_decimal_allowed ? "decimal" : "numeric" })),
  ...Object.fromEntries(Object.keys(SELECTS).flatMap((kind) => [[`${kind}_select`, select(kind, false)], [`multi_${kind}_select`, select(kind, true)]])),
};
